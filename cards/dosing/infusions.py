"""How fast an infusion may run."""

from cards.chart.intervals import Interval
from cards.chart.quantities import Number
from cards.dosing.doses import RecordDoses
from cards.dosing.ordered import OrderedDose
from cards.dosing.situation import Situation
from cards.words import Words


def shortest(dose: OrderedDose, record: RecordDoses, situation: Situation) -> Number | None:
    infusion = record.infusion
    if infusion is None:
        return None
    faster = infusion.accepts
    least = faster.min_minutes if faster and _is_used_to_it(dose, record, situation) else infusion.min_minutes
    return Interval(least, least)


def _is_used_to_it(dose: OrderedDose, record: RecordDoses, situation: Situation) -> bool:
    """By doses given, and by those that are ordered before it at the usual time."""
    infusion = record.infusion
    if infusion is None or infusion.accepts is None:
        return False
    before = [other for other in situation.ordered if other.count and other.start < dose.start]
    usual = [other for other in before if other.minutes and (other.minutes.low or 0) >= infusion.min_minutes]
    ordered = sum(other.count or 0 for other in usual)
    return len({event.date for event in situation.history.given}) + ordered >= infusion.accepts.after_doses


def why_faster(dose: OrderedDose, record: RecordDoses, situation: Situation) -> Words | None:
    """Why an infusion below the usual time is accepted; ``None`` where it keeps it or is not accepted."""
    infusion, minutes = record.infusion, dose.minutes
    faster = infusion.accepts if infusion else None
    if infusion is None or faster is None or minutes is None or minutes.low is None:
        return None
    short = faster.min_minutes <= minutes.low < infusion.min_minutes
    return faster.why if short and _is_used_to_it(dose, record, situation) else None
