"""The one regimen that is right for a patient, where there is only one: what a draft should say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cards.chart import fhir
from cards.dosing.amounts import amount_passes, expected_mg
from cards.dosing.comparisons import Comparison
from cards.dosing.doses import Allowed, Basis, Course, Phase
from cards.dosing.model import Timing
from cards.dosing.selection import Indicated
from cards.dosing.situation import Situation
from cards.dosing.stretches import HORIZON_DAYS

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Step:
    """One dosage instruction: an amount, on days counted from the first dose, or repeated.

    ``starts``: the day from which a repeat counts.
    """

    mg: Decimal
    days: tuple[int, ...] = ()
    timing: Timing | None = None
    count: int | None = None
    starts: int = 0


@dataclass(frozen=True, slots=True)
class DosePlan:
    """Steps to write into the draft, from ``first`` on where the draft names a day; minutes of an infusion."""

    steps: tuple[Step, ...]
    first: date | None = None
    minutes: Decimal | None = None


def plan_for(situation: Situation, compared: Iterable[Comparison]) -> DosePlan | None:
    """Nothing where the indication, the weight or the phase is not known, or where several doses are right."""
    items, selection = list(compared), situation.selection
    if selection is None or selection.indicated is not Indicated.ONE or len(situation.drafts) != 1:
        return None
    readings = {item.reading.key: item.reading for item in items}
    record = next(iter(readings.values())).record if len(readings) == 1 else None
    if record is None or situation.body.of_age(record.record.population) is not True:
        return None
    if situation.body.of_weight(record.record.population) is not True:
        return None
    past = situation.is_past_loading(record.own)
    if past is None or (past is False and situation.history.treated):
        return None
    going_on = _going_on(record.own, items, situation)
    if going_on is None:
        return None
    return _written(record.own, going_on, situation, items, loading=not past)


def _going_on(course: Course, items: list[Comparison], situation: Situation) -> Allowed | None:
    """The only option of the route; of several the one whose amount is ordered."""
    options = [
        a
        for a in course.maintenance
        if a.usable and a.low == a.high and (not situation.routes or not situation.routes.isdisjoint(a.routes))
    ]
    if len(options) > 1:
        options = [a for a in options if any(_is_ordered(a, item, situation) for item in items)]
    return options[0] if len(options) == 1 else None


def _is_ordered(allowed: Allowed, item: Comparison, situation: Situation) -> bool:
    choice = item.choice
    return (
        choice is not None
        and choice.allowed is allowed
        and amount_passes(choice.ratio, allowed.basis, situation.policy)
    )


def _written(
    course: Course, going_on: Allowed, situation: Situation, items: list[Comparison], *, loading: bool
) -> DosePlan | None:
    steps: list[Step] = []
    if loading and course.titration:
        return None  # a pack that raises the dose is another product
    if loading:
        if any(a.phase is Phase.INDUCTION for a in course.others):
            return None
        for days, allowed in _grouped(course):
            mg = _mg(allowed, situation)
            if mg is None:
                return None
            steps.append(Step(mg, days=days))
    last = _last_step(course, going_on, situation, loading=bool(steps))
    if last is None:
        return None
    return DosePlan((*steps, last), _first_day(situation), minutes_for(items))


def _grouped(course: Course) -> list[tuple[tuple[int, ...], Allowed]]:
    found: list[tuple[tuple[int, ...], Allowed]] = []
    for day, allowed in course.loading:
        if found and (found[-1][1].low, found[-1][1].high) == (allowed.low, allowed.high):
            found[-1] = ((*found[-1][0], int(day)), allowed)
        else:
            found.append(((int(day),), allowed))
    return found


def _last_step(course: Course, going_on: Allowed, situation: Situation, *, loading: bool) -> Step | None:
    mg = _mg(going_on, situation)
    if mg is None:
        return None
    if going_on.doses is not None and going_on.gap is not None:
        return Step(mg, days=tuple(int(going_on.gap) * n for n in range(going_on.doses)))
    timing = going_on.option.timing[0] if going_on.option is not None and len(going_on.option.timing) == 1 else None
    if timing is None or timing.period_max is not None:
        return None
    starts = Decimal(0)
    if loading and going_on.spans:
        wait = going_on.from_day if going_on.from_day is not None else None
        starts = wait if wait is not None else (course.last_loading_day or Decimal(0)) + going_on.spans[0].low
    return Step(mg, timing=timing, starts=int(starts))


def _mg(allowed: Allowed, situation: Situation) -> Decimal | None:
    """What goes by weight or surface to a tenth, to whole milligrams where it comes in whole vials."""
    mg = expected_mg(allowed, situation.body)
    if mg is None or mg.high is None or not mg.exact:
        return None
    if allowed.basis is Basis.FLAT:
        return mg.high
    vials = situation.doses is not None and situation.doses.file.whole_vials_mg is not None
    return mg.high.quantize(ONE) if vials else mg.high.quantize(Decimal("0.1")).normalize()


def _first_day(situation: Situation) -> date | None:
    """The day that the draft itself names; none is made up."""
    for item in situation.stretches:
        if item.order.draft and (item.named or item.instruction.start is not None):
            first = int(situation.first_day)
            return date.fromordinal(first) if first < date.max.toordinal() - HORIZON_DAYS else None
    return None


def infusion_time_for(situation: Situation, compared: Iterable[Comparison]) -> DosePlan | None:
    """Only the time; its words go with the old one, so nothing where the dose stands in the words alone."""
    minutes = minutes_for(compared)
    if minutes is None or any(_in_words_alone(draft.raw) for draft in situation.drafts):
        return None
    return DosePlan((), minutes=minutes)


def _in_words_alone(order: fhir.Json) -> bool:
    return any(
        "text" in entry and not (entry.get("timing") and (entry.get("doseAndRate") or entry.get("doseQuantity")))
        for entry in fhir.objects(order.get("dosageInstruction"))
    )


def minutes_for(items: Iterable[Comparison]) -> Decimal | None:
    """The shortest allowed time, where a shorter one is ordered."""
    for item in items:
        least, ordered = item.least_minutes, item.minutes
        if least is not None and least.high is not None and ordered is not None and ordered.low is not None:
            return least.high if ordered.low < least.high else ordered.high
    return None
