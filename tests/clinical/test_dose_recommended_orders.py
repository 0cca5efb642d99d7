"""Every regimen of every drug, ordered as it is written: nothing is said about dose, interval, start or course."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import fhir_records as fhir
import pytest
from dose_building import DoseCase, by, every, knowledge, mg, on

from cards.dosing.doses import Course, RecordDoses
from cards.dosing.model import Option
from cards.dosing.patient import edges

FIRST = date(2026, 3, 2)
DAYS = {"d": 1.0, "wk": 7.0, "mo": 30.4375}


def day(offset: float | Decimal) -> str:
    return (FIRST + timedelta(days=int(offset))).isoformat()


def fitting(drug: str, record: RecordDoses) -> DoseCase:
    """A patient in the middle of the population."""
    population = record.record.population
    years = int(population.age_min_y or 1)
    if population.age_max_y_excl is None and not population.age_min_mo:
        years = max(years, 30)
    bounds = [edge for edge in edges(population) if edge]
    kilograms = float(sum(bounds) / 2) if len(bounds) == 2 else 70.0 if not bounds else float(bounds[0])
    if len(bounds) == 1:
        upper = population.weight_max_kg_excl or population.weight_max_kg_incl
        kilograms *= 0.8 if upper else 1.2
    case = DoseCase(drug).born(f"{2026 - years}-01-15").weighs(kilograms).measures(170)
    condition = knowledge().terminology.sets.conditions[record.record.indication.conditions[0]]
    return case.resource(fhir.condition((None, None, condition.text[0].removeprefix("="))), "indication")


def instructions(course: Course, option: Option, *, start: bool) -> list[dict[str, Any]]:
    plan, found, last = course.plan, [], -1.0
    for dose in plan.loading if start else ():
        last = float(dose.at_day if dose.at_day is not None else (dose.at_week or 0) * 7)
        found.append(mg(float(dose.amount or 0), dose.unit or "mg") | on(day(last)))
    for item in plan.induction if start else ():
        (timing,), last = item.timing, float(item.to_week * 7)
        bounds = {"start": day(item.from_week * 7), "end": day(last - 1)}
        times = every(float(timing.period), timing.period_unit, timing.frequency, boundsPeriod=bounds)
        found.append(mg(float(item.amount or 0), item.unit or "mg") | times)
        last -= float(timing.period) * DAYS[timing.period_unit]
    for row in plan.titration if start else ():
        for amount, when in ((row.am_mg, "MORN"), (row.pm_mg, "EVE")):
            repeat = every(1, "d", count=1, when=[when], boundsPeriod={"start": day(row.day - 1)})
            found += [mg(float(amount)) | repeat] if amount else []
        last = float(row.day - 1)
    return [*found, _going_on(option, last)]


def _going_on(option: Option, last: float) -> dict[str, Any]:
    amount = option.amount or option.amount_max
    dose = mg(float(amount), option.unit or "mg") if amount else {}
    dose |= by(option.route) if option.route else {}
    if option.doses and option.gap_days:
        return dose | on(*(day(option.gap_days * number) for number in range(option.doses)))
    timing = option.timing[0]
    wait = float(timing.period) * DAYS[timing.period_unit] / timing.frequency
    begin = 0.0 if last < 0 else max(last + max(wait, 1), float((option.start_week or 0) * 7))
    return dose | every(float(timing.period), timing.period_unit, timing.frequency, boundsPeriod={"start": day(begin)})


def orders() -> Iterator[Any]:
    for drug, doses in sorted(knowledge().regimens.items()):
        for record in doses.records:
            course = record.own
            for number, option in enumerate(course.plan.options):
                if option.usable_for_findings and (option.timing or option.doses):
                    for start in (True, False):
                        name = f"{record.record.id} {number} {'first' if start else 'treated'}"
                        yield pytest.param(drug, record, course, option, start, id=name)


ORDERS = list(orders())


@pytest.mark.parametrize(("drug", "record", "course", "option", "start"), ORDERS)
def test_a_regimen_ordered_as_written_is_right(
    drug: str, record: RecordDoses, course: Course, option: Option, start: bool
) -> None:
    case = fitting(drug, record)
    if not start:
        case.treated()
    named = f"{drug} {option.form}" if option.form not in {None, "plain"} else None
    case.instructed(instructions(course, option, start=start), named=named)
    late = option.until_week is not None and not start  # allowed for a time only: then it is information
    assert case.severities("DERM-WT-003") == ({"DERM-DOSE-001": "info"} if late else {})


@pytest.mark.parametrize(
    ("drug", "record", "course", "option", "start"), [case for case in ORDERS if case.id.endswith("treated")]
)
def test_ten_times_a_regimen_is_always_said(
    drug: str, record: RecordDoses, course: Course, option: Option, start: bool
) -> None:
    if option.amount is None:
        return
    case = fitting(drug, record).treated()
    dose = _going_on(option, -1)
    dose["doseAndRate"][0]["doseQuantity"]["value"] *= 10
    case.order(dose)
    dosed = [f for f in case.assessment().findings if f.statement.kind in {"dose-check", "interval-check"}]
    assert any(finding.severity == "critical" for finding in dosed)
