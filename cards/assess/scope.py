"""Which drugs and statements a hook call is about."""

from collections.abc import Iterator, Sequence

from cards.assess.scene import Scene
from cards.chart.chart import Chart
from cards.knowledge.drug_knowledge import DrugKnowledge
from cards.knowledge.loader import Knowledge
from cards.knowledge.statements import CompiledStatement

Statements = Sequence[CompiledStatement]
ORDER_SUFFIX = "-order"
CONCERNED = "patient_concerned"  # the fact by which a drug says that a chart has to do with it


def drugs_in_scope(chart: Chart, knowledge: Knowledge) -> Iterator[tuple[DrugKnowledge, Statements]]:
    """Each drug concerned, and the statements of it to evaluate.

    Order hooks without a selected draft of the drug evaluate only statements that name the drafted item
    (a vaccine, TMP-SMX, plasma exchange) in ``also_on``.
    """
    for drug in knowledge.drugs.values():
        if chart.hook == "patient-view" or _drafted(chart, drug.key):
            yield drug, drug.on_hook(chart.hook)
            continue
        triggers = frozenset(name for name in drug.triggers if _triggered(chart, name))
        if triggers:
            yield drug, [s for s in drug.on_hook(chart.hook) if not triggers.isdisjoint(s.entry.also_on)]


def _drafted(chart: Chart, drug: str) -> bool:
    return any(draft.draft and draft.selected for draft in chart.medications(drug).items)


def _triggered(chart: Chart, name: str) -> bool:
    concept = name.removesuffix(ORDER_SUFFIX)
    if concept == "vaccine":
        return any(order.draft and order.selected for order in chart.vaccine_orders().items)
    medications = chart.medications(concept).items
    acts = chart.acts(concept).items
    return any(order.draft and getattr(order, "selected", True) for order in (*medications, *acts))


def is_concerned(scene: Scene) -> bool:
    """Whether to say what could not be assessed: for every order, and for charts that have to do with the drug."""
    if scene.chart.hook != "patient-view" or CONCERNED not in scene.knowledge.facts:
        return True
    return scene.fact(CONCERNED).value is True
