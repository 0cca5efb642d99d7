"""What a condition sees while it is evaluated: one chart, one chapter, and every fact worked out at most once."""

from typing import TYPE_CHECKING, Any

from cards.chart.chart import Chart
from cards.chart.records import Records
from cards.logic.builtins import COLLECTIONS, VALUES
from cards.logic.values import FALSE, Value, combined

if TYPE_CHECKING:
    from cards.knowledge.chapter import Chapter
    from cards.knowledge.statements import CompiledStatement


class Scene:
    """Evaluates the facts and statements of one chapter for one chart, remembering each.

    ``drug`` is the drug looked at: the chapter's own, or the drafted one that brought the chapter up.
    """

    __slots__ = (
        "_built_in",
        "_collections",
        "_facts",
        "_fired",
        "_of_population",
        "chapter",
        "chart",
        "drug",
        "region",
    )

    def __init__(self, chart: Chart, chapter: "Chapter", region: str, drug: str) -> None:
        self.chart = chart
        self.chapter = chapter
        self.drug = drug
        self.region = region
        self._of_population: Value | None = None
        self._built_in: dict[str, Value] = {}
        self._collections: dict[str, Records[Any]] = {}
        self._facts: dict[str, Value] = {}
        self._fired: dict[str, Value] = {}

    @property
    def subject(self) -> str:
        """What findings are about: the drug, else the chapter's subject."""
        return self.drug or self.chapter.key

    @property
    def of_population(self) -> Value:
        """Whether the patient is one of those the chapter is about."""
        if self._of_population is None:
            self._of_population = self.chapter.population(self, {})
        return self._of_population

    def applies(self, statement: "CompiledStatement") -> Value:
        """Whether a statement is about this patient and situation."""
        if statement.entry.population == "everyone":
            return statement.applies(self, {})
        population = self.of_population
        applies = statement.applies(self, {}) if population.value is not False else population
        if population.value is True and not population.missing:
            return applies
        return (
            applies if applies.value is False else combined(population.value and applies.value, [population, applies])
        )

    def fact(self, name: str) -> Value:
        found = self._facts.get(name)
        if found is None:
            found = self._facts[name] = self.chapter.facts[name].evaluate(self)
        return found

    def built_in(self, name: str) -> Value:
        found = self._built_in.get(name)
        if found is None:
            found = self._built_in[name] = VALUES[name][1](self)
        return found

    def collection(self, name: str) -> Records[Any]:
        found = self._collections.get(name)
        if found is None:
            found = self._collections[name] = COLLECTIONS[name][1](self)
        return found

    def fired(self, identifier: str) -> Value:
        """Whether another statement of the chapter fires; an unknown one counts as its ``unknown`` says."""
        found = self._fired.get(identifier)
        if found is None:
            found = self._fired[identifier] = self._evaluate(identifier)
        return found

    def _evaluate(self, identifier: str) -> Value:
        statement = self.chapter.statements[identifier]
        if self.chart.hook not in statement.entry.hooks or not self.stage_fits(statement):
            return FALSE
        applies = self.applies(statement)
        if applies.value is not True:
            return FALSE
        fires = statement.fires(self, {})
        if fires.value is None and statement.entry.unknown == "fires":
            return Value(True, fires.evidence, fires.missing)
        return fires

    def stage_fits(self, statement: "CompiledStatement") -> bool:
        """Whether the drug is in one of the stages a statement is about; no stages means any."""
        return not statement.stages or self.fact("stage").value in statement.stages
