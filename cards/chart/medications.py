"""Prescriptions, statements and administrations as medications."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from cards.chart import fhir
from cards.chart.dates import day_of, period, shown
from cards.chart.dosage import read_dose
from cards.chart.episodes import with_episodes
from cards.chart.ingredients import Content, read_content
from cards.chart.intervals import Day
from cards.chart.reasons import for_prevention, read_reasons, stopped_as_ineffective
from cards.chart.records import Dose, Medication, MedicationSource, Route
from cards.chart.schedule import NO_SCHEDULE, read_schedule
from cards.chart.source import FUTURE, Draft, Source
from cards.chart.therapy_orders import read_therapy_drafts

KINDS = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")
_VOID = {
    "MedicationRequest": frozenset({"draft", "cancelled", "entered-in-error"}),
    "MedicationStatement": frozenset({"entered-in-error", "not-taken"}),
    "MedicationAdministration": frozenset({"entered-in-error", "not-done"}),
}
_ORDERS = frozenset({"", "order", "original-order", "reflex-order", "filler-order", "instance-order"})
_SUGGESTIONS = frozenset({"proposal", "option"})


def read_medications(source: Source) -> tuple[Medication, ...]:
    """Everything usable of the record, the newest first, then the drafts.

    Renewals share the start of their course; the newest of them must come before the others.
    """
    recorded = [m for kind in KINDS for content in source.all(kind) for m in _of_record(kind, content, source)]
    recorded.sort(key=lambda item: (item.start.low if item.start else None) or date.min, reverse=True)
    return (*with_episodes(recorded), *read_drafts(source), *read_therapy_drafts(source))


def read_drafts(source: Source) -> Iterator[Medication]:
    """The drafted orders; a drug that cannot be resolved is unreadable, one not yet chosen is nothing."""
    for draft in source.drafts_of("MedicationRequest"):
        found = read_content(draft.content, source)
        if found.stated:
            yield _request(draft.content, found, source, draft)


def _of_record(kind: str, content: fhir.Json, source: Source) -> Iterator[Medication]:
    status = fhir.status(content)
    suggested = fhir.string(content.get("intent")) in _SUGGESTIONS or content.get("doNotPerform") is True
    if status in _VOID[kind] or suggested:
        source.put_aside(content, "suggested only" if suggested else f"status {status}")
        return
    found = read_content(content, source)
    if kind == "MedicationRequest":
        yield _request(content, found, source)
    elif kind == "MedicationStatement":
        yield _statement(content, found, source)
    elif source.is_future(_given_on(content)):
        source.put_aside(content, FUTURE)
    else:
        yield _administration(content, found, source)


def _request(content: fhir.Json, found: Content, source: Source, draft: Draft | None = None) -> Medication:
    status, intent = fhir.status(content), (fhir.string(content.get("intent")) or "").lower()
    drafted = draft is not None
    schedule = read_schedule(content, source.today, draft=drafted) if found.drugs else NO_SCHEDULE
    authored = day_of(content.get("authoredOn"))
    return _record(
        content,
        found,
        source,
        MedicationSource.REQUEST,
        "dosageInstruction",
        label=_label(found, schedule.days[0] if schedule.days else schedule.start or authored, status),
        intent=intent or None,
        draft=drafted,
        selected=draft is not None and draft.selected,
        active=status == "active" and intent in _ORDERS and not drafted,
        plan=intent == "plan",
        start=schedule.start,
        end=_possible_end(schedule.end, status, source),
        end_is_supply=schedule.end_is_supply or (drafted and schedule.end is not None),
        authored=authored,
        dates=schedule.days,
        repeats_unbounded=schedule.unbounded,
    )


def _statement(content: fhir.Json, found: Content, source: Source) -> Medication:
    """``effective`` is when the drug was taken; only days that the dosage names are days of infusion."""
    status = fhir.status(content)
    start, end = period(content.get("effectivePeriod"))
    start = start or day_of(content.get("effectiveDateTime"))
    events = [
        found_day
        for dosage in fhir.objects(content.get("dosage"))
        for event in fhir.strings(fhir.one(dosage.get("timing")).get("event"))
        if (found_day := day_of(event)) is not None and not source.is_future(found_day)
    ]
    return _record(
        content,
        found,
        source,
        MedicationSource.STATEMENT,
        "dosage",
        label=_label(found, start, status),
        active=status == "active",
        plan=status == "intended",
        start=start,
        end=_possible_end(end, status, source),
        authored=day_of(content.get("dateAsserted")),
        dates=tuple(sorted(events, key=lambda day: day.low)) if status in {"active", "completed"} else (),  # type: ignore[arg-type,return-value]
    )


def _administration(content: fhir.Json, found: Content, source: Source) -> Medication:
    status, when = fhir.status(content), _given_on(content)
    _, end = period(content.get("effectivePeriod"))
    return _record(
        content,
        found,
        source,
        MedicationSource.ADMINISTRATION,
        "dosage",
        label=_label(found, when, status),
        active=status == "in-progress",
        start=when,
        end=end or (when if status == "completed" else None),
        dates=(when,) if when is not None and status == "completed" else (),
    )


def _given_on(content: fhir.Json) -> Day | None:
    start, end = period(content.get("effectivePeriod"))
    return day_of(content.get("effectiveDateTime")) or start or end


def _record(
    content: fhir.Json, found: Content, source: Source, kind: MedicationSource, dosages: str, **own: Any
) -> Medication:
    """What the three kinds share, and a record's own; a drug that concerns nobody is not read further."""
    status = fhir.status(content)
    reasons = read_reasons(content, source) if found.drugs else None
    doses = _doses(content.get(dosages), found, source) if found.drugs else ()
    return Medication(
        reference=fhir.local_reference(content),
        matched_by=found.matched_by,
        raw=content,
        drugs=_by_route(found.drugs, doses, source),
        source=kind,
        status=status,
        stopped=status == "stopped",
        completed=status == "completed",
        doses=doses,
        reasons=reasons.concepts if reasons else frozenset(),
        reason_given=reasons is not None and reasons.given,
        reason_text=reasons.text if reasons else "",
        for_prophylaxis=reasons is not None and for_prevention(content, reasons),
        stopped_as_ineffective=stopped_as_ineffective(content),
        unreadable=not found.readable,
        strength=found.strength,
        product=found.product,
        **own,
    )


def _by_route(drugs: frozenset[str], doses: tuple[Dose, ...], source: Source) -> frozenset[str]:
    """What is put on the skin is the local form of its drug, also where code and name say only the ingredient."""
    if not doses or any(dose.route is not Route.TOPICAL for dose in doses):
        return drugs
    return frozenset(source.terminology.drug(key).local_form or key for key in drugs)


def _doses(dosages: object, found: Content, source: Source) -> tuple[Dose, ...]:
    return tuple([read_dose(item, found.strength, source.terminology) for item in fhir.objects(dosages)])


def _possible_end(end: Day | None, status: str, source: Source) -> Day | None:
    """What was stopped or completed did not last to an end that still lies ahead."""
    return None if status in {"stopped", "completed"} and source.is_future(end) else end


def _label(found: Content, when: Day | None, status: str) -> str:
    return ", ".join([part for part in (found.name or "unknown drug", status, shown(when)) if part])
