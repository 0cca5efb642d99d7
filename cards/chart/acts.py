"""Procedures, imaging, reports and orders as acts: done, in progress, ordered or drafted."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from cards.chart import fhir
from cards.chart.dates import day_of, period, shown
from cards.chart.index import Recognise, concept_key
from cards.chart.intervals import Day
from cards.chart.records import Act
from cards.chart.results import USABLE, observation_date
from cards.chart.source import FUTURE, Source
from cards.terminology import Match, Terminology

ByConcept = dict[str, list[Act]]
_REPORTED = USABLE | {"appended"}
_NEVER_DONE = frozenset({"entered-in-error", "not-done", "cancelled", "revoked", "unknown"})
_SUGGESTIONS = frozenset({"proposal", "option"})


def read_acts(source: Source) -> ByConcept:
    """Everything done or ordered, by act concept."""
    found: ByConcept = {}
    recognise, reported = source.terminology.acts, _reported_acts(source.terminology)
    for content in source.all("Procedure"):
        _file(found, _procedure(content, source), content, (content.get("code"),), recognise)
    for content in source.all("DiagnosticReport"):
        _file(found, _report(content, source), content, (content.get("code"),), reported)
    for content in source.all("ImagingStudy"):
        _file(found, _study(content, source), content, _study_concepts(content), reported)
    for groups in source.index.observed(reported).values():
        for content in (fhir.decoded(raw) for resources, _ in groups for raw in resources):
            _file(found, _report(content, source), content, (content.get("code"),), reported)
    for content, act in _orders(source):
        _file(found, act, content, _order_concepts(content), recognise)
    return found


def _reported_acts(terminology: Terminology) -> Recognise:
    """Acts of which a report is evidence: imaging. An observation on a delivery is not itself a delivery."""

    def recognise(codings: Iterable[tuple[str | None, str | None]], texts: Iterable[str]) -> tuple[Match, ...]:
        found = terminology.acts(codings, texts)
        return tuple([match for match in found if "DiagnosticReport" in terminology.act(match.concept).recorded_as])

    return recognise


def read_test_orders(source: Source) -> ByConcept:
    """Active and drafted orders by what they ask for: a laboratory test, an act or a referral."""
    found: ByConcept = {}
    for content, act in _orders(source):
        for recognise in (source.terminology.labs, source.terminology.acts):
            _file(found, act, content, _order_concepts(content), recognise)
    return found


def _file(
    found: ByConcept,
    act: Act | None,
    content: fhir.Json,
    concepts: Iterable[object],
    recognise: Recognise,
) -> None:
    if act is None:
        return
    seen: set[str] = set()
    for concept in concepts:
        for match in recognise(*concept_key(concept)):
            if match.concept not in seen:
                seen.add(match.concept)
                name = fhir.wording(content.get("code")) or fhir.wording(concept)
                label = ", ".join(part for part in (name, act.label) if part)
                found.setdefault(match.concept, []).append(replace(act, label=label, matched_by=match.matched_by))


def _act(content: fhir.Json, when: Day | None, **state: object) -> Act:
    words = (fhir.status(content), shown(when))
    label = ", ".join(word for word in words if word)
    return Act(reference=fhir.local_reference(content), label=label, raw=content, date=when, **state)  # type: ignore[arg-type]


def _procedure(content: fhir.Json, source: Source) -> Act | None:
    status = fhir.status(content)
    start, end = period(content.get("performedPeriod"))
    when = day_of(content.get("performedDateTime")) or day_of(content.get("performedString")) or start or end
    if status in _NEVER_DONE or not status:
        source.put_aside(content, f"status {status or 'missing'}")
        return None
    if status == "completed" and source.is_future(when):
        source.put_aside(content, FUTURE)
        return None
    return _act(
        content,
        when,
        end=end,
        done=status == "completed",
        in_progress=status == "in-progress",
        ordered=status == "preparation",
    )


def _report(content: fhir.Json, source: Source) -> Act | None:
    """A report or an observation is evidence that the act was done, once it is final."""
    when = observation_date(content)
    if fhir.status(content) not in _REPORTED or source.is_future(when):
        return None
    return _act(content, when, done=True)


def _study(content: fhir.Json, source: Source) -> Act | None:
    when = day_of(content.get("started"))
    if fhir.status(content) not in {"available", ""} or source.is_future(when):
        return None
    return _act(content, when, done=True)


def _study_concepts(content: fhir.Json) -> Iterator[object]:
    """Procedure codes and descriptions; else modality and body site together say what was imaged."""
    yield from fhir.objects(content.get("procedureCode"))
    series = fhir.objects(content.get("series"))
    for item in (content, *series):
        yield {"text": fhir.string(item.get("description"))}
    for item in series:
        modality, site = fhir.one(item.get("modality")), fhir.one(item.get("bodySite"))
        words = [fhir.string(modality.get("code")), fhir.string(site.get("display"))]
        if all(words):
            yield {"text": " ".join(word for word in words if word)}


def _orders(source: Source) -> Iterator[tuple[fhir.Json, Act]]:
    for content in source.all("ServiceRequest"):
        intent = fhir.string(content.get("intent"))
        if fhir.status(content) == "active" and intent not in _SUGGESTIONS and content.get("doNotPerform") is not True:
            yield content, _order(content, ordered=True)
    for draft in source.drafts_of("ServiceRequest"):
        yield draft.content, _order(draft.content, draft=True, selected=draft.selected)


def _order(content: fhir.Json, **state: bool) -> Act:
    """An order for a day or a stretch of days; the day it was written is not the day it is meant for."""
    start, end = period(content.get("occurrencePeriod"))
    named = day_of(content.get("occurrenceDateTime")) or start
    events = fhir.strings(fhir.one(content.get("occurrenceTiming")).get("event"))
    sessions = [found for event in events if (found := day_of(event)) is not None]
    if named is None and sessions:
        named, end = sessions[0], sessions[-1]
    return _act(content, named, end=end, **state)


def _order_concepts(content: fhir.Json) -> Iterator[object]:
    yield content.get("code")
    yield from fhir.objects(content.get("orderDetail"))
