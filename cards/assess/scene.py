"""What a condition sees while it is evaluated: one chart, one chapter, and every fact worked out at most once."""

from typing import TYPE_CHECKING, Any

from cards.chart.chart import Chart
from cards.chart.records import Records
from cards.dosing.view import Dosing, DosingView
from cards.logic.builtins import COLLECTIONS, VALUES
from cards.logic.plain import strip
from cards.logic.values import FALSE, Value, combined

if TYPE_CHECKING:
    from cards.knowledge.chapter import Chapter
    from cards.knowledge.statements import CompiledStatement


class Scene:
    """Evaluates the facts and statements of one chapter for one chart, remembering each.

    ``drug`` is the drug looked at: the chapter's own, or the drafted one that brought the chapter up.
    """

    __slots__ = (
        "_collections",
        "_doses",
        "_fired",
        "_of_population",
        "built_ins",
        "chapter",
        "chart",
        "drug",
        "facts",
        "lack",
        "on_file",
        "plain_values",
        "region",
    )

    def __init__(self, chart: Chart, chapter: "Chapter", region: str, drug: str, doses: Dosing | None = None) -> None:
        self.chart = chart
        self.on_file = chapter.key_numbers.known_bits(chart.on_file)  # as far as conditions of the chapter look for it
        self._doses = doses
        self.chapter = chapter
        self.drug = drug
        self.region = region
        self._of_population: Value | None = None
        self.built_ins: dict[str, Value] = {}
        self._collections: dict[str, Records[Any]] = {}
        self.facts: dict[str, Value] = {}
        self._fired: dict[str, Value] = {}
        self.plain_values: dict[str, tuple[Any, int]] = {}
        self.lack = 0  # what a plain evaluation met: see cards.logic.plain

    @property
    def subject(self) -> str:
        """What findings are about: the drug, else the chapter's subject."""
        return self.drug or self.chapter.key

    @property
    def dosing(self) -> DosingView | None:
        """The drafts of the drug against its regimens, where the knowledge has a chapter about doses."""
        return self._doses.of(self.drug) if self._doses is not None and self.drug else None

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
        found = self.facts.get(name)
        if found is None:
            found = self.facts[name] = self.chapter.facts[name].evaluate(self, {})
        return found

    def plain_fact(self, name: str) -> Any:
        """What a fact is worth, without reasons."""
        found = self.plain_values.get(name)
        if found is None:
            outer, self.lack = self.lack, 0
            value = self.chapter.facts[name].plain(self, {})
            found = self.plain_values[name] = value, self.lack
            self.lack = outer
        if found[1] > self.lack:
            self.lack = found[1]
        return found[0]

    def worth(self, name: str) -> Any:
        """What a fact is worth, whatever it leaves open."""
        outer, value = self.lack, self.plain_fact(name)
        self.lack = outer
        return value

    def plain_built_in(self, name: str) -> Any:
        outer, self.lack = self.lack, 0
        value = strip(self, self.built_in(name))
        self.plain_values[name] = value, self.lack
        self.lack = max(outer, self.lack)
        return value

    def plainly_fires(self, identifier: str) -> bool | None:
        """As ``fired``, without reasons."""
        statement = self.chapter.statements[identifier]
        if self.chart.hook not in statement.entry.hooks or not self.plainly_applies(statement):
            return False
        fires = statement.plain_fires(self, {})
        return True if fires is None and statement.entry.unknown == "fires" else fires

    def plainly_applies(self, statement: "CompiledStatement") -> bool | None:
        if statement.stages and self.plain_fact("stage") not in statement.stages:
            return False
        applies = statement.plain_applies(self, {})
        if applies is False or statement.entry.population == "everyone":
            return applies
        population = strip(self, self.of_population)
        return applies if population else population

    def built_in(self, name: str) -> Value:
        found = self.built_ins.get(name)
        if found is None:
            found = self.built_ins[name] = VALUES[name][1](self)
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
