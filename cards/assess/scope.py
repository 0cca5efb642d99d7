"""Which statements a hook call is about."""

from collections.abc import Iterator

from cards.assess.scene import Scene
from cards.chart.chart import Chart
from cards.dosing.view import Dosing
from cards.knowledge.chapter import Chapter
from cards.knowledge.loader import Knowledge
from cards.knowledge.roster import Roster

ORDER_SUFFIX = "-order"
CONCERNED = "patient_concerned"  # the fact by which a chapter says that a chart has to do with it


def scenes_in_scope(chart: Chart, knowledge: Knowledge, region: str) -> Iterator[tuple[Scene, Roster]]:
    """Each chapter concerned, once for every drafted drug it speaks of, and the statements to evaluate.

    Order hooks look only at statements about a selected draft, or at those that name the drafted item
    (a vaccine, TMP-SMX, plasma exchange) in ``also_on``.
    """
    doses = Dosing(chart, knowledge.regimens, knowledge.dose_policy)
    for chapter, drug, roster in _brought_up(chart, knowledge):
        if roster.statements:
            scene = Scene(chart, chapter, region, drug, doses)
            yield scene, _about_this_patient(scene, roster)


def _brought_up(chart: Chart, knowledge: Knowledge) -> Iterator[tuple[Chapter, str, Roster]]:
    if chart.hook == "patient-view":
        for chapter in knowledge.chapters.values():
            yield chapter, chapter.drug or "", chapter.on_hook(chart.hook)
        return
    drafted = chart.drafted_drugs
    triggers = frozenset(name for name in knowledge.triggers if _triggered(chart, name))
    for chapter in knowledge.about_drafts(drafted, triggers):
        of_chapter = [drug for drug in drafted if drug in chapter.drugs]
        for drug in of_chapter:
            yield chapter, drug, chapter.for_draft(chart.hook, drug)
        if not of_chapter:
            yield chapter, chapter.drug or "", chapter.named_by(chart.hook, triggers)


def _about_this_patient(scene: Scene, roster: Roster) -> Roster:
    """Without those about a population that the patient is known not to belong to."""
    return roster.about_everyone if scene.of_population.value is False else roster


def _triggered(chart: Chart, name: str) -> bool:
    concept = name.removesuffix(ORDER_SUFFIX)
    if concept == "vaccine":
        return any(order.draft and order.selected for order in chart.vaccine_orders().items)
    medications = chart.medications(concept).items
    acts = chart.acts(concept).items
    return any(order.draft and getattr(order, "selected", True) for order in (*medications, *acts))


def is_concerned(scene: Scene) -> bool:
    """Whether to say what could not be assessed: for every order, and for charts that have to do with the chapter."""
    if scene.chart.hook != "patient-view":
        return True
    if CONCERNED in scene.chapter.facts:
        return scene.fact(CONCERNED).value is True
    of_population = scene.of_population.value is True and scene.chapter.entry.population != "true"
    return of_population or any(scene.chart.medications(drug).items for drug in scene.chapter.drugs)
