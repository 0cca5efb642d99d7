"""Patients with lupus, or with a connective tissue disease and lung disease, and what is being ordered for them.

``sle().order("anifrolumab").fires("anifrolumab.sle.under-18")``: statements may leave out the end of their id.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Self

import fhir_records as fhir
from both_passes import assessed
from case_record import Record
from codings import ATC, DRUGS, ICD, LABS, LOINC, Coded
from fhir_records import Json, Number

from cards.findings import Assessment, Finding, NotAssessed
from cards.knowledge.chapter import load_chapter
from cards.knowledge.loader import FOLDER, Knowledge
from cards.terminology import load_terminology

FOLDERS = ("drugs/tocilizumab", "diseases/sle")
ICD_CM = "http://hl7.org/fhir/sid/icd-10-cm"
TODAY = "2026-03-02"

ILLNESSES: dict[str, Coded] = {
    "sle": (ICD, "M32.9", "Systemic lupus erythematosus"),
    "lupus nephritis": (ICD_CM, "M32.14", "Lupus nephritis"),
    "refractory sle": (ICD, "M32.9", "Refractory systemic lupus erythematosus"),
    "ssc": (ICD, "M34.9", "Systemic sclerosis"),
    "diffuse ssc": (ICD, "M34.0", "Diffuse cutaneous systemic sclerosis"),
    "ssc-ild": (ICD_CM, "M34.81", "Systemic sclerosis with lung involvement"),
    "scleroderma with lungs": (ICD, "M34.8", "系统性硬化症伴肺部受累"),
    "ra": (ICD, "M05.9", "Rheumatoid arthritis"),
    "sjogren": (ICD, "M35.0", "Sjogren syndrome"),
    "ild": (ICD, "J84.9", "Interstitial lung disease"),
    "uip": (ICD, "J84.1", "Usual interstitial pneumonia"),
    "ms": (ICD, "G35", "Multiple sclerosis"),
    "lymphoma": (ICD, "C83.3", "Diffuse large B-cell lymphoma"),
    "cll": (ICD, "C91.1", "Chronic lymphocytic leukaemia"),
    "psoriasis": (ICD, "L40.0", "Plaque psoriasis"),
    "crohn": (ICD, "K50.9", "Crohn's disease"),
    "psoriatic arthritis": (ICD, "M07.3", "Other psoriatic arthropathies"),
    "giant cell arteritis": (ICD, "M31.6", "Giant cell arteritis"),
    "crs": (ICD_CM, "D89.83", "Cytokine release syndrome"),
    "covid": (ICD, "U07.1", "COVID-19"),
    "pneumonia": (ICD, "J18.9", "Pneumonia"),
    "active tuberculosis": (ICD, "A15.0", "Tuberculosis of lung"),
    "latent tuberculosis": (ICD, "Z22.7", "Latent tuberculosis"),
    "chronic hepatitis b": (ICD, "B18.1", "Chronic viral hepatitis B"),
    "fever": (ICD, "R50.9", "Fever of unknown origin"),
    "osteonecrosis": (ICD, "M87.0", "Idiopathic aseptic necrosis of bone"),
    "thrombosis": (ICD, "I82.9", "Deep vein thrombosis"),
    "antiphospholipid syndrome": (ICD_CM, "D68.61", "Antiphospholipid syndrome"),
    "gvhd": (ICD, "T86.0", "Bone-marrow transplant rejection"),
}
TESTS: dict[str, Coded] = LABS | {
    "ana": (LOINC, "8061-4", "ANA"),
    "anti-dsdna": (LOINC, "31348-6", "Anti-dsDNA"),
    "anti-sm": (None, None, "Anti-Sm"),
    "iga2": (None, None, "IgA2 anti-dsDNA"),
    "sledai": (None, None, "SLEDAI-2K"),
    "bilag": (None, None, "BILAG"),
    "crp": (LOINC, "1988-5", "C reactive protein"),
    "esr": (LOINC, "4537-7", "ESR"),
    "scl-70": (None, None, "Anti-Scl-70"),
    "fvc": (LOINC, "19872-1", "FVC % predicted"),
    "dlco": (None, None, "DLCO % predicted"),
    "antiphospholipid": (None, None, "Anticardiolipin antibody"),
}
MEDICINES: dict[str, Coded] = DRUGS | {
    "anifrolumab": (ATC, "L04AG11", "anifrolumab"),
    "belimumab": (ATC, "L04AG04", "belimumab"),
    "secukinumab": (ATC, "L04AC10", "secukinumab"),
    "ustekinumab": (ATC, "L04AC05", "ustekinumab"),
    "abatacept": (ATC, "L04AA24", "abatacept"),
    "hydroxychloroquine": (ATC, "P01BA02", "hydroxychloroquine"),
}
IMAGES: dict[str, Coded] = {
    "hrct": (None, None, "Chest HRCT"),
    "chest ct": (LOINC, "24627-2", "CT Chest"),
    "high-resolution ct": (None, None, "高分辨率CT"),
}


@cache
def knowledge() -> Knowledge:
    """The two chapters alone, so that a test fails for reasons of its own."""
    terminology = load_terminology(FOLDER / "value_sets", snomed_extension=True)
    chapters = [load_chapter(FOLDER / folder, terminology, {}) for folder in FOLDERS]
    return Knowledge(terminology, {chapter.key: chapter for chapter in chapters}, "")


class Case(Record):
    """A case and what the assessment makes of it."""

    def __init__(self, today: str = TODAY, hook: str = "order-select", region: str = "us") -> None:
        super().__init__(today, hook)
        self._region = region
        self._chosen: list[str] = []

    # What stands in the record

    def ill(self, *names: str, **more: Any) -> Self:
        for name in names:
            self.resource(fhir.condition(ILLNESSES.get(name, (None, None, name)), **more), name)
        return self

    def lab(self, name: str, value: str | Number | None, on: str = "2026-02-10", unit: str = "", **more: Any) -> Self:
        coded = TESTS.get(name, (None, None, name))
        return self.resource(fhir.observation(coded, value, on, unit or None, **more), name)

    def image(self, name: str, on: str = "2026-02-10", **more: Any) -> Self:
        return self.resource(fhir.report(IMAGES[name], on) | more, name)

    def took(self, drug: str, *days: str) -> Self:
        for day in days:
            self.resource(fhir.administration(medicine(drug), day, 100), drug)
        return self

    def prescribed(self, drug: str, *, status: str = "active", start: str = "2025-09-01", **dosage: Any) -> Self:
        instruction = fhir.dosage(repeat={"boundsPeriod": {"start": start}}, **dosage)
        return self.resource(fhir.medication_request(medicine(drug), instruction, status=status), drug)

    def stated(self, drug: str, *, status: str = "active", start: str) -> Self:
        """A MedicationStatement."""
        statement = fhir.medication_statement(medicine(drug), {}, status=status, effectivePeriod={"start": start})
        return self.resource(statement, drug)

    def allergic(self, to: str, **more: Any) -> Self:
        return self.resource(fhir.allergy(medicine(to), **more), "allergy")

    # What is being ordered

    def order(
        self,
        drug: str,
        mg: Number | None = None,
        *,
        reason: str | Iterable[str] = (),
        selected: bool = True,
        as_: str = "MedicationRequest",
        **dosage: Any,
    ) -> Self:
        """A drafted order, in place of an earlier one of the drug; ``as_`` says as what kind of resource it comes."""
        self._drafts = [item for item in self._drafts if item[0] != drug]
        reasons = [reason] if isinstance(reason, str) else list(reason)
        coded = medicine(drug)
        more = {"reasonCode": [fhir.concept(ILLNESSES.get(name, (None, None, name))) for name in reasons] or None}
        if as_ == "MedicationRequest":
            resource = fhir.medication_request(coded, fhir.dosage(mg, **dosage), status="draft", **more)
        elif as_ == "ServiceRequest":
            resource = fhir.service_request(coded, status="draft", **more)
        else:
            resource = {
                "resourceType": as_,
                "status": "draft",
                "intent": "order",
                "codeCodeableConcept": fhir.concept(coded),
            }
            resource = fhir.present(resource | more)
        if selected:
            self._chosen.append(drug)
        return self._draft(drug, resource).select(*self._chosen)

    def also(self, drug: str, mg: Number | None = None, *, status: str = "draft", **dosage: Any) -> Self:
        """One more draft of a drug that is being ordered already."""
        resource = fhir.medication_request(medicine(drug), fhir.dosage(mg, **dosage), status=status)
        return self._draft(drug, resource)

    def weekly(self, weeks: int = 1, mg: Number | None = 162, *, route: str = "subcutaneous", **more: Any) -> Self:
        """Tocilizumab, subcutaneous unless said otherwise, every so many weeks."""
        return self.every(weeks, "wk", mg, route=route, **more)

    def every(
        self,
        period: int,
        unit: str,
        mg: Number | None,
        *,
        route: str,
        of: str = "mg",
        start: str | None = None,
        **more: Any,
    ) -> Self:
        repeat: Json = {"frequency": 1, "period": period, "periodUnit": unit}
        if start is not None:
            repeat |= {"boundsPeriod": {"start": start}}
        return self.order("tocilizumab", mg, unit=of, route=route, repeat=repeat, **more)

    # What comes of it

    def assessment(self) -> Assessment:
        return assessed(self.received(), knowledge(), today=self.day, hook=self._hook, region=self._region)

    def findings(self) -> dict[str, Finding]:
        return {item.statement.id: item for item in self.assessment().findings}

    def fires(self, short: str) -> bool:
        return full(short) in self.findings()

    def finding(self, short: str) -> Finding:
        return self.findings()[full(short)]

    def severity(self, short: str) -> str | None:
        """The severity it fires with; None when silent."""
        found = self.findings().get(full(short))
        return found.severity if found else None

    def verdict(self, short: str) -> str | None:
        """What became of a statement; None when the hook does not evaluate it."""
        found = [item for item in self.assessment().explanations if item.statement.id == full(short)]
        return found[0].verdict.value if found else None

    def not_assessed(self) -> dict[str, NotAssessed]:
        return {item.statement.id: item for item in self.assessment().not_assessed}

    def proposals(self, short: str) -> set[tuple[str, str]]:
        """(action, concept) of the suggestions that still make sense."""
        return {(proposal.action, proposal.concept) for proposal in self.finding(short).proposals}

    @property
    def day(self) -> date:
        return date.fromisoformat(self._today)

    @property
    def region(self) -> str:
        return self._region

    def at_hook(self, hook: str) -> Self:
        self._hook = hook
        return self

    def in_region(self, region: str) -> Self:
        self._region = region
        return self


def medicine(name: str) -> Coded:
    return MEDICINES.get(name, (None, None, name))


@cache
def full(short: str) -> str:
    """The one statement id that starts with ``short``."""
    known = [key for chapter in knowledge().chapters.values() for key in chapter.statements]
    found = [key for key in known if key == short] or [key for key in known if key.startswith(short)]
    assert len(found) == 1, f"{short!r} names {found or 'no statement'}"
    return found[0]


def adult(hook: str = "order-select", today: str = TODAY, region: str = "us", *, sex: str = "female") -> Case:
    """A patient of 40 with nothing on record."""
    return Case(today, hook, region).patient(sex=sex, birth="1985-06-15")


def sle(hook: str = "order-select", today: str = TODAY, region: str = "us") -> Case:
    """A woman of 40 with lupus on hydroxychloroquine, autoantibody-positive, activity recorded."""
    case = adult(hook, today, region).ill("sle", recorded="2020-05-01").prescribed("hydroxychloroquine")
    return case.lab("ana", "positive").lab("anti-dsdna", "positive").lab("sledai", 8, unit="{score}")


def ssc_ild(hook: str = "order-select", today: str = TODAY, region: str = "us") -> Case:
    """A woman of 40 with systemic sclerosis and lung disease, screened for TB, with lung function and HRCT."""
    case = adult(hook, today, region).ill("ssc", "ild", recorded="2024-05-01").lab("igra", "negative")
    return case.lab("fvc", 72, unit="%").lab("dlco", 55, unit="%").image("hrct").lab("body-weight", 60, unit="kg")


def ra_ild(hook: str = "order-select") -> Case:
    return adult(hook).ill("ra", "ild", recorded="2024-05-01").lab("igra", "negative")
