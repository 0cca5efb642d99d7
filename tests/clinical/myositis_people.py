"""Patients with myositis, what stands in their record, and what is being ordered for them.

``man().ill("ild").lab("anti-mda5", "positive").severity("MYO-ILD-009")``: today is 2026-03-02, dates are ISO strings.
"""

from datetime import date
from functools import cache
from typing import Any, Self

import fhir_records as fhir
from both_passes import assessed
from case_record import Record
from codings import ATC, DRUGS, ICD, LABS, LOINC, Coded
from fhir_records import Number

from cards.findings import Assessment, Explanation, Finding
from cards.knowledge.chapter import load_chapter
from cards.knowledge.loader import FOLDER, Knowledge
from cards.terminology import load_terminology

CHAPTER = "diseases/myositis"
TODAY = "2026-03-02"

ILLNESSES: dict[str, Coded] = {
    "dm": (ICD, "M33.1", "Dermatomyositis"),
    "jdm": (ICD, "M33.0", "Juvenile dermatomyositis"),
    "amyopathic dm": (ICD, "M33.1", "Amyopathic dermatomyositis"),
    "polymyositis": (ICD, "M33.2", "Polymyositis"),
    "imnm": (ICD, "G72.4", "Immune-mediated necrotizing myopathy"),
    "inflammatory myopathy": (ICD, "G72.4", "Inflammatory myopathy, not elsewhere classified"),
    "inclusion body myositis": (ICD, "G72.4", "Inclusion body myositis"),
    "ass": (None, None, "Antisynthetase syndrome"),
    "ild": (ICD, "J84.9", "Interstitial lung disease"),
    "rp-ild": (ICD, "J84.9", "Rapidly progressive interstitial lung disease"),
    "fibrosing ild": (ICD, "J84.1", "Progressive fibrosing interstitial lung disease"),
    "ssc": (ICD, "M34.9", "Systemic sclerosis"),
    "ra": (ICD, "M05.9", "Rheumatoid arthritis"),
    "rash": (ICD, "R21", "Rash"),
    "calcinosis": (ICD, "L94.2", "Calcinosis cutis"),
    "weakness": (None, None, "Muscle weakness"),
    "flare": (ICD, "M33.1", "Dermatomyositis flare"),
    "imnm flare": (ICD, "G72.4", "Immune-mediated necrotizing myopathy, relapse"),
    "cancer": (ICD, "C34.9", "Lung cancer"),
    "pneumonia": (ICD, "J18.9", "Pneumonia"),
    "heart failure": (ICD, "I50.0", "Heart failure"),
    "respiratory failure": (ICD, "J96.0", "Acute respiratory failure"),
    "unstable fracture": (None, None, "Unstable fracture of pelvis"),
    "neutropenia": (ICD, "D70", "Neutropenia"),
    "liver injury": (ICD, "K71.9", "Drug-induced liver injury"),
    "pregnancy": (ICD, "Z33", "Pregnant state"),
    "lactation": (ICD, "Z39.1", "Care of lactating mother"),
}
TESTS: dict[str, Coded] = LABS | {
    "anti-mda5": (LOINC, "82424-3", "MDA5 Ab"),
    "anti-jo-1": (LOINC, "8076-2", "Jo-1 Ab"),
    "anti-ars": (None, None, "Antisynthetase antibodies"),
    "anti-nxp2": (None, None, "Anti-NXP2"),
    "anti-hmgcr": (LOINC, "93493-5", "HMGCR Ab"),
    "anti-srp": (None, None, "Anti-SRP"),
    "ck": (LOINC, "2157-6", "Creatine kinase"),
    "crp": (LOINC, "1988-5", "C reactive protein"),
    "ferritin": (LOINC, "2276-4", "Ferritin"),
    "kl-6": (None, None, "KL-6"),
    "spo2": (LOINC, "59408-5", "Oxygen saturation"),
    "oxygen flow": (None, None, "Inhaled oxygen flow rate"),
    "fvc": (LOINC, "19872-1", "FVC % predicted"),
    "dlco": (None, None, "DLCO % predicted"),
    "imacs": (None, None, "IMACS response"),
}
UNITS = {
    "spo2": "%",
    "fvc": "%",
    "dlco": "%",
    "ck": "U/L",
    "crp": "mg/L",
    "ferritin": "ng/mL",
    "kl-6": "U/mL",
    "oxygen flow": "L/min",
}
UNITS |= {"body-weight": "kg"}
MEDICINES: dict[str, Coded] = DRUGS | {
    "mycophenolic-acid": (ATC, "L04AA06", "mycophenolic acid (enteric-coated)"),
    "hydroxychloroquine": (ATC, "P01BA02", "hydroxychloroquine"),
    "nintedanib": (ATC, "L01EX09", "nintedanib"),
    "pirfenidone": (ATC, "L04AX05", "pirfenidone"),
    "abatacept": (ATC, "L04AA24", "abatacept"),
    "anakinra": (ATC, "L04AC03", "anakinra"),
    "infliximab": (ATC, "L04AB02", "infliximab"),
    "sifalimumab": (None, None, "sifalimumab"),
    "baricitinib": (ATC, "L04AF02", "baricitinib"),
    "betamethasone": (ATC, "H02AB01", "betamethasone"),
    "diltiazem": (ATC, "C08DB01", "diltiazem"),
    "acetylcysteine": (ATC, "R05CB01", "acetylcysteine"),
    "tacrolimus ointment": (ATC, "D11AH01", "tacrolimus ointment"),
}
ACTS: dict[str, Coded] = {
    "hrct": (None, None, "Chest HRCT"),
    "eye examination": (None, None, "Fundus examination"),
    "muscle mri": (None, None, "MRI of thigh"),
    "emg": (None, None, "Electromyography"),
    "plasma exchange": (None, None, "Plasma exchange"),
    "oxygen therapy": (None, None, "Oxygen therapy"),
    "ventilation": (None, None, "Mechanical ventilation"),
    "rehabilitation": (None, None, "Physiotherapy"),
    "calcinosis excision": (None, None, "Excision of calcinosis"),
}


@cache
def knowledge() -> Knowledge:
    """The chapter alone, so that a test fails for reasons of its own."""
    terminology = load_terminology(FOLDER / "value_sets", snomed_extension=True)
    chapter = load_chapter(FOLDER / CHAPTER, terminology, {})
    return Knowledge(terminology, {chapter.key: chapter}, "")


class Person(Record):
    """A patient and what the assessment makes of the record."""

    def __init__(self, hook: str = "patient-view", today: str = TODAY) -> None:
        super().__init__(today, hook)
        self._chosen: list[str] = []

    # What stands in the record

    def ill(self, name: str, *, severity: str | None = None, **more: Any) -> Self:
        graded = {"severity": {"text": severity}} if severity else {}
        coded = ILLNESSES.get(name, (None, None, name))
        return self.resource(fhir.condition(coded, **more) | graded, name)

    def lab(self, name: str, value: str | Number | None, on: str = "2026-02-20", **more: Any) -> Self:
        unit = more.pop("unit", UNITS.get(name))
        return self.resource(fhir.observation(TESTS.get(name, (None, None, name)), value, on, unit, **more), name)

    def report(self, name: str, on: str, conclusion: str | None = None) -> Self:
        said = {"conclusion": conclusion} if conclusion else {}
        return self.resource(fhir.report(ACTS[name], on) | said, name)

    def had(self, name: str, on: str, status: str = "completed") -> Self:
        return self.resource(fhir.procedure(ACTS[name], status=status, start=on), name)

    def was_given(self, drug: str, *days: str, mg: Number = 500, route: str = "intravenous") -> Self:
        for day in days:
            self.resource(fhir.administration(MEDICINES[drug], day, mg, route), drug)
        return self

    def takes(
        self,
        drug: str,
        mg: Number | None = None,
        *,
        start: str | None = "2025-09-01",
        end: str | None = None,
        status: str = "active",
        authored: str | None = None,
        **dosage: Any,
    ) -> Self:
        """A prescription of the record, once a day by mouth unless said otherwise."""
        request = _prescription(drug, mg, {"start": start, "end": end} | dosage)
        return self.resource(fhir.present(request | {"status": status, "authoredOn": authored}), drug)

    # What is being ordered

    def order(self, drug: str, mg: Number | None = None, *, reason: str | None = None, **dosage: Any) -> Self:
        """A drafted order that the hook is about, by mouth unless said otherwise."""
        authored = {"authoredOn": dosage.pop("authored")} if "authored" in dosage else {}
        request = _prescription(drug, mg, dosage) | {"status": "draft"} | authored
        coded = ILLNESSES.get(reason or "", (None, None, reason or ""))
        self._chosen.append(drug)
        self._draft(drug, request | ({"reasonCode": [fhir.concept(coded)]} if reason else {}))
        return self.select(*self._chosen)

    def order_act(self, name: str) -> Self:
        self._chosen.append(name)
        return self._draft(name, fhir.service_request(ACTS[name], status="draft")).select(*self._chosen)

    def at_hook(self, hook: str) -> Self:
        self._hook = hook
        return self

    # What comes of it

    def assessment(self) -> Assessment:
        today = date.fromisoformat(self._today)
        return assessed(self.received(), knowledge(), today=today, hook=self._hook)

    def findings(self) -> dict[str, Finding]:
        return {item.statement.id: item for item in self.assessment().findings}

    def severity(self, statement: str) -> str | None:
        """The severity it fires with; None when silent."""
        assert statement in knowledge().chapters["myositis"].statements, statement
        found = self.findings().get(statement)
        return found.severity if found else None

    def explanation(self, statement: str) -> Explanation | None:
        return next((item for item in self.assessment().explanations if item.statement.id == statement), None)

    def verdict(self, statement: str) -> str | None:
        """What became of a statement; None when the hook does not evaluate it."""
        found = self.explanation(statement)
        return found.verdict.value if found else None

    def proposals(self, statement: str) -> set[tuple[str, str]]:
        """(action, concept) of the suggestions that still make sense."""
        return {(proposal.action, proposal.concept) for proposal in self.findings()[statement].proposals}

    def missing(self, statement: str) -> set[str]:
        """What a statement could not know."""
        found = self.explanation(statement)
        return {item.concept for item in found.missing} if found else set()


def _prescription(drug: str, mg: Number | None, dosage: dict[str, Any]) -> fhir.Json:
    """Once a day by mouth, where ``dosage`` does not say otherwise; ``start`` and ``end`` bound the course."""
    bounds = fhir.present({name: dosage.pop(name, None) for name in ("start", "end")})
    repeat = ({"boundsPeriod": bounds} if bounds else {}) | (dosage.pop("repeat", None) or {})
    once = repeat.get("period") or dosage.get("dates") or dosage.get("route") == "intravenous"
    given = {"route": "oral"} | ({} if once else {"per_day": 1}) | dosage | {"repeat": repeat or None}
    return fhir.medication_request(MEDICINES[drug], fhir.dosage(mg, **given), status="active")


WEEKLY = {"frequency": 1, "period": 1, "periodUnit": "wk"}
ORDERING = "order-select"


def man(hook: str = "patient-view", today: str = TODAY, birth: str = "1980-06-15") -> Person:
    """A man of 45 with dermatomyositis since 2025."""
    return Person(hook, today).patient(sex="male", birth=birth).ill("dm", onset="2025-01-10", recorded="2025-02-01")


def woman(hook: str = "patient-view", today: str = TODAY, birth: str = "1993-06-15") -> Person:
    """A woman of 32 with dermatomyositis since 2025; nothing about pregnancy is on record."""
    return Person(hook, today).patient(sex="female", birth=birth).ill("dm", onset="2025-01-10", recorded="2025-02-01")


def wishing(hook: str = "patient-view") -> Person:
    """The woman, who is not pregnant and wants to become so."""
    return not_pregnant(woman(hook)).lab("pregnancy-intention", "wants to become pregnant", "2026-01-10")


def expecting(hook: str = "patient-view") -> Person:
    return woman(hook).lab("pregnancy-status", "pregnant", "2026-02-20")


def breastfeeding(hook: str = "patient-view") -> Person:
    return not_pregnant(woman(hook)).lab("lactation-status", "breastfeeding", "2026-02-20")


def not_pregnant(person: Person) -> Person:
    return person.lab("pregnancy-status", "not pregnant", "2026-02-20")


def without_disease(person: Person) -> Person:
    """Without the diagnosis: for statements about everyone on a drug."""
    return person.forget("dm")


def imnm(hook: str = "patient-view") -> Person:
    """A man of 45 with immune-mediated necrotizing myopathy since 2022."""
    return man(hook).forget("dm").ill("imnm", onset="2022-01-10", recorded="2022-02-01")
