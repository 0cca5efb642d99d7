"""Orders of biologic and targeted drugs in skin and connective tissue disease, drug by drug in plain words.

``order("adalimumab", "40 mg", "every 2 weeks", reason="斑块状银屑病")`` drafts; ``given`` and ``standing`` are history.
"""

import re
from datetime import date, timedelta
from functools import cache
from typing import Any, Self

import fhir_records as fhir
from both_passes import assessed
from case_record import Record
from codings import ICD, LABS

from cards.findings import Assessment, Explanation, Finding
from cards.knowledge import load_knowledge
from cards.knowledge.loader import Knowledge

Json = dict[str, Any]
TODAY = "2026-03-02"
UNITS = {"hour": "h", "day": "d", "week": "wk", "month": "mo"}
ROUTES = {"SC": "subcutaneous", "IV": "intravenous", "PO": "oral", "topical": None}
# ICD-10 as far as it has a code of its own, else the words of the problem list.
DISEASES: dict[str, tuple[str | None, str | None, str]] = {
    "plaque psoriasis": (ICD, "L40.0", "Psoriasis vulgaris"),
    "psoriatic arthritis": (ICD, "L40.5", "Arthropathic psoriasis"),
    "generalized pustular psoriasis": (ICD, "L40.1", "Generalized pustular psoriasis"),
    "pityriasis rubra pilaris": (ICD, "L44.0", "Pityriasis rubra pilaris"),
    "atopic dermatitis": (ICD, "L20.9", "Atopic dermatitis"),
    "chronic urticaria": (None, None, "慢性自发性荨麻疹"),
    "prurigo nodularis": (ICD, "L28.1", "Prurigo nodularis"),
    "chronic actinic dermatitis": (ICD, "L57.1", "Actinic reticuloid"),
    "pemphigus vulgaris": (ICD, "L10.0", "Pemphigus vulgaris"),
    "bullous pemphigoid": (ICD, "L12.0", "Bullous pemphigoid"),
    "epidermolysis bullosa acquisita": (ICD, "L12.3", "Acquired epidermolysis bullosa"),
    "paraneoplastic pemphigus": (None, None, "副肿瘤性天疱疮"),
    "SLE": (ICD, "M32.9", "Systemic lupus erythematosus"),
    "SSc-ILD": (None, None, "系统性硬化症相关间质性肺病"),
    "dermatomyositis": (ICD, "M33.1", "Other dermatomyositis"),
    "Sjogren": (ICD, "M35.0", "Sicca syndrome [Sjogren]"),
    "Sjogren with arthritis": (None, None, "干燥综合征合并关节炎"),
    "MCTD": (ICD, "M35.1", "Mixed connective tissue disease"),
    "rheumatoid arthritis": (ICD, "M06.9", "Rheumatoid arthritis"),
    "crohn": (ICD, "K50.9", "Crohn disease"),
    "asthma": (ICD, "J45.9", "Asthma"),
}


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def quantity(amount: str) -> tuple[float, str]:
    """``5 mg/kg`` as number and unit."""
    number, _, unit = amount.partition(" ")
    return float(number), unit


def repeat(rhythm: str) -> Json:
    """``every 2 weeks``, ``twice a day``, ``3 times a week`` as Timing.repeat."""
    times = 1
    words = rhythm.replace("once", "1 times").replace("twice", "2 times")
    if found := re.match(r"(\d+) times (?:a|every) ", words):
        times, words = int(found[1]), "every " + words[found.end() :]
    period, unit = re.fullmatch(r"every (?:([\d.]+) )?(hour|day|week|month)s?", words).groups()  # type: ignore[union-attr]
    return {"frequency": times, "period": float(period or 1), "periodUnit": UNITS[unit]}


class SkinCase(Record):
    """A patient of 40 years and 70 kg unless told otherwise; the order's drug decides what is looked at."""

    def __init__(self, hook: str = "order-sign", today: str = TODAY) -> None:
        super().__init__(today, hook)
        self.aged(40)

    def aged(self, years: float | None) -> Self:
        """Full years, or parts of one (``0.5`` is six months); ``None``: no date of birth."""
        if years is None:
            self._patient = {"resourceType": "Patient", "id": "p1"}
            return self
        born = date.fromisoformat(self._today) - timedelta(days=int(years * 365.25 + 3))
        return self.patient(sex="male", birth=born.isoformat())

    def weighing(self, kg: float | None, on: str | None = None) -> Self:
        self.forget("weight")
        if kg is None:
            return self
        return self._add("weight", fhir.observation(LABS["body-weight"], kg, on or self._today, "kg"))

    def tall(self, cm: float) -> Self:
        return self._add(
            "height", fhir.observation(("http://loinc.org", "8302-2", "Body height"), cm, self._today, "cm")
        )

    def with_disease(self, *names: str, **more: Any) -> Self:
        for name in names:
            self._add(name, fhir.condition(DISEASES[name], **more))
        return self

    def order(
        self,
        drug: str,
        amount: str | None = None,
        rhythm: str | None = None,
        *,
        route: str | None = None,
        reason: str | None = None,
        days: tuple[str, ...] = (),
        count: int | None = None,
        begins: str | None = None,
        minutes: int | None = None,
        **more: Any,
    ) -> Self:
        """One more draft. ``days`` are timing.event; repeats have a start and a count; infusions take minutes."""
        repeats = repeat(rhythm) if rhythm else {}
        if count is not None:
            repeats["count"] = count
        if begins:
            repeats["boundsPeriod"] = {"start": begins}
        if minutes is not None:
            repeats |= {"duration": minutes, "durationUnit": "min"}
        mg, unit = quantity(amount) if amount else (None, "mg")
        instruction = fhir.dosage(
            mg, unit=unit, route=ROUTES.get(route or "", route), dates=days, repeat=repeats or None
        )
        self.select(*(self._selected or ()), drug)
        if reason:
            more["reasonCode"] = [fhir.concept(DISEASES.get(reason, (None, None, reason)))]
        return self._draft(drug, fhir.medication_request((None, None, drug), instruction, status="draft", **more))

    def given(self, *days: str, drug: str = "", mg: float | None = None) -> Self:
        for day in days:
            self._add(drug, fhir.administration((None, None, drug), day, mg))
        return self

    def assessment(self) -> Assessment:
        return assessed(self.received(), knowledge(), today=date.fromisoformat(self._today), hook=self._hook)

    def findings(self) -> dict[str, Finding]:
        return {finding.statement.id: finding for finding in self.assessment().findings}

    def severity(self, identifier: str) -> str | None:
        found = self.findings().get(identifier)
        return found.severity if found else None

    def explanation(self, identifier: str) -> Explanation | None:
        found = self.assessment().explanations
        return next((item for item in found if item.statement.id == identifier), None)

    def verdict(self, identifier: str) -> str | None:
        found = self.explanation(identifier)
        return found.verdict.value if found else None

    def doses(self) -> dict[str, str]:
        """What is said of dose and interval, by id."""
        kinds = {"dose-check", "interval-check"}
        return {key: item.severity for key, item in self.findings().items() if item.statement.kind in kinds}
