"""Which statements of a roster are looked at: all that could have something to say, in their order."""

import pytest

from cards.knowledge.loader import Knowledge, load_knowledge
from cards.knowledge.roster import Roster
from cards.knowledge.statements import CompiledStatement


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def roster(knowledge: Knowledge) -> Roster:
    return knowledge.chapters["inebilizumab"].for_draft("order-select", "inebilizumab")


def ids(statements: list[CompiledStatement]) -> list[str]:
    return [statement.entry.id.removeprefix("inebilizumab.") for statement in statements]


TMP_SMX = "pcp.tmp-smx-methotrexate.interaction"


def test_a_statement_sleeps_until_something_it_looks_for_is_on_file(roster: Roster) -> None:
    assert TMP_SMX not in ids(roster.awake([]))
    assert TMP_SMX in ids(roster.awake(["medications tmp-smx"]))


def test_what_was_not_fetched_wakes_what_would_look_for_it(roster: Roster) -> None:
    assert TMP_SMX in ids(roster.awake(["not fetched MedicationRequest"]))
    assert TMP_SMX not in ids(roster.awake(["not fetched ImmunizationRecommendation"]))


def test_what_fires_for_want_of_a_record_never_sleeps(roster: Roster) -> None:
    awake = ids(roster.awake([]))
    assert {"hbv.hbsag-missing.screening-missing", "tb.missing.screening-missing"} <= set(awake)


def test_those_awake_keep_their_order(roster: Roster) -> None:
    awake = roster.awake(["medications tmp-smx", "results igra", "problems pml"])
    assert awake == [statement for statement in roster.statements if statement in awake]
    assert len(awake) < len(roster.statements)


def test_what_is_never_shown_is_never_looked_at(knowledge: Knowledge) -> None:
    for chapter in knowledge.chapters.values():
        everything = [key for s in chapter.statements.values() for key in s.sleeps_without or ()]
        for hook in ("order-select", "order-sign", "patient-view"):
            awake = chapter.on_hook(hook).awake(everything)
            assert awake == [s for s in chapter.on_hook(hook).statements if s.entry.presentation != "guard"]


def test_only_what_is_about_everyone_is_left_of_another_population(knowledge: Knowledge) -> None:
    roster = knowledge.chapters["myositis"].on_hook("patient-view").about_everyone
    assert {statement.entry.population for statement in roster.statements} <= {"everyone"}
