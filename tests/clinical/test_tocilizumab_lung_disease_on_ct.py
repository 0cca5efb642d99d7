"""What a chest CT says of interstitial lung disease, and when nobody can tell whether there is any."""

from decimal import Decimal

import fhir_records as fhir
import pytest
from lupus_cases import IMAGES, Case, adult, knowledge
from pinned_numbers import PinnedChapter

from cards.assess.scene import Scene
from cards.chart.read import read_chart

TCZ = PinnedChapter("drugs/tocilizumab", knowledge().terminology)
ILD = "Interstitial lung disease of both lower lobes."
CLEAR = "No interstitial lung disease."


def lung_disease(case: Case, days: int = 0) -> bool | None:
    """The fact, with the number of days for which a clear CT is believed changed by so many."""
    chart = read_chart(case.received(), TCZ.terminology, case.day, case.hook)
    chapter = TCZ.changed("ild_excluded_days", Decimal(days)) if days else knowledge().chapters["tocilizumab"]
    return Scene(chart, chapter, "us", "tocilizumab").fact("ild").value


def imaged(conclusion: str | None, image: str = "hrct", on: str = "2026-02-10") -> Case:
    more = {"conclusion": conclusion} if conclusion else {}
    return adult().ill("ssc").image(image, on, **more).weekly()


def with_an_order(case: Case, image: str) -> Case:
    return case.resource(fhir.service_request(IMAGES[image], status="active"))


@pytest.mark.parametrize("image", ["hrct", "chest ct", "high-resolution ct"])
def test_a_report_affirms_it_expressly_excludes_it_or_says_nothing(image: str) -> None:
    assert lung_disease(imaged(ILD, image)) is True
    assert lung_disease(imaged(CLEAR, image)) is False
    assert lung_disease(imaged(None, image)) is None
    assert lung_disease(imaged("Small pleural effusion.", image)) is None
    assert lung_disease(imaged("Possible interstitial lung disease.", image)) is None
    assert lung_disease(imaged(ILD, image, on="2015-01-10")) is True


def test_nothing_on_record_is_unknown() -> None:
    assert lung_disease(adult().ill("ssc").weekly()) is None


@pytest.mark.parametrize("image", ["hrct", "chest ct", "high-resolution ct"])
def test_another_ct_that_is_only_ordered_changes_nothing(image: str) -> None:
    assert lung_disease(with_an_order(imaged(CLEAR, image), image)) is False


@pytest.mark.parametrize(("first", "second"), [("hrct", "chest ct"), ("chest ct", "hrct")])
def test_of_two_reports_the_one_that_affirms_counts(first: str, second: str) -> None:
    assert lung_disease(imaged(CLEAR, first).image(second, "2020-01-10", conclusion=ILD)) is True


def test_a_clear_ct_settles_nothing_beside_a_guess_or_where_diagnoses_were_not_fetched() -> None:
    assert lung_disease(imaged(CLEAR).image("chest ct", conclusion="Possible interstitial lung disease.")) is None
    assert lung_disease(imaged(CLEAR).without("Condition")) is None


def test_a_diagnosis_outweighs_a_clear_ct() -> None:
    assert lung_disease(imaged(CLEAR).ill("ild")) is True
    assert lung_disease(imaged(CLEAR).ill("ild", clinical="resolved")) is False


@pytest.mark.parametrize(
    ("changed_by", "on", "excluded"),
    [(0, "2025-03-02", True), (0, "2025-03-01", False), (1, "2025-03-01", True), (-1, "2025-03-02", False)],
)
@pytest.mark.parametrize("image", ["hrct", "chest ct", "high-resolution ct"])
def test_a_clear_ct_is_believed_for_a_year(image: str, changed_by: int, on: str, excluded: bool) -> None:
    assert lung_disease(imaged(CLEAR, image, on), changed_by) is (False if excluded else None)


def test_where_lung_disease_is_excluded_the_hold_does_not_apply() -> None:
    known, unknown = imaged(CLEAR).ill("pneumonia"), imaged(None).ill("pneumonia")
    assert known.verdict("tocilizumab.infection.active.hold") == "not in scope"
    assert unknown.verdict("tocilizumab.infection.active.hold") == "unknown"
