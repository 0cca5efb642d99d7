"""Numbers with units, in the analyte's canonical unit; a unit that is missing or not understood is never guessed."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from cards.chart.fhir import Json, one, string
from cards.chart.intervals import Interval

Number = Interval[Decimal]
_WRITTEN = re.compile(r"\s*(<=|>=|<|>|≤|≥|＜|＞)?\s*(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*?)\s*$")
_COMPARATORS = {"≤": "<=", "≥": ">=", "＜": "<", "＞": ">"}
UNITLESS = frozenset({"{score}", "1"})


def decimal(value: object) -> Decimal | None:
    """A finite number, also when it was sent as a string; booleans and NaN are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def compared(number: Decimal, comparator: str | None) -> Number:
    """``<4`` is everything below four; results are never negative, but the lower end stays open."""
    match comparator:
        case "<":
            return Interval(None, number, high_open=True)
        case "<=":
            return Interval(None, number)
        case ">":
            return Interval(number, None, low_open=True)
        case ">=":
            return Interval(number, None)
        case _:
            return Interval(number, number)


@lru_cache(maxsize=4000)
def _squeezed(unit: str) -> str:
    return unit.replace(" ", "").replace("μ", "u").replace("µ", "u").replace("㎎", "mg")


def factor(unit: str | None, units: Mapping[str, Decimal]) -> Decimal | None:
    """How many canonical units one ``unit`` is; case counts only where spellings differ by case alone."""
    if unit is None:
        return None
    plain = _squeezed(unit)
    if plain in units:
        return units[plain]
    matches = {value for name, value in units.items() if name.casefold() == plain.casefold()}
    return matches.pop() if len(matches) == 1 else None


def quantity(value: object, units: Mapping[str, Decimal], canonical: str | None) -> Number | None:
    """A FHIR Quantity in the canonical unit; ``None`` when its number or unit cannot be read."""
    content: Json = one(value)
    number = decimal(content.get("value"))
    if number is None:
        return None
    written = [unit for unit in (string(content.get("code")), string(content.get("unit"))) if unit]
    known = next((f for unit in written if (f := factor(unit, units)) is not None), None)
    if known is None and not written and canonical in UNITLESS:
        known = Decimal(1)
    return None if known is None else compared(number * known, string(content.get("comparator")))


def written_quantity(text: str, units: Mapping[str, Decimal], canonical: str | None) -> Number | None:
    """``"4.9 g/L"`` or ``"<20 IU/mL"`` as a quantity."""
    match = _WRITTEN.match(text)
    if match is None:
        return None
    comparator, number, unit = match.groups()
    content = {"value": number, "unit": unit or None, "comparator": _COMPARATORS.get(comparator or "", comparator)}
    return quantity(content, units, canonical)


def bare_number(text: str) -> Number | None:
    """A number with its comparator, whatever unit follows: enough to tell nothing detected from something."""
    match = _WRITTEN.match(text)
    number = decimal(match[2]) if match else None
    if match is None or number is None:
        return None
    return compared(number, _COMPARATORS.get(match[1] or "", match[1]))
