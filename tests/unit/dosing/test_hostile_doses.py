"""Whatever stands in a dosage instruction, a call answers and its cards can be written."""

from typing import Any

import msgspec
from dose_building import DoseCase, adult
from hypothesis import given, settings
from hypothesis import strategies as st

NUMBERS = st.sampled_from([0, 1, 2, -1, 0.1, 40, 300, 1e9, 1e25, 1e-25, 9e99, "2", "x", None, True, [], {}])
UNITS = st.sampled_from(["mg", "g", "mg/kg", "mg/m2", "mL", "pen", "{tbl}", "IU", None, 5, ""])
QUANTITIES = st.one_of(
    st.fixed_dictionaries({"value": NUMBERS, "unit": UNITS}), st.sampled_from([None, 5, [], "40 mg"])
)
DATES = st.sampled_from(["2026-03-02", "0001-01-01", "9999-12-31", "2026", "x", None])
REPEATS = st.fixed_dictionaries(
    {},
    optional={
        "frequency": NUMBERS,
        "period": NUMBERS,
        "periodMax": NUMBERS,
        "periodUnit": st.sampled_from(["d", "wk", "mo", "h", "a", "min", "s", "x", None]),
        "count": NUMBERS,
        "duration": NUMBERS,
        "durationUnit": st.sampled_from(["h", "min", "x", None]),
        "boundsPeriod": st.fixed_dictionaries({"start": DATES, "end": DATES}),
        "boundsDuration": QUANTITIES,
        "when": st.sampled_from([["MORN"], ["MORN", "EVE"], "x"]),
    },
)
TIMINGS = st.one_of(
    st.fixed_dictionaries({"repeat": REPEATS}),
    st.fixed_dictionaries({"event": st.lists(DATES, max_size=3)}),
    st.sampled_from(["x", None, [], {"code": {"text": "q2w"}}]),
)
TEXTS = st.sampled_from(
    [
        "首剂600mg，之后300mg每2周1次",
        "5 mg/kg at weeks 0, 2, 6 then every 8 weeks",
        "day 999 300 mg",
        "第999周40mg",
        "40 mg 999 weeks later",
        "for 999 weeks 5 mg weekly",
        "99 x 99 mg once",
        "每0周300mg",
        "every 0 days 40 mg",
        "静滴0小时",
    ]
)
DOSES = st.one_of(
    st.lists(st.fixed_dictionaries({"doseQuantity": QUANTITIES, "rateQuantity": QUANTITIES}), max_size=2),
    st.fixed_dictionaries({"doseRange": st.fixed_dictionaries({"low": QUANTITIES, "high": QUANTITIES})}),
)
INSTRUCTIONS = st.fixed_dictionaries(
    {}, optional={"doseAndRate": DOSES, "timing": TIMINGS, "text": TEXTS, "sequence": NUMBERS}
)
DISEASES = {
    "adalimumab": "plaque-psoriasis",
    "infliximab": "plaque-psoriasis",
    "apremilast": "plaque-psoriasis",
    "tofacitinib": "psoriatic-arthritis",
    "dupilumab": "atopic-dermatitis",
    "lebrikizumab": "atopic-dermatitis",
}
_encode = msgspec.json.Encoder(decimal_format="number").encode


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(DISEASES)),
    st.sampled_from([70, None, 0.001, 1e6, 0]),
    st.lists(st.lists(INSTRUCTIONS, max_size=3), min_size=1, max_size=2),
    st.booleans(),
)
def test_a_call_always_answers(
    drug: str, kilograms: float | None, orders: list[list[dict[str, Any]]], treated: bool
) -> None:
    case: DoseCase = adult(drug, DISEASES[drug], kilograms)
    if treated:
        case.treated()
    for instructions in orders:
        case.instructed(instructions)
    _encode(case.cards())
