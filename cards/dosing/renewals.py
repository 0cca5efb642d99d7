"""Which active orders a draft continues: they end with it and are not added to it."""

from collections.abc import Callable, Iterable

from cards.chart import fhir
from cards.chart.dosage import NO_AMOUNT
from cards.chart.records import Medication
from cards.chart.times_of_day import are_apart
from cards.dosing.ordered import OrderedDose
from cards.dosing.stretches import Stretch

Same = Callable[[Medication, Medication], bool]
Together = Callable[[Iterable[Stretch]], tuple[OrderedDose, ...]]


def without_renewed(stretches: Iterable[Stretch], same: Same, together: Together) -> tuple[Stretch, ...]:
    """Leaves out active orders that a draft names as prior, and the same standing dose of the same product.

    A biosimilar beside the original is no renewal: until the original is stopped the patient takes both.
    """
    listed = list(stretches)
    drafts = [item for item in listed if item.order.draft]
    prior = {fhir.reference(item.order.raw.get("priorPrescription")) for item in drafts} - {None}
    active = [item for item in listed if not item.order.draft and item.order.reference not in prior]
    left = [item for item in active if not any(_continues(draft, item, same) for draft in drafts)]
    rewritten = _rewritten(drafts, left, same, together)
    kept = {id(item) for item in left} - {id(item) for item in rewritten}
    return tuple(item for item in listed if item.order.draft or id(item) in kept)


def _continues(draft: Stretch, active: Stretch, same: Same) -> bool:
    """The same dose at the same interval and time of day, both standing."""
    alike = draft.instruction.amount == active.instruction.amount != NO_AMOUNT
    timed = draft.instruction.interval == active.instruction.interval
    if not (alike and timed and _stands(active) and not draft.named and draft.instruction.repeats):
        return False
    return not are_apart(draft.instruction.at, active.instruction.at) and same(draft.order, active.order)


def _stands(item: Stretch) -> bool:
    return item.count is None and not item.named


def _rewritten(drafts: list[Stretch], active: list[Stretch], same: Same, together: Together) -> list[Stretch]:
    """What stands in other rows now, such as twice daily for morning and evening, and is the same in all."""
    standing = [item for item in active if _stands(item) and any(same(d.order, item.order) for d in drafts)]
    ordered = [item for item in drafts if _stands(item) and any(same(item.order, a.order) for a in standing)]
    if not standing or not ordered or _are_apart(standing, ordered):
        return []
    doses = [sorted(_key(dose) for dose in together(rows)) for rows in (standing, ordered)]
    return standing if doses[0] == doses[1] else []


def _are_apart(ones: list[Stretch], others: list[Stretch]) -> bool:
    """Whether all of them are taken at other times of day than the others."""
    times = [frozenset(time for item in items for time in item.instruction.at) for items in (ones, others)]
    return are_apart(times[0], times[1])


def _key(dose: OrderedDose) -> str:
    return f"{dose.amount} {dose.step} {dose.mean}"
