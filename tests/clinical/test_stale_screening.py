"""Screening results too old at the first infusion (12 months infection, 6 months immunoglobulin)."""

import pytest
from building import Case, clean, treated

STALE = "screening.infection-result-over-12-months.stale"
IG_STALE = "ig.result-over-6-months.stale"
IN_DATE, TOO_OLD = "2025-03-09", "2025-03-08"  # the infusion is planned for 2026-03-09


def stale(case: Case) -> set[str]:
    return {name.split(" ")[0] for name in case.finding(STALE).components} if case.fires(STALE) else set()


@pytest.mark.parametrize(
    ("test", "component"),
    [("hbsag", "hbsag"), ("anti-hbc-total", "anti-hbc-total"), ("anti-hcv", "anti-hcv"), ("igra", "igra")],
)
@pytest.mark.parametrize("date", [IN_DATE, TOO_OLD])
def test_a_negative_result_is_stale_after_12_months(test: str, component: str, date: str) -> None:
    case = clean().only(test, "negative", date)
    assert case.severity(STALE) == ("info" if date == TOO_OLD else None)
    if date == TOO_OLD:
        assert len(stale(case)) == 1
        assert ("order", component) in case.proposals(STALE)


def test_several_stale_results_are_one_finding() -> None:
    case = clean().only("hbsag", "negative", TOO_OLD).only("igra", "negative", TOO_OLD)
    assert len(stale(case)) == 2
    assert {("order", "hbsag"), ("order", "igra")} <= case.proposals(STALE)


def test_a_newer_result_of_the_other_test_of_the_pair_is_enough() -> None:
    assert not stale(clean().only("anti-hcv", "negative", TOO_OLD).result("hcv-rna", "negative", IN_DATE))
    assert not stale(clean().only("igra", "negative", TOO_OLD).result("tst", "negative", IN_DATE))


@pytest.mark.parametrize(
    ("antibody", "rna", "is_stale"),
    [
        (("negative", "2024-06-01"), ("negative", "2024-12-01"), True),
        (("negative", "2024-12-01"), ("negative", "2024-06-01"), True),
        (("negative", "2026-01-01"), ("negative", "2024-06-01"), False),
        (("positive", "2024-06-01"), ("negative", "2024-12-01"), True),
        (("positive", "2024-12-01"), ("negative", "2024-06-01"), False),  # the newer one is positive
        (("negative", "2024-12-01"), ("positive", "2024-06-01"), True),
        (("negative", "2024-06-01"), ("positive", "2024-12-01"), False),
        (("positive", "2024-06-01"), ("positive", "2024-12-01"), False),
        (None, ("negative", "2024-12-01"), True),
    ],
)
def test_of_the_hepatitis_c_tests_the_newer_one_decides(
    antibody: tuple[str, str] | None, rna: tuple[str, str], is_stale: bool
) -> None:
    case = clean().forget("anti-hcv").result("hcv-rna", *rna)
    if antibody:
        case.result("anti-hcv", *antibody)
    assert bool(stale(case)) is is_stale


@pytest.mark.parametrize(
    ("igra", "tst", "is_stale"), [(TOO_OLD, IN_DATE, False), (IN_DATE, TOO_OLD, False), (TOO_OLD, TOO_OLD, True)]
)
def test_of_the_tuberculosis_tests_the_newer_one_decides(igra: str, tst: str, is_stale: bool) -> None:
    case = clean().only("igra", "negative", igra).result("tst", "negative", tst)
    assert bool(stale(case)) is is_stale


def test_a_positive_result_does_not_go_stale() -> None:
    for test in ("hbsag", "anti-hbc-total", "igra", "anti-hcv"):
        assert not stale(clean().only(test, "positive", TOO_OLD)), test


@pytest.mark.parametrize(("date", "fires"), [(IN_DATE, False), (TOO_OLD, True)])
def test_hbv_dna_goes_stale_only_in_a_carrier(date: str, fires: bool) -> None:
    case = clean().only("hbsag", "positive", "2024-12-01").result("hbv-dna", "negative", date)
    assert bool(stale(case)) is fires
    assert not stale(clean().result("hbv-dna", "negative", date))


def test_a_negative_screen_beside_latent_tuberculosis_does_not_go_stale() -> None:
    assert not stale(clean().only("igra", "negative", TOO_OLD).condition("latent-tuberculosis"))


def test_missing_results_are_not_stale_and_later_infusions_are_not_asked() -> None:
    assert not stale(clean().forget("hbsag", "anti-hbc-total", "anti-hcv", "igra"))
    assert not stale(clean().without("Observation"))
    assert not stale(treated("order-select").only("igra", "negative", "2020-01-01"))


@pytest.mark.parametrize(("date", "fires"), [("2025-09-09", False), ("2025-09-08", True)])
def test_igg_is_stale_after_6_months(date: str, fires: bool) -> None:
    case = clean().only("serum-igg", 10, date, "g/L")
    assert case.severity(IG_STALE) == ("info" if fires else None)
    if fires:
        assert ("order", "serum-igg") in case.proposals(IG_STALE)


def test_igg_staleness_needs_a_result_and_a_first_infusion() -> None:
    assert not clean().forget("serum-igg").fires(IG_STALE)
    assert not clean().without("Observation").fires(IG_STALE)
    assert not treated("order-select").only("serum-igg", 10, "2020-01-01", "g/L").fires(IG_STALE)
    assert clean("patient-view").verdict(IG_STALE) is None
