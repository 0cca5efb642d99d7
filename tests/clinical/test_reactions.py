"""Earlier infusion reactions (recommendation 23)."""

import pytest
from building import Case, clean, treated

LIFE_THREATENING = "reaction.life-threatening.contraindicated"
MANAGE = "reaction.non-severe.manage"


REACTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "allergy of high criticality": ("allergy", {"criticality": "high"}),
    "anaphylaxis": ("allergy", {"manifestation": "Anaphylaxis"}),
    "anaphylactic shock in Chinese": ("allergy", {"manifestation": "过敏性休克"}),
    "life-threatening event": ("event", {"seriousness": "SeriousIsLifeThreatening"}),
    "severe reaction": ("allergy", {"severity": "severe"}),
    "severe event": ("event", {"severity": "severe"}),
    "serious event": ("event", {"seriousness": "Serious"}),
    "mild reaction": ("allergy", {"severity": "mild"}),
    "moderate event": ("event", {"severity": "moderate"}),
    "non-serious event": ("event", {"seriousness": "Non-serious"}),
    "ungraded reaction": ("allergy", {}),
    "ungraded event": ("event", {}),
}


def reacted(kind: str, case: Case | None = None) -> Case:
    resource, more = REACTIONS[kind]
    case = case or treated("order-select")
    return case.allergy("inebilizumab", **more) if resource == "allergy" else case.adverse_event(**more)


WORST = ["allergy of high criticality", "anaphylaxis", "anaphylactic shock in Chinese", "life-threatening event"]
SEVERE = ["severe reaction", "severe event", "serious event", "ungraded reaction", "ungraded event"]
MILD = ["mild reaction", "moderate event", "non-serious event"]


@pytest.mark.parametrize("kind", WORST)
def test_a_life_threatening_reaction_ends_treatment(kind: str) -> None:
    case = reacted(kind)
    assert case.severity(LIFE_THREATENING) == "critical"
    assert ("delete", "draft") in {(p.action, p.concept) for p in case.finding(LIFE_THREATENING).proposals}
    assert not case.fires(MANAGE)


@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_it_is_said_wherever_an_order_stands(hook: str) -> None:
    ordered = reacted("anaphylaxis", treated(hook).ordered("2026-03-08"))
    assert ordered.fires(LIFE_THREATENING)
    assert "stop" in {action for action, _concept in ordered.proposals(LIFE_THREATENING)}


def test_it_is_said_before_a_first_dose_too_and_not_without_any_order() -> None:
    assert reacted("anaphylaxis", clean()).fires(LIFE_THREATENING)
    assert not reacted("anaphylaxis", treated()).fires(LIFE_THREATENING)


@pytest.mark.parametrize("kind", SEVERE)
def test_a_severe_or_ungraded_reaction_is_not_taken_as_non_severe(kind: str) -> None:
    case = reacted(kind)
    assert case.severity(MANAGE) == "warning"
    assert not case.fires(LIFE_THREATENING)


@pytest.mark.parametrize("kind", MILD)
def test_a_milder_reaction_is_managed(kind: str) -> None:
    case = reacted(kind)
    assert case.severity(MANAGE) == "info"
    assert not case.fires(LIFE_THREATENING)


def test_the_worst_of_several_reactions_decides() -> None:
    assert reacted("severe event", reacted("mild reaction")).severity(MANAGE) == "warning"
    assert reacted("anaphylaxis", reacted("mild reaction")).fires(LIFE_THREATENING)


def test_no_reaction_no_finding() -> None:
    assert not {LIFE_THREATENING, MANAGE} & treated("order-select").ids()
    other = treated("order-select").allergy("rituximab", criticality="high")
    assert not {LIFE_THREATENING, MANAGE} & other.ids()


@pytest.mark.parametrize("status", [{"verification": "refuted"}, {"verification": "entered-in-error"}])
def test_a_refuted_allergy_is_no_reaction(status: dict[str, str]) -> None:
    case = treated("order-select").allergy("inebilizumab", criticality="high", **status)
    assert not {LIFE_THREATENING, MANAGE} & case.ids()


@pytest.mark.parametrize("missing", ["AllergyIntolerance", "AdverseEvent"])
def test_reactions_that_were_not_fetched_are_noted(missing: str) -> None:
    case = treated("order-select").without(missing)
    assert not {LIFE_THREATENING, MANAGE} & case.ids()
    assert LIFE_THREATENING in case.not_assessed()


def test_a_known_reaction_stands_although_another_query_failed() -> None:
    assert reacted("anaphylaxis").without("AdverseEvent").fires(LIFE_THREATENING)


def test_reactions_count_whatever_the_indication() -> None:
    case = reacted("anaphylaxis", clean().forget("nmosd").condition("myasthenia-gravis"))
    assert case.fires(LIFE_THREATENING)


def test_without_a_draft_nothing_is_offered_to_delete() -> None:
    case = reacted("anaphylaxis", treated().ordered("2026-03-08"))
    assert "delete" not in {action for action, _concept in case.proposals(LIFE_THREATENING)}


def test_the_text_does_not_say_a_reaction_was_not_severe() -> None:
    say = reacted("ungraded reaction").finding(MANAGE).statement.say
    assert "confirm its severity" in say.en
    assert "核实严重程度" in say.zh
