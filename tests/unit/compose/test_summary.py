"""The summary: below 140 characters, the drug named, the most important first."""

import pytest
from card_making import composed, found, statements, unassessed, unscreened
from hypothesis import given
from hypothesis import strategies as st

from cards.compose.shortening import first_clause, shortened
from cards.findings import Finding, State

NAMES = {"en": "inebilizumab", "zh": "伊奈利珠单抗"}
SHORT = sorted(name for name, statement in statements().items() if statement.presentation != "guard")


def any_finding(name: str, state: State) -> Finding:
    return found(name, state, components=tuple(statements()[name].components))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", SHORT)
def test_every_statement_alone_names_the_drug_in_time(name: str, language: str) -> None:
    for state in State:
        (card,) = composed(any_finding(name, state), language=language)
        assert NAMES[language] in card["summary"].casefold()
        assert len(card["summary"]) < 140


@given(
    st.lists(st.sampled_from(SHORT), max_size=12, unique=True), st.sampled_from(State), st.sampled_from(["en", "zh"])
)
def test_any_mixture_fits_and_names_the_drug(names: list[str], state: State, language: str) -> None:
    missing = (unassessed("tb.active.contraindicated", "igra", "active-tuberculosis"),)
    for card in composed(*(any_finding(n, state) for n in names), language=language, not_assessed=missing):
        assert 0 < len(card["summary"]) < 140
        assert NAMES[language] in card["summary"].casefold()
        assert "\n" not in card["summary"]


@given(st.text(max_size=400), st.integers(20, 139))
def test_shortened_never_exceeds(text: str, longest: int) -> None:
    assert len(shortened(text, longest)) <= longest
    assert len(text) > longest or shortened(text, longest) == text


def test_unscreened_lists_the_tests() -> None:
    summary = composed(*unscreened())[0]["summary"]
    assert summary.startswith("Inebilizumab: no usable result for HBsAg, anti-HBc, anti-HCV, IGRA")


def test_unscreened_in_chinese() -> None:
    summary = composed(*unscreened(), language="zh")[0]["summary"]
    assert summary.startswith("伊奈利珠单抗：未见可用结果：")


def test_pending_is_said_after_missing() -> None:
    (card,) = composed(
        found("hbv.hbsag-missing.screening-missing", State.PENDING, pending=("hbsag",)),
        found("hbv.anti-hbc-missing.screening-missing", State.MISSING),
    )
    assert card["summary"] == "Inebilizumab: no usable result for anti-HBc; awaiting HBsAg"


def test_a_long_statement_loses_its_remarks_first() -> None:
    (card,) = composed(found("hbv.carrier-no-antiviral.prophylaxis-needed"))
    assert card["summary"] == (
        "Inactive HBV carrier with no antiviral on record: start a nucleos(t)ide analogue before or with inebilizumab."
    )


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Adult dose is 300 mg per infusion; the draft differs.", "Adult dose is 300 mg per infusion"),
        ("Active tuberculosis: contraindicated.", "Active tuberculosis"),
        ("The second loading dose (300 mg on day 15) is not planned.", "The second loading dose is not planned"),
        ("应启用核苷(酸)类似物(通常提前1周)", "应启用核苷(酸)类似物"),
        ("Dose of 37.5 kg or less is checked", "Dose of 37.5 kg or less is checked"),
        ("未见可判读的HBsAg结果；首次使用前须筛查。", "未见可判读的HBsAg结果"),
    ],
)
def test_first_clause(text: str, clause: str) -> None:
    assert first_clause(text) == clause
