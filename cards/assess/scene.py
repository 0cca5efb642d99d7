"""What a condition sees while it is evaluated: one chart, one drug, and every fact worked out at most once."""

from typing import TYPE_CHECKING, Any

from cards.chart.chart import Chart
from cards.chart.records import Records
from cards.logic.builtins import COLLECTIONS, VALUES
from cards.logic.values import FALSE, Value

if TYPE_CHECKING:
    from cards.knowledge.drug_knowledge import DrugKnowledge
    from cards.knowledge.statements import CompiledStatement


class Scene:
    """Evaluates the facts and statements of one drug for one chart, remembering each."""

    __slots__ = ("_built_in", "_collections", "_facts", "_fired", "chart", "drug", "knowledge", "region")

    def __init__(self, chart: Chart, knowledge: "DrugKnowledge", region: str) -> None:
        self.chart = chart
        self.knowledge = knowledge
        self.drug = knowledge.key
        self.region = region
        self._built_in: dict[str, Value] = {}
        self._collections: dict[str, Records[Any]] = {}
        self._facts: dict[str, Value] = {}
        self._fired: dict[str, Value] = {}

    def fact(self, name: str) -> Value:
        found = self._facts.get(name)
        if found is None:
            found = self._facts[name] = self.knowledge.facts[name].evaluate(self)
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
        """Whether another statement of the drug fires; an unknown one counts as its ``unknown`` says."""
        found = self._fired.get(identifier)
        if found is None:
            found = self._fired[identifier] = self._evaluate(identifier)
        return found

    def _evaluate(self, identifier: str) -> Value:
        statement = self.knowledge.statements[identifier]
        if self.chart.hook not in statement.entry.hooks or not self.stage_fits(statement):
            return FALSE
        applies = statement.applies(self, {})
        if applies.value is not True:
            return FALSE
        fires = statement.fires(self, {})
        if fires.value is None and statement.entry.unknown == "fires":
            return Value(True, fires.evidence, fires.missing)
        return fires

    def stage_fits(self, statement: "CompiledStatement") -> bool:
        """Whether the drug is in one of the stages a statement is about; no stages means any."""
        return not statement.stages or self.fact("stage").value in statement.stages
