"""What evaluating a condition yields: a value or unknown, the evidence for it, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cards.chart.records import Gap, Record


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that could not be had, and why."""

    concept: str
    why: Gap


@dataclass(frozen=True, slots=True)
class Value:
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


def unknown(concept: str, why: Gap) -> Value:
    return Value(None, (), (Missing(concept, why),))


def together(parts: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """All parts in order, each item once."""
    return tuple(dict.fromkeys(item for part in parts for item in part))


def combined(value: Any, parts: Sequence[Value]) -> Value:
    """``value`` resting on all ``parts``."""
    if len(parts) == 1:
        return Value(value, parts[0].evidence, parts[0].missing)
    return Value(value, together(p.evidence for p in parts), together(p.missing for p in parts))


def conjunction(parts: Iterable[Value]) -> Value:
    """Kleene ``and``: one false decides, and only the false ones are its reason."""
    return _junction(parts, deciding=False)


def disjunction(parts: Iterable[Value]) -> Value:
    """Kleene ``or``: one true decides, and only the true ones are its reason."""
    return _junction(parts, deciding=True)


def _junction(parts: Iterable[Value], *, deciding: bool) -> Value:
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
