"""Each ordered dose against each record that may be meant, as the statements see it."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from cards.chart.intervals import Interval
from cards.chart.quantities import Number
from cards.chart.records import Record
from cards.dosing.amounts import (
    SAME,
    amount_passes,
    amount_ratio,
    expected_mg,
    in_mg,
    interval_passes,
    per_day,
)
from cards.dosing.choices import Choice, best_choice, is_due
from cards.dosing.doses import Allowed, Basis, Course, Phase, RecordDoses
from cards.dosing.infusions import shortest, why_faster
from cards.dosing.judged import Judged
from cards.dosing.model import Level
from cards.dosing.ordered import OrderedDose
from cards.dosing.readings import Reading, readings
from cards.dosing.situation import Situation
from cards.dosing.weight_bands import matches_neighbour
from cards.words import Words


class Comparison(Judged, frozen=True, kw_only=True, eq=False):
    """One ordered dose under one reading. Ratios are 1 where nothing is wrong or nothing is to be compared."""

    reading: Reading
    dose: OrderedDose
    choice: Choice | None
    ratio: Number | None = SAME
    basis: Basis = Basis.FLAT
    banded: bool = False
    interval: Number | None = SAME
    exposure: Number | None = None
    remark: Words | None = None
    level: Level | None = None
    rounded_up: bool = False
    as_neighbour: bool = False
    to_maintenance: Number | None = None
    minutes: Number | None = None
    least_minutes: Number | None = None
    faster: Words | None = None  # why less than the usual time is accepted
    first: bool = False

    @property
    def group(self) -> str:
        return self.reading.key

    @property
    def deviates(self) -> bool:
        return self.ratio != SAME or self.interval != SAME


def comparisons(situation: Situation) -> tuple[Comparison, ...]:
    return tuple(_of_reading(situation))


def _of_reading(situation: Situation) -> Iterator[Comparison]:
    for reading in readings(situation):
        for dose in situation.ordered:
            if reading.record is not None:
                yield _compared(dose, reading, reading.record, situation)


def _compared(dose: OrderedDose, reading: Reading, record: RecordDoses, situation: Situation) -> Comparison:
    choice = best_choice(dose, record, reading, situation)
    order, infusion = dose.order, record.infusion
    known = Comparison(
        reference=order.reference,
        label=order.label,
        reading=reading,
        dose=dose,
        choice=choice,
        banded=situation.body.weighed(record.record.population),
        minutes=dose.minutes,
        least_minutes=shortest(dose, record, situation) if infusion else None,
        faster=why_faster(dose, record, situation),
        first=dose.start == situation.first_day,
        to_maintenance=_to_maintenance(dose, reading, record, situation),
        rests_on=_rests_on(choice, record, situation),
    )
    return known if choice is None else _with_choice(known, choice, record, situation)


def _with_choice(known: Comparison, choice: Choice, record: RecordDoses, situation: Situation) -> Comparison:
    dose, policy = known.dose, situation.policy
    accepted = choice.passes(situation) and choice.course.level is not None
    fits = amount_passes(choice.ratio, choice.allowed.basis, policy)
    return replace(
        known,
        ratio=SAME if fits and choice.allowed.basis is Basis.FLAT else choice.ratio,
        basis=choice.allowed.basis,
        interval=_interval(choice, policy_passes=interval_passes(choice.interval, policy)),
        exposure=_exposure(dose, known.reading, record, situation),
        remark=choice.course.why if accepted and choice.course.level != "pass" else None,
        level=choice.course.level if accepted else None,
        rounded_up=not fits and _is_rounded_up(dose, choice.allowed, situation),
        as_neighbour=not choice.passes(situation) and matches_neighbour(dose, known.reading, situation),
    )


def _interval(choice: Choice, *, policy_passes: bool) -> Number | None:
    if choice.interval is None or policy_passes:
        return SAME
    return choice.interval


def _exposure(dose: OrderedDose, reading: Reading, record: RecordDoses, situation: Situation) -> Number | None:
    """What is given per time as a ratio to the most that the record allows."""
    if dose.count == 1:
        return None
    own = [a for a in _comparable(dose, record.own, reading, situation) if a.usable]
    others = (a for course in record.courses[1:] for a in _comparable(dose, course, reading, situation))
    allowed = own or list(others)
    found: list[Number] = []
    amount = dose.mean or dose.amount
    for item in allowed:
        ordered, expected = per_day(in_mg(amount, situation.body), dose.step), _most_per_day(item, situation)
        if ordered is None and item.basis is Basis.PER_KG and amount.per_kg is not None and item.high:
            ordered, expected = per_day(amount.per_kg, dose.step), item.high / _shortest(item)
        if ordered is None or expected is None or ordered.low is None or ordered.high is None:
            continue
        found.append(Interval(ordered.low / expected, ordered.high / expected))
    return min(found, key=lambda ratio: ratio.high or Decimal(0), default=None)


def _most_per_day(allowed: Allowed, situation: Situation) -> Decimal | None:
    mg = expected_mg(allowed, situation.body)
    return None if mg is None or not mg.high else mg.high / _shortest(allowed)


def _comparable(dose: OrderedDose, course: Course, reading: Reading, situation: Situation) -> Iterator[Allowed]:
    """What the dose may be measured by: what goes on, an induction in its weeks, and courses of as many doses."""
    if course.population is not None and situation.body.fits(course.population) is False:
        return
    past = situation.is_past_loading(course)
    for allowed in course.others:
        as_many = dose.count is not None and allowed.doses is not None and dose.count <= allowed.doses
        told = allowed.spans or (allowed.gap is not None and as_many)
        goes_on = allowed.phase in {Phase.MAINTENANCE, Phase.COURSE}
        if told and reading.allows(allowed, dose) and (goes_on or is_due(dose, allowed, course, situation, past=past)):
            yield allowed


def _shortest(allowed: Allowed) -> Decimal:
    return min([*(span.low for span in allowed.spans), *([allowed.gap] if allowed.gap is not None else [])])


def _is_rounded_up(dose: OrderedDose, allowed: Allowed, situation: Situation) -> bool:
    """Whole vials, and no vial more than the dose by weight needs."""
    vial = situation.doses.file.whole_vials_mg if situation.doses else None
    mg, expected = in_mg(dose.amount, situation.body), expected_mg(allowed, situation.body)
    if vial is None or allowed.basis is Basis.FLAT or mg is None or expected is None or not mg.exact:
        return False
    if mg.high is None or expected.high is None:
        return False
    return mg.high % vial == 0 and expected.high < mg.high < expected.high + vial


def _to_maintenance(dose: OrderedDose, reading: Reading, record: RecordDoses, situation: Situation) -> Number | None:
    """Of records without a loading dose: the ordered amount as a ratio to what is given later."""
    if not record.record.regimen.no_loading:
        return None
    options = [a for a in record.own.maintenance if a.usable and reading.allows(a, dose)]
    ratios = [amount_ratio(dose.amount, option, situation.body) for option in options]
    known = [ratio for ratio in ratios if ratio is not None]
    return min(known, key=lambda ratio: ratio.high or Decimal(0), default=None)


def _rests_on(choice: Choice | None, record: RecordDoses, situation: Situation) -> tuple[Record, ...]:
    """The conditions that select the record, and the measurements that the dose depends on."""
    body, selection = situation.body, situation.selection
    conditions = selection.rests_on if selection else ()
    found = list(conditions)
    by_weight = body.weighed(record.record.population) or (choice and choice.allowed.basis is not Basis.FLAT)
    if by_weight and body.weight.record is not None:
        found.append(body.weight.record)
    if choice and choice.allowed.basis is Basis.PER_M2 and body.height.record is not None:
        found.append(body.height.record)
    return tuple(found)


def is_maintenance(item: Comparison, situation: Situation) -> bool:
    """Whether the dose is the one that goes on, in its right amount."""
    choice = item.choice
    if choice is None or choice.allowed.phase is not Phase.MAINTENANCE:
        return False
    return amount_passes(choice.ratio, choice.allowed.basis, situation.policy)
