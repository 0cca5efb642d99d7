"""Vaccines given, ordered and forecast."""

from collections.abc import Iterator

from cards.chart import fhir
from cards.chart.dates import day_of, period, shown
from cards.chart.intervals import Day
from cards.chart.records import Vaccination
from cards.chart.schedule import read_schedule
from cards.chart.source import FUTURE, Source
from cards.terminology import Match
from cards.terminology.systems import system_of

_ORDERS = {
    "MedicationRequest": "medicationCodeableConcept",
    "ServiceRequest": "code",
    "Immunization": "vaccineCode",
    "ImmunizationRecommendation": "vaccineCode",
}


def read_vaccinations(source: Source) -> Iterator[Vaccination]:
    """Immunizations that were completed; a vaccine nobody knows is a vaccination too."""
    for content in source.all("Immunization"):
        status, when = fhir.status(content), _given_on(content)
        if status != "completed" or source.is_future(when):
            source.put_aside(content, FUTURE if status == "completed" else f"status {status or 'missing'}")
            continue
        yield _vaccination(content, content.get("vaccineCode"), when, source)


def _given_on(content: fhir.Json) -> Day | None:
    return day_of(content.get("occurrenceDateTime")) or day_of(content.get("occurrenceString"))


def read_vaccine_orders(source: Source) -> Iterator[Vaccination]:
    """Drafted and running orders of a vaccine; a forecast is not an order."""
    for draft in source.drafts_of("MedicationRequest", "ServiceRequest", "Immunization"):
        yield from _ordered(draft.content, source, draft=True, selected=draft.selected)
    for kind in ("MedicationRequest", "ServiceRequest"):
        for content in source.all(kind):
            if fhir.status(content) == "active" and content.get("doNotPerform") is not True:
                yield from _ordered(content, source, draft=False, selected=False)


def _ordered(content: fhir.Json, source: Source, *, draft: bool, selected: bool) -> Iterator[Vaccination]:
    concept = content.get(_ORDERS[str(content.get("resourceType"))])
    kinds = (concept, *fhir.objects(content.get("orderDetail")))
    for each in kinds:
        if _is_vaccine(each, source):
            when = _ordered_for(content, source, draft=draft)
            yield _vaccination(content, each, when, source, draft=draft, selected=selected, ordered=not draft)
            return


def _is_vaccine(concept: object, source: Source) -> bool:
    """Also a code of the vaccine code system that no value set lists."""
    if _matches(concept, source):
        return True
    return any(system_of(uri) == "cvx" and code for uri, code in fhir.codings(concept))


def _matches(concept: object, source: Source) -> tuple[Match, ...]:
    return source.terminology.vaccines(fhir.codings(concept), fhir.texts(concept))


def _ordered_for(content: fhir.Json, source: Source, *, draft: bool) -> Day | None:
    """The day named in the order, else the day it was written."""
    start, _ = period(content.get("occurrencePeriod"))
    events = fhir.strings(fhir.one(content.get("occurrenceTiming")).get("event"))
    named = day_of(content.get("occurrenceDateTime")) or start or (day_of(events[0]) if events else None)
    if named is not None:
        return named
    schedule = read_schedule(content, source.today, draft=draft)
    return schedule.days[0] if schedule.days else schedule.start


def read_forecasts(source: Source) -> Iterator[Vaccination]:
    for content in source.all("ImmunizationRecommendation"):
        for entry in fhir.objects(content.get("recommendation")):
            criteria = (day_of(item.get("value")) for item in fhir.objects(entry.get("dateCriterion")))
            when = next((day for day in criteria if day is not None), None) or day_of(content.get("date"))
            status = fhir.coded_status(entry.get("forecastStatus")) or None
            for concept in fhir.objects(entry.get("vaccineCode")) or [{}]:
                yield _vaccination(content, concept, when, source, forecast=status)


def _vaccination(
    content: fhir.Json,
    concept: object,
    when: Day | None,
    source: Source,
    *,
    draft: bool = False,
    selected: bool = False,
    ordered: bool = False,
    forecast: str | None = None,
) -> Vaccination:
    terminology, matches = source.terminology, _matches(concept, source)
    keys = [match.concept for match in matches]
    name = fhir.wording(concept) or "vaccine"
    return Vaccination(
        reference=fhir.local_reference(content),
        label=", ".join(part for part in (name, forecast, shown(when)) if part),
        matched_by=matches[0].matched_by if matches else "",
        raw=content,
        groups=frozenset(terminology.vaccine(key).group for key in keys),
        live=terminology.vaccine_live(keys, fhir.texts(concept)),
        date=when,
        draft=draft,
        selected=selected,
        ordered=ordered,
        forecast=forecast,
    )
