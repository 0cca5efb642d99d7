"""The types a condition is checked against when the knowledge is loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Kind:
    """``name`` is bool, enum, number, date, span, element or collection.

    An enum lists its ``words``; a number has a canonical ``unit`` and the ``units`` it may be written in;
    an element or collection says what records it is ``of`` and which ``concept`` they are about.
    """

    name: str
    words: frozenset[str] = frozenset()
    unit: str | None = None
    units: Mapping[str, Decimal] | None = None
    of: str = ""
    concept: str = ""

    def __str__(self) -> str:
        detail = self.unit or self.of or ", ".join(sorted(self.words))
        return f"{self.name} ({detail})" if detail else self.name


BOOL = Kind("bool")
DATE = Kind("date")


def enum(*words: str) -> Kind:
    return Kind("enum", frozenset(words))


def number(unit: str | None, units: Mapping[str, Decimal] | None = None) -> Kind:
    return Kind("number", unit=unit, units=units)


def element(of: str, concept: str = "") -> Kind:
    return Kind("element", of=of, concept=concept)


def collection(of: str, concept: str = "") -> Kind:
    return Kind("collection", of=of, concept=concept)
