"""Imaging, procedures, referrals and test orders."""

from cards.chart import fhir
from cards.chart.dates import first_day, period, shown
from cards.chart.records import Act
from cards.terminology import Terminology

DONE = frozenset({"completed", "final", "amended", "corrected", "available", "appended"})
RUNNING = frozenset({"in-progress", "preparation"})
ORDERED = frozenset({"active"})
INTENTS = frozenset({"order", "original-order", "reflex-order", "filler-order", "instance-order", "plan", "directive", ""})
CODES = {"ImagingStudy": ("procedureCode", "reasonCode"), "DiagnosticReport": ("code",)}


def read_acts(content: fhir.Json, terminology: Terminology, *, draft: bool = False) -> list[tuple[str, Act]]:
    """Each concept the record is about; test orders also for the laboratory concepts."""
    kind, status = fhir.string(content.get("resourceType")) or "", fhir.status(content)
    done, running = status in DONE and kind != "ServiceRequest", status in RUNNING
    intent = fhir.string(content.get("intent")) or ""
    ordered = kind == "ServiceRequest" and status in ORDERED and intent in INTENTS and not draft
    if not (done or running or ordered or draft):
        return []
    concepts = _concepts(content, kind, terminology)
    return [(key, _act(content, how, done, running, ordered, draft)) for key, how in concepts.items()]


def _concepts(content: fhir.Json, kind: str, terminology: Terminology) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in CODES.get(kind, ("code",)):
        for concept in fhir.objects(content.get(field)):
            coded, said = fhir.codings(concept), fhir.texts(concept)
            matches = terminology.acts(coded, said)
            if kind == "ServiceRequest":
                matches = (*matches, *terminology.labs(coded, said))
            found |= {match.concept: match.matched_by for match in matches}
    described = fhir.string(content.get("description"))
    if described and not found:
        found = {match.concept: match.matched_by for match in terminology.acts([], [described])}
    return found


def _act(content: fhir.Json, how: str, done: bool, running: bool, ordered: bool, draft: bool) -> Act:
    start, end = period(content.get("performedPeriod"))
    if start is None and end is None:
        start, end = period(content.get("occurrencePeriod"))
    date = first_day(
        content.get("performedDateTime"),
        content.get("effectiveDateTime"),
        content.get("started"),
        content.get("occurrenceDateTime"),
    )
    effective = period(content.get("effectivePeriod"))[1]
    date = date or start or effective or first_day(content.get("issued"))
    said = fhir.texts(fhir.one(content.get("code")))
    name = (said[0] if said else fhir.string(content.get("description")) or how)[:80]
    return Act(
        reference=fhir.local_reference(content),
        label=", ".join(filter(None, (name, "draft" if draft else fhir.status(content), shown(date)))),
        matched_by=how,
        date=date,
        end=end,
        done=done,
        in_progress=running,
        ordered=ordered,
        draft=draft,
    )
