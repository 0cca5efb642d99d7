"""Ceilings of records and labels: what is ordered as a share of each."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cards.chart.dosage import Amount
from cards.chart.intervals import Interval
from cards.chart.quantities import Number
from cards.chart.records import Route
from cards.dosing.amounts import in_mg
from cards.dosing.comparisons import Comparison
from cards.dosing.compiling import basis_of, bound_in_mg
from cards.dosing.doses import Basis, Limit
from cards.dosing.judged import Judged
from cards.dosing.ordered import OrderedDose
from cards.dosing.readings import Reading, label_readings
from cards.dosing.situation import Situation

_SHOWN_DAYS = Decimal(120)


class LimitUse(Judged, frozen=True, kw_only=True, eq=False):
    """How much of one limit the orders use; more than 1 is above it. ``None``: cannot be told."""

    reading: Reading
    limit: Limit
    share: Number | None
    exposure: Number | None = None
    as_neighbour: bool = False

    @property
    def group(self) -> str:
        return self.reading.key


def limit_uses(situation: Situation, comparisons: Iterable[Comparison]) -> tuple[LimitUse, ...]:
    """Of the selected records; where there are none, of the label for any indication."""
    compared = list(comparisons)
    found = [use for item in _readings(compared) for use in _of_record(item, compared, situation)]
    if not compared:
        found = [use for reading in label_readings(situation) for use in _of_label(reading, situation)]
    return tuple(found)


def _readings(compared: list[Comparison]) -> list[Reading]:
    return list({item.reading.key: item.reading for item in compared}.values())


def _of_record(reading: Reading, compared: list[Comparison], situation: Situation) -> Iterator[LimitUse]:
    items = [item for item in compared if item.reading.key == reading.key]
    limits = reading.record.ceilings if reading.record else ()
    if not limits:
        yield from (use for use in _of_label(reading, situation))
    for limit in limits:
        if limit.days is None:
            for item in items:
                if reading.bounds(limit, _routes(item.dose.routes)):
                    yield _dose_use(limit, reading, item.dose, situation, item)
        elif reading.bounds(limit, situation.routes) and not _keeps_a_regimen(limit, items, situation):
            yield _period_use(limit, reading, situation, items)


def _keeps_a_regimen(limit: Limit, items: list[Comparison], situation: Situation) -> bool:
    """One order that is a recommended dose at its interval, such as every 3 days for twice a week."""
    if len(items) != 1 or _is_of_course(limit, items[0].reading):
        return False
    choice = items[0].choice
    if choice is None or not choice.allowed.usable or choice.allowed.high is None or not choice.allowed.spans:
        return False
    return choice.passes(situation)


def _is_of_course(limit: Limit, reading: Reading) -> bool:
    return reading.record is not None and limit.ceiling in reading.record.record.course_ceiling


def _of_label(reading: Reading, situation: Situation) -> Iterator[LimitUse]:
    for limit in situation.doses.label if situation.doses else ():
        if limit.days is None:
            for dose in situation.ordered:
                if reading.bounds(limit, _routes(dose.routes)):
                    yield _dose_use(limit, reading, dose, situation, None)
        elif reading.bounds(limit, situation.routes):
            yield _period_use(limit, reading, situation, [])


def _routes(routes: Iterable[Route]) -> list[str]:
    return [route.value for route in routes]


def _dose_use(
    limit: Limit, reading: Reading, dose: OrderedDose, situation: Situation, item: Comparison | None
) -> LimitUse:
    share = _share_written(limit, dose.amount)
    if share is None:
        share = _share(limit, in_mg(dose.amount, situation.body), situation)
    return LimitUse(
        reference=dose.order.reference,
        label=dose.order.label,
        reading=reading,
        limit=limit,
        share=share,
        exposure=item.exposure if item else None,
        as_neighbour=bool(item and item.as_neighbour),
        rests_on=item.rests_on if item else (),
    )


def _share_written(limit: Limit, amount: Amount) -> Number | None:
    """A dose written per kg against a limit per kg needs no weight."""
    ceiling = limit.ceiling
    basis, factor = basis_of(ceiling.unit)
    written = {Basis.PER_KG: amount.per_kg, Basis.PER_M2: amount.per_m2}.get(basis)
    if written is None or ceiling.or_up_to is not None:
        return None
    most = ceiling.amount * factor * limit.scale
    return _divided(written, most)


def _period_use(limit: Limit, reading: Reading, situation: Situation, items: list[Comparison]) -> LimitUse:
    total = most_within(situation, limit.days or Decimal(1), limit.ceiling.route)
    order = situation.drafts[0] if situation.drafts else None
    compared = [] if _is_of_course(limit, reading) else items
    exposures = [item.exposure for item in compared if item.exposure is not None]
    return LimitUse(
        reference=order.reference if order else "",
        label=order.label if order else "",
        reading=reading,
        limit=limit,
        share=_share(limit, total, situation),
        exposure=max(exposures, key=lambda e: e.high or Decimal(0), default=None),
        rests_on=items[0].rests_on if items else (),
    )


def _share(limit: Limit, mg: Number | None, situation: Situation) -> Number | None:
    """Of the larger of two limits; below the smaller one nothing more needs to be known.

    Of two, only the one that goes by the body has a tolerance: what is worked out from it is rounded to vials.
    """
    if mg is None:
        return None
    body, ceiling = situation.body, limit.ceiling
    most = bound_in_mg(ceiling, body.kilograms, body.square_metres)
    if ceiling.or_up_to is None or most is None:
        return None if most is None else _divided(mg, most * limit.scale)
    if mg.high is not None and mg.high <= most:
        return _divided(mg, most)
    other = bound_in_mg(ceiling.or_up_to, body.kilograms, body.square_metres)
    if other is not None:
        return _divided(mg, max(most, other * limit.scale))
    if ceiling.if_unknown is None:
        return None
    instead = bound_in_mg(ceiling.if_unknown, body.kilograms, body.square_metres)
    return None if instead is None else _divided(mg, instead)


def _divided(number: Number, by: Decimal) -> Number:
    return Interval(None if number.low is None else number.low / by, None if number.high is None else number.high / by)


def most_within(situation: Situation, days: Decimal, route: str | None = None) -> Number | None:
    """The largest sum in mg of any such stretch of days, of what is ordered and what was given shortly before."""
    doses = list(_dated(situation, days, route))
    if any(mg is None for _, mg in doses):
        return None
    known = sorted((time, mg) for time, mg in doses if mg is not None)
    most, total, first = Decimal(0), Decimal(0), 0
    for time, mg in known:
        total += mg
        while known[first][0] <= time - days:
            total -= known[first][1]
            first += 1
        most = max(most, total)
    return Interval(most, most)


def _dated(situation: Situation, days: Decimal, route: str | None) -> Iterator[tuple[Decimal, Decimal | None]]:
    """Doses ordered from today on, and those given; a standing order of a day on which it was given is not added."""
    first, today = situation.first_day, situation.chart.today.toordinal()
    given = dict(_given(situation, first - days))
    for item in situation.stretches:
        stated = item.instruction.route
        if route is not None and stated is not None and stated.value != route:
            continue
        mg = in_mg(item.instruction.amount, situation.body)
        for time in item.times(min(first, Decimal(today)), first + max(3 * days, _SHOWN_DAYS)):
            if item.order.draft or int(time) not in given:
                yield time, mg.high if mg is not None else None
    yield from ((Decimal(day), amount) for day, amount in given.items())


def _given(situation: Situation, after: Decimal) -> Iterator[tuple[int, Decimal]]:
    for event in situation.history.given:
        day = event.date.low.toordinal() if event.date.exact and event.date.low is not None else None
        if day is not None and day > after and event.amount_mg is not None and event.amount_mg.high is not None:
            yield day, event.amount_mg.high
