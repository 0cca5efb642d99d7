"""The doses of a record that an ordered dose may be meant as, and which of them it is nearest to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from cards.chart.intervals import Interval
from cards.chart.quantities import Number
from cards.dosing.amounts import SAME, amount_passes, amount_ratio, distance, interval_passes, interval_ratio
from cards.dosing.doses import Allowed, Course, Phase, RecordDoses
from cards.dosing.ordered import OrderedDose
from cards.dosing.readings import Reading
from cards.dosing.situation import Situation
from cards.dosing.stretches import HORIZON_DAYS


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One allowed dose and how far the ordered one is from it. Ratios are ``None`` where they cannot be worked out."""

    course: Course
    allowed: Allowed
    ratio: Number | None
    interval: Number | None = None  # the ratio of the intervals; None: nothing to compare
    course_gap: Decimal | None = None  # ordered distance of two doses of a course, as a ratio
    too_many: bool = False
    loading_gap: Decimal | None = None

    def passes(self, situation: Situation) -> bool:
        policy = situation.policy
        gap_fits = self.course_gap is None or self.course_gap >= policy.course_gap_short
        return (
            amount_passes(self.ratio, self.allowed.basis, policy)
            and interval_passes(self.interval, policy)
            and gap_fits
            and not self.too_many
        )

    def distance(self, situation: Situation) -> tuple[float, float]:
        """Of the amount first, then of the time."""
        policy = situation.policy
        amount = 0.0 if amount_passes(self.ratio, self.allowed.basis, policy) else distance(self.ratio)
        time = 0.0 if interval_passes(self.interval, policy) else distance(self.interval)
        if self.course_gap is not None and self.course_gap < policy.course_gap_short:
            time += distance(Interval(self.course_gap, self.course_gap)) + 0.001
        return amount, time + (0.001 if self.too_many else 0.0)


def best_choice(dose: OrderedDose, record: RecordDoses, reading: Reading, situation: Situation) -> Choice | None:
    """What the dose passes as, the consensus first; else the nearest; ``None``: nothing to compare with."""
    own = list(_choices(dose, record.own, reading, situation))
    accepted = [c for course in record.courses[1:] for c in _choices(dose, course, reading, situation)]
    usable = [choice for choice in own if choice.allowed.usable]
    doubtful = [
        choice for choice in own if not choice.allowed.usable and _is_plausible(choice, dose, usable, situation)
    ]
    passing = [choice for choice in (*usable, *accepted, *doubtful) if choice.passes(situation)]
    if passing:
        return passing[0]
    policy = situation.policy
    right = [choice for choice in usable if amount_passes(choice.ratio, choice.allowed.basis, policy)]
    untold = [choice for choice in usable if choice.ratio is None]
    return min(right or untold or usable or accepted, key=lambda choice: choice.distance(situation), default=None)


def _is_plausible(choice: Choice, dose: OrderedDose, usable: Iterable[Choice], situation: Situation) -> bool:
    """A reading without interval or gap lets an order pass only if it is not more frequent than any other."""
    spans = [span.low for other in usable for span in other.allowed.spans]
    known = [*spans, *(other.allowed.gap for other in usable if other.allowed.gap is not None)]
    told = choice.allowed.spans or choice.allowed.gap is not None
    if told or not known or dose.count == 1 or dose.step is None or dose.step.low is None:
        return True
    return dose.step.low >= min(known) * situation.policy.interval_low


def _choices(dose: OrderedDose, course: Course, reading: Reading, situation: Situation) -> Iterator[Choice]:
    if course.population is not None and situation.body.fits(course.population) is False:
        return
    past = situation.is_past_loading(course)
    if past is not True:
        yield from _of_loading(dose, course, reading, situation)
    for allowed in course.others:
        if reading.allows(allowed, dose) and is_due(dose, allowed, course, situation, past=past):
            yield _compared(dose, allowed, course, situation)


def _of_loading(dose: OrderedDose, course: Course, reading: Reading, situation: Situation) -> Iterator[Choice]:
    """A loading amount counts only where no more doses are ordered than the start has of it."""
    amounts = {(allowed.low, allowed.high): allowed for _, allowed in course.loading}
    for allowed in amounts.values():
        if dose.count is None or dose.count > len(allowed.days) or not reading.allows(allowed, dose):
            continue
        gap = loading_gap(dose, allowed, course, situation)
        ratio = amount_ratio(dose.amount, allowed, situation.body)
        keeps = gap is None or gap >= situation.policy.loading_gap or dose.count == 1
        interval = None if keeps or gap is None else Interval(gap, gap)
        yield Choice(course, allowed, ratio, interval, loading_gap=gap)


def loading_gap(dose: OrderedDose, allowed: Allowed, course: Course, situation: Situation) -> Decimal | None:
    """The shortest distance of the ordered doses as a ratio to that of the start, at the place where it fits best."""
    if dose.count == 1:
        return _gap_to_the_last(dose, course, situation)
    times = dose.named or tuple(dose.start + (dose.parts[0].step or 0) * n for n in range(dose.count or 0))
    gaps = [after - before for before, after in pairwise(times)]
    planned = [after - before for before, after in pairwise(allowed.days)]
    found: list[Decimal] = []
    for place in range(len(planned) - len(gaps) + 1):
        ratios = [gap / planned[place + n] for n, gap in enumerate(gaps)]
        found.append(min(ratios, default=Decimal(1)))
    return max(found, default=None)


def _gap_to_the_last(dose: OrderedDose, course: Course, situation: Situation) -> Decimal | None:
    """Of a single loading dose to the dose given before."""
    given = [event.date.low for event in situation.history.given if event.date.exact and event.date.low]
    number = len(set(given))
    if not given or number >= len(course.loading):
        return None
    planned = course.loading[number][0] - course.loading[number - 1][0]
    return (dose.start - max(given).toordinal()) / planned


def is_due(dose: OrderedDose, allowed: Allowed, course: Course, situation: Situation, *, past: bool | None) -> bool:
    """Whether an option holds for this patient and week; what cannot be told does not exclude it."""
    if allowed.population is not None and situation.body.fits(allowed.population) is False:
        return False
    week = situation.week_of(dose.start)
    day = None if week is None else week * 7
    if allowed.phase in {Phase.TITRATION, Phase.INDUCTION}:
        return _is_within(dose, allowed, day, past=past)
    if allowed.until_day is not None and day is not None and day > allowed.until_day:
        return False
    late = course.level is not None and allowed.from_day is not None
    return not (late and day is not None and day < (allowed.from_day or 0))


def _is_within(dose: OrderedDose, allowed: Allowed, day: Decimal | None, *, past: bool | None) -> bool:
    """Titration and induction hold between their first and last day; of titration only what ends there."""
    last = allowed.until_day or Decimal(0)
    if allowed.phase is Phase.TITRATION and (dose.count is None or past is True):
        return False
    if day is None:
        return True
    if day > last or day < (allowed.from_day or 0) - 7:
        return False
    if dose.count is None or dose.step is None or dose.step.low is None:
        return dose.count is not None or allowed.phase is Phase.INDUCTION
    return day + dose.step.low * (dose.count - 1) <= last + dose.step.low


def _compared(dose: OrderedDose, allowed: Allowed, course: Course, situation: Situation) -> Choice:
    ratio = amount_ratio(dose.amount, allowed, situation.body)
    if allowed.phase is Phase.COURSE:
        gap = course_gap(dose, situation)
        wanted = allowed.gap or Decimal(1)
        return Choice(
            course, allowed, ratio, None, None if gap is None else gap / wanted, _too_many(dose, allowed, situation)
        )
    if dose.count == 1 or not allowed.spans or allowed.phase is Phase.TITRATION:
        return Choice(course, allowed, ratio)
    return Choice(course, allowed, ratio, interval_ratio(dose.step, allowed.spans) or _unknown_interval(dose))


def _unknown_interval(dose: OrderedDose) -> Number | None:
    return None if dose.step is None else SAME


def course_gap(dose: OrderedDose, situation: Situation) -> Decimal | None:
    """Days to the nearest other dose of the drug, ordered or given."""
    step = dose.parts[0].step if dose.parts[0].daily and dose.count != 1 else None
    if step is not None:
        return step
    own = {int(time) for part in dose.parts for time in part.times(dose.start, dose.start + HORIZON_DAYS)}
    gaps = [after - before for before, after in pairwise(situation.dose_days) if before in own or after in own]
    return Decimal(min(gaps)) if gaps else None


def _too_many(dose: OrderedDose, allowed: Allowed, situation: Situation) -> bool:
    """Whether the doses that follow each other closely, the dose among them, are more than a course has."""
    if allowed.doses is None or allowed.gap is None:
        return False
    if dose.parts[0].daily and dose.count is None:
        return True
    run: list[int] = []
    for day in situation.dose_days:
        run = [*run, day] if run and day - run[-1] <= 2 * allowed.gap else [day]
        if len(run) > allowed.doses and run[-1] >= int(dose.start):
            return True
    return False
