"""The received resources of one call as the readers see them: decoded on demand, with references resolved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Never

from cards.chart import fhir
from cards.chart.index import Index, Indexer
from cards.chart.intervals import Day
from cards.chart.received import RawResource, Received
from cards.chart.records import Gap, Records
from cards.terminology import Terminology

FUTURE = "dated in the future"
UNDATED = "no date"
_NO_GAPS, _NOT_FETCHED = frozenset[Gap](), frozenset({Gap.NOT_FETCHED})
_NOTHING: Records[Never] = Records()
_NOTHING_FETCHED: Records[Never] = Records(gaps=_NOT_FETCHED)


@dataclass(frozen=True, slots=True)
class Draft:
    """A resource of ``context.draftOrders``."""

    content: fhir.Json
    selected: bool


class Source:
    """What arrived, for the readers of single resource types."""

    def __init__(self, received: Received, terminology: Terminology, today: date) -> None:
        self.terminology = terminology
        self.today = today
        self.absent = received.absent
        self.patient_id = received.patient_id
        self.drafts = tuple(_drafts(received))
        drafted = [fhir.local_reference(draft.content) for draft in self.drafts]
        self._indexer = Indexer(received.patient_id, (reference for reference in drafted if reference))
        self.index: Index = self._indexer.add_all(received.resources)
        self._set_aside: dict[tuple[str, str], None] = {}
        self._decoded: dict[str, tuple[fhir.Json, ...]] = {}
        self._by_reference: dict[str, dict[str, fhir.Json]] = {}
        self._reports_opened = False

    @property
    def set_aside(self) -> tuple[tuple[str, str], ...]:
        """Resources ignored so far, and why."""
        return tuple(dict.fromkeys((*self.index.set_aside, *self._set_aside)))

    def put_aside(self, resource: fhir.Json, reason: str) -> None:
        self._set_aside[(fhir.local_reference(resource), reason)] = None

    def all(self, kind: str) -> tuple[fhir.Json, ...]:
        """Every resource of a type in the record, decoded; drafts are not among them."""
        found = self._decoded.get(kind)
        if found is None:
            raws = self.index.by_type.get(kind)
            found = tuple([content for raw in raws if (content := self._read(raw))]) if raws else ()
            self._decoded[kind] = found
        return found

    def _read(self, raw: RawResource) -> fhir.Json:
        content = fhir.decoded(raw)
        if not content:
            self._set_aside[("", "not readable")] = None
        return content

    def drafts_of(self, *kinds: str) -> Iterator[Draft]:
        return (draft for draft in self.drafts if draft.content.get("resourceType") in kinds)

    def resolve(self, resource: fhir.Json, value: object, kind: str) -> fhir.Json | None:
        """What a Reference of ``resource`` points at: contained, in the record or among the drafts."""
        reference = fhir.reference(value)
        if reference is None:
            return None
        if reference.startswith("#"):
            return next((item for name, item in fhir.contained(resource) if name == reference), None)
        return self._known(kind).get(reference.removeprefix("urn:uuid:"))

    def _known(self, kind: str) -> dict[str, fhir.Json]:
        found = self._by_reference.get(kind)
        if found is None:
            items = (*self.all(kind), *(draft.content for draft in self.drafts_of(kind)))
            found = self._by_reference[kind] = {}
            for item in items:
                identifier = fhir.string(item.get("id"))
                if identifier:
                    found[identifier] = found[f"{kind}/{identifier}"] = item
        return found

    def open_reports(self) -> None:
        """Files the observations that came contained in DiagnosticReports."""
        if self._reports_opened:
            return
        self._reports_opened = True
        for report in self.all("DiagnosticReport"):
            usable = fhir.status(report) in {"final", "amended", "corrected", "appended"}
            for _, item in fhir.contained(report) if usable else ():
                if item.get("resourceType") == "Observation":
                    self._indexer.add_observation(_within(report, item), fhir.local_reference(report))

    def gaps(self, *kinds: str) -> frozenset[Gap]:
        return _NO_GAPS if self.absent.isdisjoint(kinds) else _NOT_FETCHED

    def nothing(self, *kinds: str) -> Records[Never]:
        """That none is on file of what such resources record."""
        return _NOTHING if self.absent.isdisjoint(kinds) else _NOTHING_FETCHED

    def is_future(self, when: Day | None) -> bool:
        return when is not None and when.low is not None and when.low > self.today

    def find(self, kind: str, reference: str) -> fhir.Json | None:
        if kind == "Observation":
            raws = (raw for group in self.index.observations.values() for raw in group)
            contents = (fhir.decoded(raw) for raw in raws)
            return next((item for item in contents if fhir.local_reference(item) == reference), None)
        return self._known(kind).get(reference)


def _drafts(received: Received) -> Iterator[Draft]:
    for raw in received.drafts:
        content = fhir.decoded(raw)
        if content:
            selected = received.select_all or fhir.local_reference(content) in received.selections
            yield Draft(content, selected)


def _within(report: fhir.Json, observation: fhir.Json) -> fhir.Json:
    """A contained observation under its report's reference, with the report's date where it has none."""
    dates = {name: report[name] for name in ("effectiveDateTime", "effectivePeriod", "issued") if name in report}
    own = {name: value for name, value in observation.items() if name not in {"id", "resourceType"}}
    if any(name in own for name in ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")):
        dates = {}
    identity = {"resourceType": "DiagnosticReport", "id": report.get("id"), "subject": report.get("subject")}
    return {"status": report.get("status"), **identity, **dates, **own}
