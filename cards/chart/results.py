"""Observations as results: qualitative, quantity, coded answer or date, as the concept is read."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cards.chart import fhir
from cards.chart.dates import day_of, first_day, period, shown
from cards.chart.intervals import Day, Interval
from cards.chart.qualitative import from_interpretation, from_quantity, from_text
from cards.chart.quantities import Number, decimal, quantity, written_quantity
from cards.chart.records import Level, Qualitative, Result
from cards.terminology import LabConcept, Terminology

USABLE = frozenset({"final", "amended", "corrected"})
VOID = frozenset({"entered-in-error", "cancelled"})


class ResultReader:
    """Reads one concept's observations."""

    def __init__(self, terminology: Terminology, today: date) -> None:
        self._terminology = terminology
        self._today = today
        self.set_aside: list[tuple[str, str]] = []

    def read(self, content: fhir.Json, concept: str, how: str) -> list[Result]:
        """The usable results in an observation: its own value, or those of its components."""
        reference, day = fhir.local_reference(content), _date(content)
        if fhir.status(content) not in USABLE:
            self.set_aside.append((reference, f"status {fhir.status(content) or 'missing'}"))
            return []
        if day is None or day.low is None or day.low > self._today:
            self.set_aside.append((reference, "no date" if day is None or day.low is None else "future date"))
            return []
        return [self._result(part, content, concept, how, day) for part in self._parts(content, concept)]

    def _parts(self, content: fhir.Json, concept: str) -> Iterable[fhir.Json]:
        """The observation itself when its code is the concept, and every component whose code is."""
        if self._is(content.get("code"), concept):
            components = fhir.objects(content.get("component"))
            if _has_value(content) or not components:
                yield content
        for component in fhir.objects(content.get("component")):
            if self._is(component.get("code"), concept):
                yield component

    def _is(self, code: object, concept: str) -> bool:
        return any(m.concept == concept for m in self._terminology.labs(fhir.codings(code), fhir.texts(code)))

    def _result(self, part: fhir.Json, content: fhir.Json, concept: str, how: str, day: Day) -> Result:
        lab = self._terminology.lab(concept)
        value = _quantity(part, lab)
        qualitative = self._qualitative(part, lab)
        answer = self._answer(part)
        answer_date = day_of(part.get("valueDateTime")) or _text_date(part, lab)
        read = {"quantity": value, "coded": answer or _text(part), "date": answer_date}.get(lab.reads, qualitative)
        return Result(
            reference=fhir.local_reference(content),
            label=self._label(part, lab, day),
            matched_by=how,
            date=day,
            qualitative=qualitative,
            value=value,
            level=self._level(part, value, lab),
            answer=answer,
            answer_date=answer_date,
            text=_text(part) or "",
            unreadable=read is None,
        )

    def _qualitative(self, part: fhir.Json, lab: LabConcept) -> Qualitative | None:
        """Value as code or text, then interpretation, then the quantity rule of the test."""
        if lab.reads in {"quantity", "date"}:
            return None
        said = from_text(self._terminology, part, lab)
        return said or from_interpretation(self._terminology, part) or from_quantity(part, lab)

    def _answer(self, part: fhir.Json) -> str | None:
        concept = part.get("valueCodeableConcept")
        said = [*fhir.texts(concept), fhir.string(part.get("valueString")) or ""]
        found = self._terminology.answers(fhir.codings(concept), said) - {q.value for q in Qualitative}
        return next(iter(sorted(found)), None) if len(found) <= 2 else None

    def _level(self, part: fhir.Json, value: Number | None, lab: LabConcept) -> Level | None:
        codes = [code for item in fhir.objects(part.get("interpretation")) for _, code in fhir.codings(item) if code]
        for code in codes:
            level = {"L": Level.LOW, "LL": Level.LOW, "N": Level.NORMAL, "H": Level.HIGH, "HH": Level.HIGH}.get(code)
            if level:
                return level
        return _level_in_range(part, value, lab) if value is not None else None

    def _label(self, part: fhir.Json, lab: LabConcept, day: Day) -> str:
        return " ".join(filter(None, (lab.names.en, _shown_value(part)))) + f", {shown(day)}"


def _date(content: fhir.Json) -> Day | None:
    start, end = period(content.get("effectivePeriod"))
    return first_day(content.get("effectiveDateTime")) or end or (
        first_day(content.get("effectiveInstant"), content.get("issued")) or start
    )


def _has_value(content: fhir.Json) -> bool:
    return any(key.startswith("value") for key in content) or "interpretation" in content


def _text(part: fhir.Json) -> str | None:
    texts = fhir.texts(part.get("valueCodeableConcept"))
    return fhir.string(part.get("valueString")) or (texts[0] if texts else None)


def _text_date(part: fhir.Json, lab: LabConcept) -> Day | None:
    return day_of(part.get("valueString")) if lab.reads == "date" else None


def _quantity(part: fhir.Json, lab: LabConcept) -> Number | None:
    if lab.unit is None:
        return None
    if "valueQuantity" in part:
        return quantity(part.get("valueQuantity"), lab.units, lab.unit)
    if "valueInteger" in part:
        return quantity({"value": part.get("valueInteger")}, lab.units, lab.unit)
    text = fhir.string(part.get("valueString"))
    return written_quantity(text, lab.units, lab.unit) if text else None


def _level_in_range(part: fhir.Json, value: Number, lab: LabConcept) -> Level | None:
    for limits in fhir.objects(part.get("referenceRange")):
        low, high = (_limit(limits.get(end), part, lab) for end in ("low", "high"))
        if low is not None and value.before(Interval(low, low)) is True:
            return Level.LOW
        if high is not None and Interval(high, high).before(value) is True:
            return Level.HIGH
        if low is not None and Interval(low, low).not_after(value) is True:
            return Level.NORMAL
    return None


def _limit(limit: object, part: fhir.Json, lab: LabConcept) -> Decimal | None:
    """A limit in the canonical unit; one without a unit is in the unit of the value beside it."""
    content = fhir.one(limit)
    if "unit" not in content and "code" not in content:
        value = fhir.one(part.get("valueQuantity"))
        content = {**content, "unit": value.get("unit"), "code": value.get("code")}
    found = quantity(content, lab.units, lab.unit)
    return found.low if found is not None else None


def _shown_value(part: fhir.Json) -> str:
    """The value as it was sent: people judge by what their own system shows."""
    content = fhir.one(part.get("valueQuantity"))
    number = decimal(content.get("value"))
    if number is not None:
        unit = fhir.string(content.get("unit")) or fhir.string(content.get("code")) or "(no unit)"
        return f"{fhir.string(content.get('comparator')) or ''}{number} {unit}"
    simple = next((part[key] for key in ("valueInteger", "valueBoolean", "valueDateTime") if key in part), None)
    text = _text(part) or (str(simple) if isinstance(simple, int | bool | str) else "")
    codes = [code for item in fhir.objects(part.get("interpretation")) for _, code in fhir.codings(item) if code]
    return text[:60] or ", ".join(codes)[:20]
