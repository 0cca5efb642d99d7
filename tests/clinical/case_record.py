"""The input of a case: what stands in the record and what is being ordered."""

from collections.abc import Iterable
from typing import Any, Self

import fhir_records as fhir
import msgspec
from codings import ACTS, CONDITIONS, DRUGS, LABS, VACCINES
from fhir_records import Json, Number

from cards.chart.received import Received

DRUG = "inebilizumab"
MORE = ("authoredOn", "statusReason", "reasonCode", "dispenseRequest", "reasonReference", "courseOfTherapyType", "note")


class Record:
    """A patient's record, the drafted orders and the hook. Every method changes it and returns it."""

    def __init__(self, today: str = "2026-03-02", hook: str = "order-select") -> None:
        self._today, self._hook = today, hook
        self._patient: Json | None = None
        self._record: list[tuple[str, Json]] = []  # by concept, so that one can be forgotten
        self._drafts: list[tuple[str, Json]] = []
        self._selected: list[str] | None = None
        self._absent: frozenset[str] = frozenset()
        self._count = 0
        self._premedication: dict[str, tuple[Number | None, str]] = {}

    # What stands in the record

    def patient(self, *, sex: str | None = None, birth: str | None = None) -> Self:
        self._patient = fhir.present({"resourceType": "Patient", "id": "p1", "gender": sex, "birthDate": birth})
        return self

    def condition(self, key: str, **more: Any) -> Self:
        return self._add(key, fhir.condition(CONDITIONS[key], **more))

    def result(
        self, key: str, value: str | Number | None, date: str | None, unit: str | None = None, **more: Any
    ) -> Self:
        return self._add(key, fhir.observation(LABS[key], value, date, unit, **more))

    def only(
        self, key: str, value: str | Number | None, date: str | None, unit: str | None = None, **more: Any
    ) -> Self:
        """The only result of a test: earlier ones are forgotten."""
        return self.forget(key).result(key, value, date, unit, **more)

    def given(self, *dates: str, mg: Number | None = 300, drug: str = DRUG) -> Self:
        """Administrations that were completed."""
        for day in dates:
            self._add(drug, fhir.administration(DRUGS[drug], day, mg))
        return self

    def medication(
        self,
        drug: str,
        *,
        status: str = "active",
        intent: str = "order",
        start: str | None = None,
        end: str | None = None,
        authored: str | None = None,
        **dosage: Any,
    ) -> Self:
        """A prescription; ``start`` and ``end`` bound its course, ``dates`` are its infusion days."""
        bounds = fhir.present({"start": start, "end": end})
        if bounds:
            dosage["repeat"] = {"boundsPeriod": bounds} | (dosage.get("repeat") or {})
        more = {name: dosage.pop(name) for name in MORE if name in dosage}
        instruction = fhir.dosage(**dosage)
        more = {"authoredOn": authored} | more
        request = fhir.medication_request(DRUGS[drug], instruction, status=status, intent=intent, **more)
        return self._add(drug, request)

    def statement(
        self, drug: str, *, status: str = "active", start: str | None = None, end: str | None = None, **dosage: Any
    ) -> Self:
        """A MedicationStatement, whose effective period is the course."""
        period = fhir.present({"start": start, "end": end}) or None
        more = {name: dosage.pop(name) for name in MORE if name in dosage}
        resource = fhir.medication_statement(
            DRUGS[drug], fhir.dosage(**dosage), status=status, effectivePeriod=period, **more
        )
        return self._add(drug, resource)

    def ordered(self, *dates: str, status: str = "active", mg: Number | None = 300, **more: Any) -> Self:
        """An inebilizumab order in the record, not a draft."""
        return self.medication(DRUG, status=status, mg=mg, route="intravenous", dates=dates, **more)

    def vaccinated(self, key: str, date: str | None, status: str = "completed") -> Self:
        return self._add("immunizations", fhir.immunization(VACCINES[key], date, status))

    def forecast(self, key: str, status: str = "due", date: str = "2026-03-01") -> Self:
        return self._add("forecasts", fhir.forecast(VACCINES[key], status, date))

    def imaging(self, key: str, date: str) -> Self:
        return self._add(key, fhir.report(ACTS[key], date))

    def procedure(self, key: str, *, status: str, start: str | None = None, end: str | None = None) -> Self:
        return self._add(key, fhir.procedure(ACTS[key], status=status, start=start, end=end))

    def test_order(self, key: str, status: str = "active", **more: Any) -> Self:
        """An order of a test, imaging or procedure that stands in the record."""
        return self._add(f"{key}-order", fhir.service_request((LABS | ACTS)[key], status=status, **more))

    def allergy(self, text: str, **more: Any) -> Self:
        coded = DRUGS.get(text, (None, None, text))
        return self._add("allergy", fhir.allergy(coded, **more))

    def adverse_event(self, date: str = "2025-09-01", **more: Any) -> Self:
        return self._add("adverse-event", fhir.adverse_event(DRUGS[DRUG], date, **more))

    def resource(self, resource: Json, key: str = "other") -> Self:
        return self._add(key, resource)

    def forget(self, *keys: str) -> Self:
        self._record = [(name, resource) for name, resource in self._record if name not in keys]
        return self

    def without(self, *resource_types: str) -> Self:
        """The query for these resources failed."""
        self._absent |= set(resource_types)
        self._record = [item for item in self._record if item[1]["resourceType"] not in resource_types]
        if "Patient" in resource_types:
            self._patient = None
        return self

    # What is being ordered

    def draft(
        self,
        mg: Number | None = 300,
        dates: Iterable[str] = (),
        *,
        route: str | None = "intravenous",
        unit: str = "mg",
        repeat: Json | None = None,
        **more: Any,
    ) -> Self:
        """The drafted inebilizumab order, in place of an earlier one."""
        self._drafts = [item for item in self._drafts if item[0] != DRUG]
        return self.also_draft(mg, dates, route=route, unit=unit, repeat=repeat, **more)

    def also_draft(self, mg: Number | None = 300, dates: Iterable[str] = (), **more: Any) -> Self:
        """One more inebilizumab draft."""
        given = {name: more.pop(name) for name in ("unit", "repeat", "text") if name in more}
        instruction = fhir.dosage(mg, route=more.pop("route", "intravenous"), dates=tuple(dates), **given)
        return self._draft(DRUG, fhir.medication_request(DRUGS[DRUG], instruction, status="draft", **more))

    def no_draft(self) -> Self:
        self._drafts, self._premedication = [], {}
        return self

    def co_order(
        self, drug: str, *, start: str | None = None, end: str | None = None, authored: str | None = None, **dosage: Any
    ) -> Self:
        """A draft of another drug in the same context, not selected on order-select."""
        bounds = fhir.present({"start": start, "end": end})
        if bounds:
            dosage["repeat"] = {"boundsPeriod": bounds} | (dosage.get("repeat") or {})
        more = {name: dosage.pop(name) for name in MORE if name in dosage}
        request = fhir.medication_request(
            DRUGS[drug], fhir.dosage(**dosage), status="draft", authoredOn=authored, **more
        )
        return self._draft(drug, request)

    def premedication(self, **drugs: tuple[Number | None, str] | None) -> Self:
        """Drafts for every planned infusion day; ``None`` leaves a drug out."""
        for drug, spec in drugs.items():
            if spec is None:
                self._premedication.pop(drug, None)
            else:
                self._premedication[drug] = spec
        return self

    def vaccine_draft(self, key: str, date: str | None) -> Self:
        """A drafted vaccine order."""
        instruction = {"timing": {"event": [date]}} if date else {}
        return self._draft("vaccine", fhir.medication_request(VACCINES[key], instruction, status="draft"))

    def service_draft(self, key: str, date: str | None = None, **more: Any) -> Self:
        """A drafted order of a test, imaging or procedure."""
        return self._draft(key, fhir.service_request((LABS | ACTS)[key], status="draft", date=date, **more))

    def draft_resource(self, resource: Json, key: str = "other") -> Self:
        return self._draft(key, resource)

    def select(self, *keys: str) -> Self:
        """order-select: the drafts of these keys are the selected ones (inebilizumab's, when never called)."""
        self._selected = list(keys)
        return self

    def at(self, *, today: str | None = None, hook: str | None = None) -> Self:
        self._today, self._hook = today or self._today, hook or self._hook
        return self

    @property
    def today(self) -> str:
        return self._today

    @property
    def hook(self) -> str:
        return self._hook

    def received(self) -> Received:
        drafts = [] if self._hook == "patient-view" else self._all_drafts()
        wanted = self._selected or [DRUG]
        chosen = {reference(draft) for key, draft in drafts if key in wanted}
        patient = [self._patient] if self._patient else []
        return Received(
            resources=tuple(msgspec.json.encode(item) for item in (*patient, *(r for _k, r in self._record))),
            absent=self._absent,
            drafts=tuple(msgspec.json.encode(draft) for _key, draft in drafts),
            selections=frozenset(chosen),
            select_all=self._hook != "order-select",
            patient_id="p1",
            encounter_id=None,
        )

    # Numbering

    def _add(self, key: str, resource: Json) -> Self:
        owner = "patient" if resource["resourceType"] in {"Immunization", "AllergyIntolerance"} else "subject"
        if resource["resourceType"] == "ImmunizationRecommendation":
            owner = "patient"
        numbered = {"id": self._next("r"), owner: {"reference": "Patient/p1"}} | resource
        self._record.append((key, numbered))
        return self

    def _next(self, letter: str) -> str:
        """Ids are never used twice, also where a resource was forgotten."""
        self._count += 1
        return f"{letter}{self._count}"

    def _draft(self, key: str, resource: Json) -> Self:
        numbered = {"id": f"{self._next('d')}-{key}", "subject": {"reference": "Patient/p1"}} | resource
        self._drafts.append((key, numbered))
        return self

    def _all_drafts(self) -> list[tuple[str, Json]]:
        days = sorted({day[:10] for key, draft in self._drafts if key == DRUG for day in events(draft)})
        premedication = [
            (drug, self._premedication_draft(drug, mg, route, days))
            for drug, (mg, route) in self._premedication.items()
        ]
        return [*self._drafts, *premedication]

    def _premedication_draft(self, drug: str, mg: Number | None, route: str, days: list[str]) -> Json:
        instruction = fhir.dosage(mg, route=route, dates=days)
        request = fhir.medication_request(DRUGS[drug], instruction, status="draft")
        return {"id": f"premedication-{drug}", "subject": {"reference": "Patient/p1"}} | request


def reference(resource: Json) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def events(draft: Json) -> Iterable[str]:
    for instruction in draft.get("dosageInstruction", ()):
        yield from instruction.get("timing", {}).get("event", ())
