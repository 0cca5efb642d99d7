"""What evaluating a condition yields: a value or unknown, the evidence for it, and what is missing."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from cards.chart.records import Gap, Record


class Missing(Struct, frozen=True):
    """A fact that could not be had, and why."""

    concept: str
    why: Gap


class Value(Struct, frozen=True, eq=False):
    """``value`` is ``None`` when unknown.

    ``missing`` beside a known value says that the value was reached without those facts: what is
    silent for that reason has not been checked.
    """

    value: Any
    evidence: tuple[Record, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def unknown(self) -> bool:
        return self.value is None


TRUE = Value(True)
FALSE = Value(False)


# Gaps that are always said: nobody may take such a fact for one that is simply not on file.
UNCHECKED = frozenset({Gap.NOT_FETCHED, Gap.UNREADABLE})


@lru_cache(maxsize=4096)
def lacking(concept: str, why: Gap) -> Missing:
    """One object for one lack, so that lacks are told apart by identity."""
    return Missing(concept, why)


@lru_cache(maxsize=4096)
def unknown(concept: str, why: Gap) -> Value:
    """One shared value for one lack: values are never changed."""
    return Value(None, (), (lacking(concept, why),))


def together(parts: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """All parts in order, each item once."""
    only: tuple[Any, ...] = ()
    several: dict[int, Any] = {}
    for part in parts:
        if not part:
            continue
        if not only:
            only = part
            continue
        for item in part if several else (*only, *part):
            several[id(item)] = item
    return tuple(several.values()) if several else only


def combined(value: Any, parts: Sequence[Value]) -> Value:
    """``value`` resting on all ``parts``."""
    return Value(value, together([part.evidence for part in parts]), together([part.missing for part in parts]))


def disjunction(parts: Iterable[Value]) -> Value:
    """Kleene ``or``: one true decides, and only the true ones are its reason."""
    return junction(parts, deciding=True)


def junction(parts: Iterable[Value], *, deciding: bool) -> Value:
    """Stops at the first part that decides without a doubt."""
    decided: list[Value] = []
    undecided: list[Value] = []
    others: list[Value] = []
    for part in parts:
        if part.value is deciding:
            if not part.missing:
                return part
            decided.append(part)
        elif part.value is None:
            undecided.append(part)
        else:
            others.append(part)
    if decided:
        return combined(deciding, decided)
    return combined(None, undecided) if undecided else combined(not deciding, others)


def verdict(holds: bool, value: Value) -> Value:
    """``holds`` for the reasons of ``value``."""
    if value.evidence or value.missing:
        return Value(holds, value.evidence, value.missing)
    return TRUE if holds else FALSE


def negation(part: Value) -> Value:
    return part if part.value is None else verdict(not part.value, part)
