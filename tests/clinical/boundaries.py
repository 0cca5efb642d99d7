"""Cases on both sides of every number in a statement: what a changed parameter must change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from building import Case

Outcomes = Mapping[Any, str | None]


@dataclass(frozen=True)
class Boundary:
    """``build(value)`` makes the case; ``outcomes`` gives the severity it must have, ``None`` when silent."""

    parameter: str
    statement: str
    build: Callable[[Any], Case]
    outcomes: Outcomes
    step: str = "1"  # by how much the parameter is changed

    def __str__(self) -> str:
        return f"{self.parameter} {self.statement}"
