"""What evaluating a condition yields: a value or unknown, the evidence for it, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cards.chart.records import Gap, Record


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that could not be had, and why."""

    concept: str
    why: Gap


@dataclass(slots=True, eq=False)
class Value:
    """``value`` is ``None`` when unknown. Never changed after it was made.

    Not frozen: that would cost a third of the time of an assessment.

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
    filled = [part for part in parts if part]
    if len(filled) < 2:
        return filled[0] if filled else ()
    return tuple({id(item): item for part in filled for item in part}.values())


def combined(value: Any, parts: Sequence[Value]) -> Value:
    """``value`` resting on all ``parts``."""
    if len(parts) == 1:
        return Value(value, parts[0].evidence, parts[0].missing)
    if len(parts) == 2:
        first, second = parts
        if not second.evidence and not second.missing:
            return Value(value, first.evidence, first.missing)
        if not first.evidence and not first.missing:
            return Value(value, second.evidence, second.missing)
    return Value(value, together([p.evidence for p in parts]), together([p.missing for p in parts]))


def disjunction(parts: Iterable[Value]) -> Value:
    """Kleene ``or``: one true decides, and only the true ones are its reason."""
    return junction(parts, deciding=True)


def junction(parts: Iterable[Value], *, deciding: bool) -> Value:
    """Stops at the first part that decides without a doubt."""
    seen: list[Value] = []
    decided: list[Value] = []
    for part in parts:
        if part.value is deciding:
            if not part.missing:
                return part
            decided.append(part)
        seen.append(part)
    if decided:
        return combined(deciding, decided)
    undecided = [part for part in seen if part.value is None]
    return combined(None, undecided) if undecided else combined(not deciding, seen)


def negation(part: Value) -> Value:
    return part if part.value is None else Value(not part.value, part.evidence, part.missing)
