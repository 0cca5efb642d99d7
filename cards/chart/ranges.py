"""Reference ranges: where a quantity lies among what its laboratory calls normal."""

import re
from collections.abc import Mapping
from decimal import Decimal

from cards.chart import fhir
from cards.chart.intervals import Interval
from cards.chart.quantities import Number, as_quantity, bare, decimal, factor_of
from cards.chart.records import Level

# Flags of HL7 v2 table 0078 and of v3 ObservationInterpretation.
_FLAGS = {
    **dict.fromkeys(("l", "ll", "lu", "<"), Level.LOW),
    **dict.fromkeys(("h", "hh", "hu", ">"), Level.HIGH),
    "n": Level.NORMAL,
}
_BETWEEN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[-~～–—]+\s*(\d+(?:\.\d+)?)\s*([^\d\s.].*)?$")


def interpretation_codes(part: fhir.Json) -> list[str]:
    found = fhir.objects(part.get("interpretation"))
    return [code for concept in found for _, code in fhir.codings(concept) if code]


def level_of(part: fhir.Json, value: fhir.Json, units: Mapping[str, Decimal]) -> Level | None:
    """By the laboratory's flag, else by its range; ``None`` when neither tells."""
    flags = {_FLAGS[code.lower()] for code in interpretation_codes(part) if code.lower() in _FLAGS}
    if flags:
        return flags.pop() if len(flags) == 1 else None
    number = bare(value)
    return None if number is None else _level(number, *limits(part, value, units))


def upper_limit(part: fhir.Json, value: fhir.Json, units: Mapping[str, Decimal]) -> Number | None:
    """The high limit in the canonical unit."""
    high = limits(part, value, units)[1]
    ours = None if high is None else factor_of(value, units, None)
    return None if high is None or ours is None else Interval(high * ours, high * ours)


def _level(number: Number, low: Decimal | None, high: Decimal | None) -> Level | None:
    below = None if low is None else number.before(Interval(low, low))
    above = None if high is None else Interval(high, high).before(number)
    if below:
        return Level.LOW
    if above:
        return Level.HIGH
    tested = {answer for limit, answer in ((low, below), (high, above)) if limit is not None}
    return Level.NORMAL if tested == {False} else None


def limits(part: fhir.Json, value: fhir.Json, units: Mapping[str, Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """Low and high limit in the unit of ``value``; none where several ranges compete."""
    ranges = fhir.objects(part.get("referenceRange"))
    if not ranges:
        return None, None
    normal = [entry for entry in ranges if fhir.coded_status(entry.get("type")) == "normal"]
    chosen = normal if len(normal) == 1 else ranges
    if len(chosen) != 1:
        return None, None
    entry = chosen[0]
    if "low" not in entry and "high" not in entry:
        return _written(fhir.string(entry.get("text")), value, units)
    return (_limit(entry.get("low"), value, units), _limit(entry.get("high"), value, units))


def _limit(limit: object, value: fhir.Json, units: Mapping[str, Decimal]) -> Decimal | None:
    content = fhir.one(limit)
    number = decimal(content.get("value"))
    if number is None or _same_unit(content, value):
        return number
    theirs, ours = factor_of(content, units, None), factor_of(value, units, None)
    return None if theirs is None or not ours else number * theirs / ours


def _same_unit(limit: fhir.Json, value: fhir.Json) -> bool:
    """A limit without a unit is in the unit of the result."""
    names = {fhir.string(limit.get("unit")), fhir.string(limit.get("code"))} - {None}
    return not names or not names.isdisjoint({fhir.string(value.get("unit")), fhir.string(value.get("code"))})


def _written(text: str | None, value: fhir.Json, units: Mapping[str, Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """``0-1.0``, ``<1.0 S/CO`` or ``<1:10``."""
    between = _BETWEEN.match(text[:200]) if text else None
    if between is not None:
        low, high, unit = between.groups()
        return tuple(_limit(_with_unit(number, unit), value, units) for number in (low, high))  # type: ignore[return-value]
    below = as_quantity(text) if text else None
    if below is None or below.get("comparator") not in {"<", "<="}:
        return None, None
    return None, _limit(below, value, units)


def _with_unit(number: str, unit: str | None) -> fhir.Json:
    return {"value": number} | ({"unit": unit.strip()} if unit else {})
