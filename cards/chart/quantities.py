"""Numbers with units, in the analyte's canonical unit; a unit that is missing or not understood is never guessed."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from cards.chart.fhir import Json, one, string
from cards.chart.intervals import Interval

Number = Interval[Decimal]
_NUMBER = r"\s*(<=|>=|<|>)?\s*(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
_WRITTEN = re.compile(_NUMBER + r"\s*((?![-:：]|/\s*\d)[^\d\s.].*?)?\s*$")
_TITRE = re.compile(r"\s*(<=|>=|<|>)?\s*1\s*[:：/]\s*(\d+)\s*$")
_SIGNS = str.maketrans({"≤": "<=", "≥": ">=", "＜": "<", "＞": ">", "。": ".", "↑": " ", "↓": " "})
UNITLESS = frozenset({"{score}", "1"})
MOST_DIGITS = 30  # a number longer than this is a defect, and arithmetic on it would not stay exact


def decimal(value: object) -> Decimal | None:
    """A finite number, also when it was sent as a string; booleans and NaN are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        number = Decimal(str(value).strip()) if isinstance(value, float | str) else Decimal(value)
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() and abs(number.adjusted()) < MOST_DIGITS else None


def compared(number: Decimal, comparator: str | None) -> Number | None:
    """``<4`` is everything below four; a comparator nobody knows makes the number unreadable."""
    match (comparator or "").strip():
        case "" | "=":
            return Interval(number, number)
        case "<":
            return Interval(None, number, high_open=True)
        case "<=":
            return Interval(None, number)
        case ">":
            return Interval(number, None, low_open=True)
        case ">=":
            return Interval(number, None)
        case _:
            return None


@lru_cache(maxsize=4000)
def _squeezed(unit: str) -> str:
    return "".join(unit.split()).replace("μ", "u").replace("µ", "u").replace("㎎", "mg")


def factor(unit: str | None, units: Mapping[str, Decimal]) -> Decimal | None:
    """How many canonical units one ``unit`` is; case counts only where spellings differ by case alone."""
    if unit is None:
        return None
    plain = _squeezed(unit)
    if plain in units:
        return units[plain]
    matches = {value for name, value in units.items() if name.casefold() == plain.casefold()}
    return matches.pop() if len(matches) == 1 else None


def factor_of(quantity: Json, units: Mapping[str, Decimal], canonical: str | None) -> Decimal | None:
    """The factor of a Quantity by its code or unit; the two must not contradict each other."""
    written = [unit for unit in (string(quantity.get("code")), string(quantity.get("unit"))) if unit]
    known = {found for unit in written if (found := factor(unit, units)) is not None}
    if not written and canonical in UNITLESS:
        return Decimal(1)
    return known.pop() if len(known) == 1 else None


def quantity(value: object, units: Mapping[str, Decimal], canonical: str | None) -> Number | None:
    """A FHIR Quantity in the canonical unit; ``None`` when its number or unit cannot be read."""
    content: Json = one(value)
    number = decimal(content.get("value"))
    known = None if number is None else factor_of(content, units, canonical)
    if number is None or known is None:
        return None
    return compared(number * known, comparator_of(content))


def comparator_of(content: Json) -> str | None:
    found = string(content.get("comparator"))
    return found.translate(_SIGNS) if found else None


def bare(value: object) -> Number | None:
    """A Quantity as a number with its comparator, whatever its unit."""
    content: Json = one(value)
    number = decimal(content.get("value"))
    return None if number is None else compared(number, comparator_of(content))


def as_quantity(text: str) -> Json | None:
    """``"4.9 g/L"`` or ``"<20 IU/mL"`` as a Quantity; a titre of ``1:32`` as 32."""
    plain = text.translate(_SIGNS)[:200]
    titre, written = _TITRE.match(plain), _WRITTEN.match(plain)
    if titre is not None:
        content = {"value": titre[2], "comparator": titre[1]}
    elif written is not None:
        content = {"value": written[2], "comparator": written[1], "unit": (written[3] or "").strip() or None}
    else:
        return None
    return {name: item for name, item in content.items() if item is not None}
