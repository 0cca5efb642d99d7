"""Which findings share a card."""

import pytest
from card_making import composed, found, ids, machine, unassessed, unscreened

from cards.findings import State

ACTIVE_HBV = "hbv.hbsag-positive-dna-positive.contraindicated"
ACTIVE_TB = "tb.active.contraindicated"
CARRIER = "hbv.carrier-no-antiviral.prophylaxis-needed"
DOSE = "dose.adult-300mg.dose-check"
ROUTE = "dose.route-iv.dose-check"


def test_nothing_to_say_is_no_card() -> None:
    assert composed() == []


def test_a_plain_unscreened_order_is_three_cards() -> None:
    cards = composed(*unscreened())
    assert [card["indicator"] for card in cards] == ["warning", "warning", "info"]
    screening, order, due = (ids(card) for card in cards)
    assert {name.split(".")[0] for name in screening} == {"hbv", "hcv", "tb", "ig", "vaccine"}
    assert {name.split(".")[0] for name in order} == {"premed", "indication"}
    assert due == [
        "steroid.oral-gc-at-start.info",
        "infection.pre-infusion-check.reminder",
        "infusion.setting-and-observation.info",
    ]


def test_a_dose_problem_beside_everything_else_stays_within_three_cards() -> None:
    cards = composed(*unscreened(), found(DOSE))
    assert len(cards) == 3
    assert any({DOSE, "premed.antipyretic-missing.premedication"} <= set(ids(card)) for card in cards)


def test_a_critical_dose_is_not_mixed_with_lesser_warnings() -> None:
    cards = composed(*unscreened(), found(DOSE, severity="critical"))
    assert len(cards) == 3
    assert ids(cards[0]) == [DOSE]


def test_dose_and_route_are_one_card() -> None:
    (card,) = composed(found(DOSE), found(ROUTE))
    assert card["indicator"] == "critical"
    assert ids(card) == [ROUTE, DOSE]


def test_contraindications_stand_alone_by_topic() -> None:
    cards = composed(found(ACTIVE_HBV), found(ACTIVE_TB), found(CARRIER))
    assert [ids(card) for card in cards] == [[ACTIVE_HBV, CARRIER], [ACTIVE_TB]]


def test_a_contraindication_leaves_room_for_two_more_cards() -> None:
    rest = [finding for finding in unscreened() if ".hbv." not in finding.statement.id]
    cards = composed(found(ACTIVE_HBV), *rest, found(DOSE))
    assert [card["indicator"] for card in cards] == ["critical", "warning", "warning"]
    assert ids(cards[0]) == [ACTIVE_HBV]
    assert all("screening-missing" in name for name in ids(cards[1]))
    assert DOSE in ids(cards[2])


def test_a_critical_missing_test_stays_with_the_other_missing_tests() -> None:
    (card,) = composed(
        found("hbv.dna-missing-serology-positive.screening-missing", State.MISSING),
        found("tb.missing.screening-missing", State.MISSING),
    )
    assert card["indicator"] == "critical"


def test_screening_that_is_only_information_is_in_the_card_of_what_is_due() -> None:
    (card,) = composed(
        found("ig.quantitative-missing.screening-missing", State.MISSING, components=("serum-iga",)),
        found("infusion.setting-and-observation.info"),
    )
    assert card["indicator"] == "info"


def test_due_monitoring_is_one_card_with_the_notes() -> None:
    (card,) = composed(
        found("infection.pre-infusion-check.reminder"),
        found("hbv.monitor-carrier-alt.monitoring-due", State.STALE),
        found("tb.latent-recheck-6-months.monitoring-due", State.STALE),
    )
    assert card["indicator"] == "warning"
    assert ids(card)[-1] == "infection.pre-infusion-check.reminder"


@pytest.mark.parametrize(
    ("statement", "card"), [("tb.missing.screening-missing", 0), ("premed.timing.interval-check", 1), (ACTIVE_TB, 1)]
)
def test_what_could_not_be_assessed_goes_where_it_fits(statement: str, card: int) -> None:
    cards = composed(
        found("hbv.hbsag-missing.screening-missing", State.MISSING),
        found("premed.antipyretic-missing.premedication", State.MISSING),
        not_assessed=(unassessed(statement, "igra"),),
    )
    assert [bool(machine(c).get("notAssessed")) for c in cards].index(True) == card


def test_what_could_not_be_assessed_is_said_even_when_nothing_was_found() -> None:
    (card,) = composed(not_assessed=(unassessed(ACTIVE_TB, "igra"),))
    assert card["indicator"] == "info"
    assert list(machine(card)) == ["notAssessed"]
