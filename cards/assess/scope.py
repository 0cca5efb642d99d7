"""Which drugs and statements a hook call is about."""

from collections.abc import Callable, Iterator

from cards.assess.scene import Scene
from cards.chart.chart import Chart
from cards.knowledge.drug_knowledge import DrugKnowledge
from cards.knowledge.loader import Knowledge
from cards.knowledge.model import Statement
from cards.knowledge.statements import CompiledStatement

Selected = Callable[[CompiledStatement], bool]
ORDER_SUFFIX = "-order"


def drugs_in_scope(chart: Chart, knowledge: Knowledge) -> Iterator[tuple[DrugKnowledge, Selected]]:
    """Each drug concerned, and the statements of it to evaluate.

    Order hooks without a selected draft of the drug evaluate only statements that name the drafted item
    (a vaccine, TMP-SMX, plasma exchange) in ``also_on``.
    """
    for drug in knowledge.drugs.values():
        if chart.hook == "patient-view" or _drafted(chart, drug.key):
            yield drug, _on_hook(chart.hook)
            continue
        triggers = frozenset(name for name in _also_on(drug) if _triggered(chart, name))
        if triggers:
            yield drug, _on_trigger(chart.hook, triggers)


def _drafted(chart: Chart, drug: str) -> bool:
    return any(draft.draft and draft.selected for draft in chart.medications(drug).items)


def _on_hook(hook: str) -> Selected:
    return lambda statement: hook in statement.entry.hooks


def _on_trigger(hook: str, triggers: frozenset[str]) -> Selected:
    return lambda statement: hook in statement.entry.hooks and not triggers.isdisjoint(statement.entry.also_on)


def _also_on(drug: DrugKnowledge) -> frozenset[str]:
    return frozenset(name for statement in drug.statements.values() for name in statement.entry.also_on)


def _triggered(chart: Chart, name: str) -> bool:
    concept = name.removesuffix(ORDER_SUFFIX)
    if concept == "vaccine":
        return any(order.draft and order.selected for order in chart.vaccine_orders().items)
    medications = chart.medications(concept).items
    acts = chart.acts(concept).items
    return any(order.draft and getattr(order, "selected", True) for order in (*medications, *acts))


def in_scope(scene: Scene, statement: Statement) -> bool:
    return scene.stage_fits(statement.stages)
