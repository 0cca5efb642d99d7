"""Conditions as problems, with the day they began and whether they still are."""

from cards.chart import fhir
from cards.chart.dates import day_of, first_day, period, shown
from cards.chart.records import Problem
from cards.terminology import Terminology

PRESENT = frozenset({"active", "recurrence", "relapse", ""})
SUSPECTED = frozenset({"unconfirmed", "provisional", "differential"})
VOID = frozenset({"refuted", "entered-in-error"})


def read_problems(content: fhir.Json, terminology: Terminology) -> list[tuple[str, Problem]]:
    """Each concept a Condition means, with the problem; nothing for a refuted one."""
    verification = fhir.coded_status(content.get("verificationStatus"))
    if verification in VOID or fhir.status(content) == "entered-in-error":
        return []
    code = content.get("code")
    said = [*fhir.texts(code), *_notes(content)]
    matches = terminology.conditions(fhir.codings(code), said)
    return [(match.concept, _problem(content, said, match.matched_by, verification)) for match in matches]


def _notes(content: fhir.Json) -> list[str]:
    return [text for note in fhir.objects(content.get("note")) if (text := fhir.string(note.get("text")))]


def _problem(content: fhir.Json, said: list[str], how: str, verification: str) -> Problem:
    clinical = fhir.coded_status(content.get("clinicalStatus"))
    onset = day_of(content.get("onsetDateTime")) or period(content.get("onsetPeriod"))[0]
    ended = day_of(content.get("abatementDateTime")) or period(content.get("abatementPeriod"))[1]
    recorded = first_day(content.get("recordedDate"), content.get("assertedDate"))
    suspected = verification in SUSPECTED
    name = (said[0] if said else how)[:80]
    return Problem(
        reference=fhir.local_reference(content),
        label=", ".join(filter(None, (f"{name} (suspected)" if suspected else name, shown(onset or recorded)))),
        matched_by=how,
        active=clinical in PRESENT and not (clinical == "" and ended is not None),
        suspected=suspected,
        resolved=clinical in {"inactive", "remission", "resolved"},
        relapse_status=clinical == "relapse",
        onset=onset,
        recorded=recorded,
        ended=ended,
        text=" ".join(said),
    )
