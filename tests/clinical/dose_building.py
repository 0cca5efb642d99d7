"""Builds orders of any drug with regimens: ``adult("adalimumab", "plaque-psoriasis").order(mg(80), once())``.

Dates are ISO strings; the day is 2026-03-02.
"""

from datetime import date
from functools import cache
from typing import Any, Self

import fhir_records as fhir
from both_passes import assessed
from case_record import Record
from codings import SNOMED, UCUM, Coded
from fhir_records import Json, Number

from cards.assess.assess import assess
from cards.chart.chart import Chart
from cards.chart.read import read_chart
from cards.compose import compose
from cards.dosing.view import Dosing, DosingView
from cards.findings import Assessment, Finding
from cards.knowledge.loader import Knowledge, load_knowledge

TODAY = "2026-03-02"
ICD = "http://hl7.org/fhir/sid/icd-10"
DISEASES: dict[str, Coded] = {
    "plaque-psoriasis": (ICD, "L40.0", "Plaque psoriasis"),
    "psoriatic-arthritis": (ICD, "L40.5", "Psoriatic arthritis"),
    "atopic-dermatitis": (ICD, "L20.9", "Atopic dermatitis"),
    "chronic-spontaneous-urticaria": (None, None, "Chronic spontaneous urticaria"),
    "prurigo-nodularis": (ICD, "L28.1", "Prurigo nodularis"),
    "bullous-pemphigoid": (ICD, "L12.0", "Bullous pemphigoid"),
    "pemphigus-vulgaris": (ICD, "L10.0", "Pemphigus vulgaris"),
    "paraneoplastic-pemphigus": (None, None, "Paraneoplastic pemphigus"),
    "sle": (ICD, "M32.9", "Systemic lupus erythematosus"),
    "dermatomyositis": (ICD, "M33.1", "Dermatomyositis"),
    "systemic-sclerosis": (ICD, "M34.0", "Systemic sclerosis"),
    "hypertension": (ICD, "I10", "Hypertension"),
}
ROUTES: dict[str, Coded] = {
    "intravenous": (SNOMED, "47625008", "Intravenous route"),
    "subcutaneous": (SNOMED, "34206005", "Subcutaneous route"),
    "oral": (SNOMED, "26643006", "Oral route"),
    "topical": (None, None, "topical"),
    "intramuscular": (SNOMED, "78421000", "Intramuscular route"),
}
OWN = "DERM-"


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def mg(value: Number | str, unit: str = "mg") -> Json:
    """The coded amount of one dose."""
    number = float(value)
    quantity = {"value": int(number) if number.is_integer() else number, "unit": unit, "system": UCUM, "code": unit}
    return {"doseAndRate": [{"doseQuantity": quantity}]}


def every(period: Number, unit: str, frequency: int = 1, **more: Any) -> Json:
    return {"timing": {"repeat": {"frequency": frequency, "period": period, "periodUnit": unit, **more}}}


def once(day: str | None = None) -> Json:
    return {"timing": {"event": [day]}} if day else {"timing": {"repeat": {"count": 1}}}


def on(*days: str) -> Json:
    return {"timing": {"event": list(days)}}


def by(route: str) -> Json:
    return {"route": fhir.concept(ROUTES[route])}


def words(text: str) -> Json:
    return {"text": text}


class DoseCase(Record):
    """A patient and the orders of one drug."""

    def __init__(self, drug: str, hook: str = "order-select") -> None:
        super().__init__(TODAY, hook)
        self.drug = drug

    # The patient

    def born(self, birth: str | None) -> Self:
        return self.patient(sex="female", birth=birth)

    def has(self, disease: str, **more: Any) -> Self:
        return self._add(disease, fhir.condition(DISEASES[disease], **more))

    def weighs(self, kilograms: Number | None, day: str = "2026-02-20", unit: str = "kg") -> Self:
        self.forget("body-weight")
        return self if kilograms is None else self.result("body-weight", kilograms, day, unit)

    def measures(self, centimetres: Number, day: str = "2026-02-20") -> Self:
        return self._add(
            "body-height", fhir.observation(("http://loinc.org", "8302-2", "Height"), centimetres, day, "cm")
        )

    # What was and is ordered

    def order(self, *parts: Json, named: str | None = None, **more: Any) -> Self:
        """One draft of one dosage instruction made of ``parts``."""
        merged: Json = {}
        for part in parts:
            merged |= part
        return self.instructed([merged] if merged else [], named=named, **more)

    def instructed(self, instructions: list[Json], named: str | None = None, **more: Any) -> Self:
        """One draft of several dosage instructions."""
        return self._draft(self.drug, self._request(instructions, named, "draft", **more))

    def active(self, *parts: Json, named: str | None = None, authored: str = "2026-01-05", **more: Any) -> Self:
        """An order of the drug that stands in the record."""
        merged: Json = {}
        for part in parts:
            merged |= part
        status = more.pop("status", "active")
        return self._add(self.drug, self._request([merged], named, status, authoredOn=authored, **more))

    def _request(self, instructions: list[Json], named: str | None, status: str, **more: Any) -> Json:
        reason = more.pop("reason", None)
        if reason:
            more["reasonCode"] = [fhir.concept(DISEASES[reason])]
        concept = more.pop("concept", None) or {"text": named or self.drug}
        resource = {
            "resourceType": "MedicationRequest",
            "status": status,
            "intent": "order",
            "medicationCodeableConcept": concept,
            "dosageInstruction": instructions or None,
        }
        return fhir.present(resource | more)

    def was_given(self, *days: str, amount: Number | None = None) -> Self:
        for day in days:
            self._add(self.drug, fhir.administration((None, None, self.drug), day, amount))
        return self

    def treated(self, first: str = "2025-06-02", amount: Number | None = None) -> Self:
        """A course that has lasted for months."""
        return self.was_given(
            first, "2025-07-02", "2025-08-04", "2025-09-01", "2025-10-06", "2026-01-05", amount=amount
        )

    # What is concluded

    def received(self) -> Any:
        self.select(self.drug)
        return super().received()

    def chart(self) -> Chart:
        return read_chart(self.received(), knowledge().terminology, date.fromisoformat(self._today), self._hook)

    def assessment(self, knows: Knowledge | None = None) -> Assessment:
        day = date.fromisoformat(self._today)
        return assessed(self.received(), knows or knowledge(), today=day, hook=self._hook)

    def view(self) -> DosingView:
        found = Dosing(self.chart(), knowledge().regimens, knowledge().dose_policy).of(self.drug)
        assert found is not None
        return found

    def findings(self, knows: Knowledge | None = None) -> dict[str, Finding]:
        """The dose findings by id."""
        return {f.statement.id: f for f in self.assessment(knows).findings if f.chapter == "dosing"}

    def severities(self, *but: str) -> dict[str, str]:
        """What fires and how, but for approval and grade."""
        left_out = {"DERM-GRADE-001", "DERM-REG-001", *but}
        return {key: finding.severity for key, finding in self.findings().items() if key not in left_out}

    def severity(self, short: str, knows: Knowledge | None = None) -> str | None:
        found = self.findings(knows).get(OWN + short)
        return found.severity if found else None

    def says(self, short: str) -> str:
        return self.findings()[OWN + short].statement.say.en

    def verdict(self, short: str) -> str | None:
        found = (e for e in self.assessment().explanations if e.statement.id == OWN + short)
        return next((item.verdict.value for item in found), None)

    def evidence(self, short: str) -> list[str]:
        return [record.reference.split("/")[0] for record in self.findings()[OWN + short].evidence]

    def cards(self, language: str = "en") -> list[Json]:
        numbers = iter(range(10_000))
        chart = self.chart()
        found = assess(chart, knowledge())
        return compose(
            found, chart, knowledge(), language=language, base_url="", new_id=lambda: f"00000000-{next(numbers)}"
        )

    def suggested(self) -> Json | None:
        """The draft as the card would change it."""
        for card in self.cards():
            for suggestion in card.get("suggestions", []):
                for action in suggestion["actions"]:
                    if action["type"] == "update":
                        return action["resource"]
        return None


def adult(drug: str, disease: str | None = None, kilograms: Number | None = 70) -> DoseCase:
    """A woman of 40 years and 70 kg."""
    case = DoseCase(drug).born("1985-06-15").weighs(kilograms)
    return case.has(disease) if disease else case


def child(drug: str, disease: str, years: int, kilograms: Number | None) -> DoseCase:
    case = DoseCase(drug).born(f"{2026 - years}-01-15").weighs(kilograms)
    return case.has(disease)
