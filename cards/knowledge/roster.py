"""The statements that one kind of call brings up, and which of them a chart gives any occasion to look at."""

from collections.abc import Iterable
from functools import cached_property

from cards.knowledge.statements import CompiledStatement


class Roster:
    """Most statements sleep: they cannot fire until something they look for is on file (see ``cards.chart.on_file``).

    They are found by the keys that wake them, so that a call costs what its chart holds, not what the knowledge does.
    """

    def __init__(self, statements: Iterable[CompiledStatement]) -> None:
        self.statements = tuple(statements)
        self._awake: list[int] = []
        self._woken_by: dict[str, list[int]] = {}
        for number, statement in enumerate(self.statements):
            if statement.shown:
                self._enter(number, statement)

    def _enter(self, number: int, statement: CompiledStatement) -> None:
        if statement.sleeps_without is None:
            self._awake.append(number)
            return
        for key in statement.sleeps_without:
            self._woken_by.setdefault(key, []).append(number)

    def awake(self, on_file: Iterable[str]) -> list[CompiledStatement]:
        """Those that may have something to say, in their order."""
        numbers = set(self._awake)
        for key in on_file:
            woken = self._woken_by.get(key)
            if woken is not None:
                numbers.update(woken)
        return [self.statements[number] for number in sorted(numbers)]

    @cached_property
    def about_everyone(self) -> "Roster":
        """Without those about the chapter's population."""
        return Roster(statement for statement in self.statements if statement.entry.population == "everyone")
