"""The numbers of a large chapter: ``pinned_numbers`` with only what a case needs compiled, and facts beside statements.

A ``Pin``'s target is a statement, ``fact NAME`` (a derived fact), or ``offer STATEMENT CONCEPT`` (a suggestion).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pinned_numbers import Pin

from cards.assess.assess import assess
from cards.assess.scene import Scene
from cards.chart.chart import Chart
from cards.chart.intervals import Interval
from cards.chart.read import read_chart
from cards.knowledge.chapter import Chapter, _facts, load_chapter
from cards.knowledge.facts import FactBook
from cards.knowledge.loader import FOLDER, Knowledge
from cards.knowledge.model import ParameterEntry
from cards.knowledge.statements import StatementCompiler
from cards.logic.names import ChapterNames
from cards.terminology import Terminology


class PinnedFacts:
    """One chapter's folder and what its pins come to."""

    def __init__(self, folder: str, terminology: Terminology) -> None:
        self._path: Path = FOLDER / folder
        self._terminology = terminology
        self._charts: dict[tuple[str, Any], Chart] = {}

    @cached_property
    def whole(self) -> Chapter:
        return load_chapter(self._path, self._terminology, {})

    def outcomes(self, pin: Pin, by: Decimal | None = None) -> dict[Any, Any]:
        """What the cases of a pin come to, with its parameter changed ``by`` so much."""
        parameters = dict(self.whole.parameters)
        if by is not None:
            entry = parameters[pin.parameter]
            assert isinstance(entry.value, Decimal), f"{pin.parameter}: give each of its values a parameter of its own"
            parameters[pin.parameter] = ParameterEntry(**(entry.model_dump() | {"value": entry.value + by}))
        kind, *words = pin.statement.split()
        wanted = words[0] if kind == "offer" else kind
        chapter = self._part(parameters, None if kind == "fact" else wanted)
        return {value: self._outcome(chapter, pin, self._chart(pin, value)) for value in pin.outcomes}

    def _outcome(self, chapter: Chapter, pin: Pin, chart: Chart) -> Any:
        kind, *words = pin.statement.split()
        if kind == "fact":
            return _plain(
                Scene(chart, chapter, "cn", chart.drafted_drugs[0] if chart.drafted_drugs else "").fact(words[0])
            )
        found = assess(chart, Knowledge(self._terminology, {chapter.key: chapter}, "")).findings
        finding = next(iter(found), None)
        if kind == "offer":
            return finding is not None and words[1] in {proposal.concept for proposal in finding.proposals}
        return finding.severity if finding else None

    def _part(self, parameters: Mapping[str, ParameterEntry], statement: str | None) -> Chapter:
        """The chapter with one statement, or none; facts are compiled when they are asked for."""
        entry = self.whole.entry
        names = ChapterNames(entry.key, self._terminology, parameters, frozenset(entry.open_world))
        names.statements = frozenset(self.whole.statements)
        names.key_numbers.bits(self.whole.key_numbers)  # facts are compiled while a scene already looks at the chart
        units = self._terminology.units() | {p.unit for p in parameters.values()} - {"d", "wk", "mo", "a"}
        book = FactBook(names, {item.fact: (item, path.name) for path, item in _all_facts(self._path)}, units)
        compiler = StatementCompiler(names, units, frozenset(), entry.drugs)
        statements = {}
        if statement is not None:
            statements = {statement: compiler.compile(self.whole.statements[statement].entry, "")}
        own = {"facts": _Lazily(book), "statements": statements, "key_numbers": names.key_numbers}
        return replace(self.whole, parameters=parameters, **own)

    def _chart(self, pin: Pin, value: Any) -> Chart:
        key = (pin.parameter, value)
        if key not in self._charts:
            case = pin.build(value)
            today = date.fromisoformat(case.today)
            self._charts[key] = read_chart(case.received(), self._terminology, today, case.hook)
        return self._charts[key]


class _Lazily(dict[str, Any]):
    def __init__(self, book: FactBook) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, name: str) -> Any:
        self._book.kind_of(name)
        return self._book.facts[name]

    def __contains__(self, name: object) -> bool:
        return False  # no fact of the chapter decides which statements are looked at


@cache
def _all_facts(path: Path) -> list[Any]:
    return list(_facts(path))


def _plain(value: Any) -> Any:
    found = value.value
    if isinstance(found, Interval):
        return None if found.low is None else round(float(found.low), 3)  # type: ignore[arg-type]
    return found
