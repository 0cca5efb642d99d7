"""The numbers of any chapter: a case on both sides of each, which notices when the number is changed by one step.

A test module lists its ``Pin``s and asks a ``PinnedChapter`` for what they come to.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from case_record import Record

from cards.assess.assess import assess
from cards.chart.chart import Chart
from cards.chart.read import read_chart
from cards.knowledge.chapter import Chapter, load_chapter
from cards.knowledge.loader import FOLDER, Knowledge
from cards.knowledge.model import ParameterEntry
from cards.terminology import Terminology

Outcomes = Mapping[Any, str | None]


@dataclass(frozen=True)
class Pin:
    """``build(value)`` makes the case; ``outcomes`` gives the severity it must have, ``None`` when silent."""

    parameter: str
    statement: str
    build: Callable[[Any], Record]
    outcomes: Outcomes
    step: str = "1"  # by how much the parameter is changed

    def __str__(self) -> str:
        return self.parameter


@dataclass
class PinnedChapter:
    """One chapter's folder; charts are read once, whatever the parameter is changed to."""

    folder: str
    terminology: Terminology
    among: Knowledge | None = None  # what else the statements need: the regimens, and how doses are compared
    _charts: dict[tuple[str, Any], Chart] = field(default_factory=dict[tuple[str, Any], Chart])

    @property
    def path(self) -> Path:
        return FOLDER / self.folder

    def chapter(self, overrides: Mapping[str, ParameterEntry] | None = None) -> Chapter:
        return load_chapter(self.path, self.terminology, overrides or {})

    def outcomes(self, pin: Pin, chapter: Chapter) -> dict[Any, str | None]:
        return {value: self._outcome(pin, value, chapter) for value in pin.outcomes}

    def _outcome(self, pin: Pin, value: Any, chapter: Chapter) -> str | None:
        alone = Knowledge(self.terminology, {chapter.key: chapter}, "")
        if self.among is not None:
            alone = replace(self.among, chapters={chapter.key: chapter})
        found = assess(self._chart(pin, value), alone).findings
        return next((finding.severity for finding in found if finding.statement.id == pin.statement), None)

    def _chart(self, pin: Pin, value: Any) -> Chart:
        key = (pin.parameter, value)
        if key not in self._charts:
            case = pin.build(value)
            today = date.fromisoformat(case.today)
            self._charts[key] = read_chart(case.received(), self.terminology, today, case.hook)
        return self._charts[key]

    def changed(self, parameter: str, by: Decimal) -> Chapter:
        entry = self.chapter().parameters[parameter]
        assert isinstance(entry.value, Decimal), f"{parameter}: give each of its values a parameter of its own"
        other = ParameterEntry(**(entry.model_dump() | {"value": entry.value + by}))
        return self.chapter({parameter: other})

    def used_parameters(self) -> set[str]:
        files = [path for path in self.path.glob("*.yaml") if path.name != "parameters.yaml"]
        return {name for path in files for name in re.findall(r"\bP\.([a-z0-9_]+)", path.read_text(encoding="utf-8"))}
