"""The draft as a card would change it: valid FHIR R4, everything else kept, and right when it is read again."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from dose_building import DoseCase, adult, by, child, every, mg, on, once, words
from fhir.resources.R4B.medicationrequest import MedicationRequest

ADALIMUMAB = ("adalimumab", "plaque-psoriasis")
INFLIXIMAB = ("infliximab", "plaque-psoriasis")
UNTIL = {"start": "2026-03-09", "end": "2026-12-31"}

_encode = msgspec.json.Encoder(decimal_format="number").encode


def as_sent(resource: Any) -> Any:
    return msgspec.json.decode(_encode(resource))


CASES: dict[str, Callable[[], DoseCase]] = {
    "no loading dose": lambda: adult(*ADALIMUMAB).order(mg(40), every(2, "wk"), by("subcutaneous")),
    "dose too high": lambda: adult(*ADALIMUMAB).treated().order(mg(120), every(2, "wk", boundsPeriod=UNTIL)),
    "dated loading": lambda: adult(*ADALIMUMAB).order(mg(160), once("2026-03-09")),
    "interval too short": lambda: adult(*ADALIMUMAB).treated().order(mg(40), every(3, "d")),
    "per kg": lambda: adult(*INFLIXIMAB, kilograms=63).order(mg(700), once("2026-03-02"), by("intravenous")),
    "per kg undated": lambda: adult(*INFLIXIMAB, kilograms=63).order(mg(700), every(8, "wk")),
    "equal loading doses": lambda: adult("ustekinumab", "plaque-psoriasis", 80).order(mg(45), every(12, "wk")),
    "five loading doses": lambda: adult("secukinumab", "plaque-psoriasis").order(mg(300), every(4, "wk")),
    "no loading in small children": lambda: child("dupilumab", "atopic-dermatitis", 3, 10).order(
        mg(400), every(4, "wk")
    ),
    "twice a day": lambda: adult("apremilast", "plaque-psoriasis").treated().order(mg(60), every(1, "d", 2)),
    "pens": lambda: (
        adult(*ADALIMUMAB).treated().order(mg(3, "pen"), every(2, "wk"), named="阿达木单抗注射液 40mg/0.4ml")
    ),
    "a course": lambda: adult("rituximab", "pemphigus-vulgaris").order(mg(1000), every(1, "d")),
}


def suggested(case: DoseCase) -> dict[str, Any]:
    found = case.suggested()
    assert found is not None
    return as_sent(found)


@pytest.mark.parametrize("name", CASES)
def test_the_changed_draft_is_valid_and_right(name: str) -> None:
    case = CASES[name]()
    assert case.severities()
    changed = suggested(case)
    MedicationRequest.model_validate(changed)
    case._drafts = [(case.drug, changed)]
    assert case.severities() == {}


@pytest.mark.parametrize("name", CASES)
def test_all_else_of_the_draft_is_kept(name: str) -> None:
    case = CASES[name]()
    before = dict(case._drafts[0][1])
    changed = suggested(case)
    assert changed.keys() == before.keys()
    plain = as_sent(before)
    assert {k: v for k, v in changed.items() if k != "dosageInstruction"} == {
        k: v for k, v in plain.items() if k != "dosageInstruction"
    }


def test_route_site_and_instructions_to_the_patient_stay_with_every_dose() -> None:
    kept = {"site": {"text": "abdomen"}, "patientInstruction": "rotate the site"} | by("subcutaneous")
    case = adult(*ADALIMUMAB).order(mg(40), every(2, "wk"), kept)
    for instruction in suggested(case)["dosageInstruction"]:
        assert {name: instruction[name] for name in kept} == kept


def test_dates_are_those_of_the_draft_and_never_made_up() -> None:
    dated = suggested(adult(*ADALIMUMAB).order(mg(160), once("2026-03-09")))["dosageInstruction"]
    assert [item["timing"].get("event") for item in dated] == [["2026-03-09"], ["2026-03-16"], None]
    assert dated[2]["timing"]["repeat"]["boundsPeriod"] == {"start": "2026-03-30"}
    undated = suggested(adult(*ADALIMUMAB).order(mg(40), every(2, "wk")))["dosageInstruction"]
    assert "2026" not in str(undated)
    assert [item["text"] for item in undated] == [
        "80 mg at week 0",
        "40 mg at week 1",
        "40 mg every 2 weeks from week 3",
    ]


def test_the_end_of_the_draft_is_kept() -> None:
    changed = suggested(adult(*ADALIMUMAB).treated().order(mg(120), every(2, "wk", boundsPeriod=UNTIL)))
    assert changed["dosageInstruction"][0]["timing"]["repeat"]["boundsPeriod"] == UNTIL


def test_an_infusion_that_is_too_short_gets_its_time_and_nothing_else() -> None:
    draft = mg(350) | on("2026-03-02", "2026-03-16", "2026-04-13") | words("over 30 minutes") | by("intravenous")
    case = adult(*INFLIXIMAB).order(draft)
    changed = suggested(case)["dosageInstruction"][0]
    assert changed["timing"]["repeat"] == {"duration": 120, "durationUnit": "min"}
    assert changed["timing"]["event"] == draft["timing"]["event"]
    assert "text" not in changed
    assert changed["doseAndRate"] == as_sent(draft["doseAndRate"])


def test_dose_and_time_of_an_infusion_are_changed_at_once() -> None:
    case = adult(*INFLIXIMAB).treated().order(mg(700), every(8, "wk"), words("over 30 minutes"))
    assert {"DERM-DOSE-001", "DERM-INF-001"} <= case.severities().keys()
    (instruction,) = suggested(case)["dosageInstruction"]
    assert instruction["timing"]["repeat"]["duration"] == 60  # accepted after three infusions
    assert instruction["doseAndRate"][0]["doseQuantity"]["value"] == 350


@pytest.mark.parametrize(
    "case",
    [
        adult("adalimumab", "hypertension").order(mg(400), once()),
        adult("dupilumab", "atopic-dermatitis").has("prurigo-nodularis").order(mg(300), every(2, "wk")),
        adult(*INFLIXIMAB, kilograms=None).order(mg("16", "mg/kg"), once()),
        adult(*ADALIMUMAB).born(None).order(mg(120), every(2, "wk")),
        adult("etanercept", "plaque-psoriasis").order(mg(30), every(1, "wk")),
        adult(*ADALIMUMAB).order(mg(120), once()).order(mg(120), every(2, "wk")),
        adult(*ADALIMUMAB)
        .without("MedicationRequest", "MedicationStatement", "MedicationAdministration")
        .order(mg(200), every(2, "wk")),
    ],
    ids=["no indication", "several", "no weight", "no age", "several options", "several drafts", "no history"],
)
def test_nothing_is_suggested_where_the_right_regimen_is_not_known(case: DoseCase) -> None:
    assert case.severities()
    assert case.suggested() is None


def test_the_card_says_the_change_in_both_languages() -> None:
    case = adult(*ADALIMUMAB).treated().order(mg(120), every(2, "wk"))
    labels = {
        language: [s["label"] for card in case.cards(language) for s in card.get("suggestions", [])]
        for language in ("en", "zh")
    }
    assert labels["en"] == ["Change the draft: 40 mg every 2 weeks"]
    assert "40 mg 每2周1次" in labels["zh"][0]
