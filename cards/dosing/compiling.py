"""Compiles ``regimens.yaml`` once, so that no call converts a unit of it again."""

from collections.abc import Iterable
from decimal import Decimal

from cards.chart.frequency import DAY, HOURS
from cards.dosing.doses import Allowed, Basis, Course, DrugDoses, Limit, Phase, RecordDoses, Span
from cards.dosing.model import (
    Accepted,
    Amount,
    Bound,
    Ceiling,
    Induction,
    Level,
    Option,
    Plan,
    Population,
    Record,
    Regimen,
    RegimenFile,
    RouteName,
    Timing,
)
from cards.words import Words

_MG = {"mg": Decimal(1), "g": Decimal(1000), "ug": Decimal("0.001")}
WEEK = Decimal(7)


def compile_doses(drug: str, file: RegimenFile) -> DrugDoses:
    routes = frozenset[str](file.routes)
    records = tuple(_record(record, routes) for record in file.records)
    return DrugDoses(drug, file, records, _limits(file.label_max_any_indication))


def _record(record: Record, routes: frozenset[str]) -> RecordDoses:
    courses = [_course(record.regimen, routes, None, None, None)]
    courses += [_course(item, routes, item.population, item.level, item.why) for item in record.accepts]
    return RecordDoses(record, tuple(courses), _limits([*record.ceiling, *record.course_ceiling]))


def _course(
    plan: Regimen | Accepted,
    routes: frozenset[str],
    population: Population | None,
    level: Level | None,
    why: Words | None,
) -> Course:
    others = [*_titrated(plan, routes), *(_induction(item, routes) for item in plan.induction)]
    others += [_option(option, routes) for option in plan.options]
    own = frozenset[str](route for option in plan.options for route in _routes(option.route, routes)) or routes
    return Course(
        loading=_loading(plan, own),
        others=tuple(others),
        titration=tuple(day.am_mg + day.pm_mg for day in plan.titration),
        population=population,
        level=level,
        why=why,
        plan=plan,
    )


def _loading(plan: Plan, routes: frozenset[str]) -> tuple[tuple[Decimal, Allowed], ...]:
    placed = [(d.at_day if d.at_day is not None else (d.at_week or Decimal(0)) * WEEK, d) for d in plan.loading]
    found: list[tuple[Decimal, Allowed]] = []
    for day, dose in placed:
        days = tuple(other for other, same in placed if _same(dose, same))
        found.append((day, _allowed(dose, Phase.LOADING, routes, days=days)))
    return tuple(found)


def _same(one: Amount, other: Amount) -> bool:
    return (one.amount, one.amount_min, one.amount_max, one.unit) == (
        other.amount,
        other.amount_min,
        other.amount_max,
        other.unit,
    )


def _titrated(plan: Plan, routes: frozenset[str]) -> Iterable[Allowed]:
    """The doses that occur while the dose is raised; where morning and evening are not told apart, their sums."""
    singles = {amount for day in plan.titration for amount in (day.am_mg, day.pm_mg)}
    amounts = (singles | {day.am_mg + day.pm_mg for day in plan.titration}) - {Decimal(0)}
    for amount in sorted(amounts):
        until = Decimal(len(plan.titration))
        yield Allowed(Phase.TITRATION, low=amount, high=amount, routes=routes, until_day=until)


def _induction(item: Induction, routes: frozenset[str]) -> Allowed:
    start, end = item.from_week * WEEK, item.to_week * WEEK
    return _allowed(item, Phase.INDUCTION, routes, spans=spans_of(item.timing), from_day=start, until_day=end)


def _option(option: Option, routes: frozenset[str]) -> Allowed:
    course = option.doses is not None
    return _allowed(
        option,
        Phase.COURSE if course else Phase.MAINTENANCE,
        _routes(option.route, routes),
        spans=spans_of(option.timing),
        doses=option.doses,
        gap=option.gap_days,
        from_day=option.start_day if option.start_day is not None else _weeks(option.start_week),
        until_day=_weeks(option.until_week),
        form=option.form,
        population=option.population,
        usable=option.usable_for_findings,
        option=option,
    )


def _routes(route: RouteName | None, routes: frozenset[str]) -> frozenset[str]:
    return frozenset([route]) if route is not None else routes


def _weeks(weeks: Decimal | None) -> Decimal | None:
    return None if weeks is None else weeks * WEEK


def _allowed(dose: Amount, phase: Phase, routes: frozenset[str], **more: object) -> Allowed:
    basis, factor = basis_of(dose.unit)
    low = dose.amount if dose.amount is not None else dose.amount_min
    high = dose.amount if dose.amount is not None else dose.amount_max
    if high is not None and low is None:
        low = Decimal(0)
    return Allowed(
        phase=phase,
        basis=basis,
        low=None if low is None else low * factor,
        high=None if high is None else high * factor,
        most_mg=dose.max_amount,
        routes=routes,
        **more,  # type: ignore[arg-type]
    )


def basis_of(unit: str | None) -> tuple[Basis, Decimal]:
    """What a unit counts by, and how many mg, mg/kg or mg/m2 one of it is."""
    mass, _, per = (unit or "mg").partition("/")
    basis = {"kg": Basis.PER_KG, "m2": Basis.PER_M2}.get(per, Basis.FLAT)
    return basis, _MG[mass]


def spans_of(timings: list[Timing]) -> tuple[Span, ...]:
    return tuple(_span(timing) for timing in timings)


def _span(timing: Timing) -> Span:
    each = HOURS[timing.period_unit] / DAY / timing.frequency
    return Span(timing.period * each, (timing.period_max or timing.period) * each)


def _limits(ceilings: Iterable[Ceiling]) -> tuple[Limit, ...]:
    return tuple(Limit(item, period_days(item.per), 1 + item.tolerance_percent / 100) for item in ceilings)


def period_days(per: str) -> Decimal | None:
    """``2 wk`` as 14 days; a single dose has no stretch."""
    if per in {"dose", "application"}:
        return None
    number, _, unit = per.rpartition(" ")
    return Decimal(number or 1) * HOURS[unit] / DAY


def bound_in_mg(bound: Bound, kilograms: Decimal | None, square_metres: Decimal | None) -> Decimal | None:
    """A limit in mg for a patient; ``None`` without the measure it needs."""
    basis, factor = basis_of(bound.unit)
    by = {Basis.FLAT: Decimal(1), Basis.PER_KG: kilograms, Basis.PER_M2: square_metres}[basis]
    return None if by is None else bound.amount * factor * by
