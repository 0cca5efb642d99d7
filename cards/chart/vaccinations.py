"""Vaccines given, ordered and due."""

from cards.chart import fhir
from cards.chart.dates import day_of, first_day, period, shown
from cards.chart.records import Vaccination
from cards.terminology import Terminology

ORDERED = frozenset({"active", "draft", "on-hold", ""})


def read_immunization(content: fhir.Json, terminology: Terminology) -> Vaccination | None:
    """A completed Immunization, of whatever vaccine."""
    if fhir.status(content) != "completed":
        return None
    date = day_of(content.get("occurrenceDateTime")) or day_of(content.get("occurrenceString"))
    return _vaccination(content, content.get("vaccineCode"), terminology, date)


def read_vaccine_order(
    content: fhir.Json, terminology: Terminology, *, draft: bool, selected: bool
) -> Vaccination | None:
    """A drafted or active order whose code or words name a vaccine."""
    code = content.get("medicationCodeableConcept") or content.get("code") or content.get("vaccineCode")
    if fhir.status(content) not in ORDERED and not draft:
        return None
    if not terminology.vaccines(fhir.codings(code), fhir.texts(code)):
        return None
    return _vaccination(
        content, code, terminology, _order_date(content), draft=draft, selected=selected, ordered=not draft
    )


def _order_date(content: fhir.Json) -> "object":
    timing = fhir.one(fhir.one(content.get("occurrenceTiming")))
    instruction = fhir.one(content.get("dosageInstruction"))
    events = fhir.one(instruction.get("timing")).get("event")
    event = events[0] if isinstance(events, list) and events else None
    bounds = period(fhir.one(fhir.one(instruction.get("timing")).get("repeat")).get("boundsPeriod"))[0]
    started = period(content.get("occurrencePeriod"))[0]
    first = first_day(content.get("occurrenceDateTime"), event, *(timing.get("event") or [] if timing else []))
    return first or started or bounds or day_of(content.get("authoredOn"))


def read_forecasts(content: fhir.Json, terminology: Terminology) -> list[Vaccination]:
    """The due and overdue entries of an ImmunizationRecommendation."""
    found: list[Vaccination] = []
    for item in fhir.objects(content.get("recommendation")):
        status = fhir.coded_status(item.get("forecastStatus"))
        codes = fhir.objects(item.get("vaccineCode")) or [fhir.one(item.get("targetDisease"))]
        for code in codes:
            found.append(_vaccination(content, code, terminology, None, forecast=status or None))
    return found


def _vaccination(
    content: fhir.Json, code: object, terminology: Terminology, date: "object", **more: object
) -> Vaccination:
    said = fhir.texts(code)
    matches = terminology.vaccines(fhir.codings(code), said)
    keys = [match.concept for match in matches]
    day = date if date is None or hasattr(date, "low") else None
    name = (said[0] if said else keys[0] if keys else "vaccine")[:80]
    return Vaccination(
        reference=fhir.local_reference(content),
        label=", ".join(filter(None, (name, shown(day)))),  # type: ignore[arg-type]
        matched_by=matches[0].matched_by if matches else "",
        groups=frozenset(terminology.vaccine(key).group for key in keys),
        live=terminology.vaccine_live(keys, said),
        date=day,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )
