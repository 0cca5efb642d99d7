"""How long one infusion takes: from its timing, its rate, or words."""

import re
from decimal import Decimal

from cards.chart import fhir
from cards.chart.intervals import Interval
from cards.chart.quantities import Number, decimal, factor, factor_of
from cards.chart.strengths import MASS, VOLUME

MINUTES = {
    **dict.fromkeys(("s", "sec", "秒"), Decimal(1) / 60),
    **dict.fromkeys(("min", "minute", "minutes", "mins", "分钟", "分"), Decimal(1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "小时"), Decimal(60)),
    **dict.fromkeys(("d", "day"), Decimal(1440)),
}
_EXACT = Decimal("0.000001")  # a rate may be a periodic decimal, the time is not
_LONGEST = Decimal(1_000_000)
_LENGTH = r"(\d+(?:\.\d+)?)\s*(hours?|hrs?|h|minutes?|mins?|min|小时|分钟)"
_LATIN = re.compile(rf"\bover\s+(?:at least\s+|a minimum of\s+|>=?\s*|≥\s*)?{_LENGTH}\b")
_CHINESE = (
    re.compile(rf"(?:滴注|输注|静滴|滴完|滴入|泵入|持续|时间)[^\d,，;；。]{{0,8}}{_LENGTH}"),
    re.compile(rf"{_LENGTH}\s*(?:以上)?(?:内)?(?:滴完|滴注|输注|静滴|静脉滴注|输完)"),
)


def infusion_minutes(instruction: fhir.Json, mg: Number | None) -> Number | None:
    """The shortest and longest it may take; ``None`` where nothing is said or several things are."""
    repeat = fhir.one(fhir.one(instruction.get("timing")).get("repeat"))
    length, each = decimal(repeat.get("duration")), MINUTES.get(fhir.string(repeat.get("durationUnit")) or "")
    if length is not None and each is not None:
        last = decimal(repeat.get("durationMax")) or length
        return Interval(length * each, last * each)
    for entry in fhir.objects(instruction.get("doseAndRate")):
        found = _by_rate(entry, mg)
        if found is not None:
            return Interval(found, found)
    return minutes_in_words(fhir.string(instruction.get("text")) or "")


def minutes_in_words(text: str) -> Number | None:
    plain = text.lower()[:500]
    matches = [match for pattern in (_LATIN, *_CHINESE) for match in pattern.finditer(plain)]
    found = {Decimal(match[1]) * MINUTES[match[2]] for match in matches}
    length = found.pop() if len(found) == 1 else None
    return None if length is None else Interval(length, length)


def _by_rate(entry: fhir.Json, mg: Number | None) -> Decimal | None:
    """The dose divided by its rate, in mg or in mL."""
    ratio, plain = fhir.one(entry.get("rateRatio")), fhir.one(entry.get("rateQuantity"))
    per_minute = _of_ratio(ratio) if ratio else _of_quantity(plain)
    if per_minute is None:
        return None
    kind, rate = per_minute
    dose = mg.high if kind == "mass" and mg is not None else _volume(entry) if kind == "volume" else None
    minutes = dose / rate if dose is not None and rate > 0 else None
    return None if minutes is None or minutes > _LONGEST else minutes.quantize(_EXACT)


def _of_quantity(quantity: fhir.Json) -> tuple[str, Decimal] | None:
    """``125 mg/h`` as mg a minute."""
    value = decimal(quantity.get("value"))
    for unit in (fhir.string(quantity.get("code")), fhir.string(quantity.get("unit"))):
        amount, slash, time = (unit or "").partition("/")
        minutes = MINUTES.get(time.strip().lower())
        if value is not None and slash and minutes is not None:
            for kind, table in (("mass", MASS), ("volume", VOLUME)):
                each = factor(amount, table)
                if each is not None:
                    return kind, value * each / minutes
    return None


def _of_ratio(ratio: fhir.Json) -> tuple[str, Decimal] | None:
    numerator, denominator = fhir.one(ratio.get("numerator")), fhir.one(ratio.get("denominator"))
    value, length = decimal(numerator.get("value")), decimal(denominator.get("value")) or Decimal(1)
    minutes = MINUTES.get((fhir.string(denominator.get("code")) or fhir.string(denominator.get("unit")) or "").lower())
    if value is None or minutes is None or length <= 0:
        return None
    for kind, table in (("mass", MASS), ("volume", VOLUME)):
        each = factor_of(numerator, table, None)
        if each is not None:
            return kind, value * each / (length * minutes)
    return None


def _volume(entry: fhir.Json) -> Decimal | None:
    dose = fhir.one(entry.get("doseQuantity"))
    value, each = decimal(dose.get("value")), factor_of(dose, VOLUME, None)
    return None if value is None or each is None else value * each
