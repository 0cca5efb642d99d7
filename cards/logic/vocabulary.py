"""The attributes a condition may read from each kind of record.

A getter answers ``None`` where the record does not say: the attribute is then unknown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from cards.chart.combined_dose import combined_weekly_mg
from cards.chart.dose_profile import equivalent
from cards.chart.international_units import daily_iu
from cards.chart.intervals import Interval
from cards.chart.oxygen import on_oxygen
from cards.chart.records import Medication, MedicationSource, Record
from cards.chart.spacing import dose_interval
from cards.logic.kinds import BOOL, DATE, Kind, enum, number
from cards.terminology import Terminology


@dataclass(frozen=True, slots=True)
class Attribute:
    kind: Kind
    read: Callable[[Any], Any]


RESULT_WORDS = enum("positive", "negative", "indeterminate")
RELAPSE = frozenset({"nmosd-relapse", "treatment-failure"})  # what an order names when the earlier drug failed
MILLIGRAM = number("mg", {"mg": Decimal(1), "g": Decimal(1000)})
PER_KILOGRAM = number("mg/kg", {"mg/kg": Decimal(1)})
PER_SURFACE = number("mg/m2", {"mg/m2": Decimal(1)})
DAILY = number("mg/d", {"mg/d": Decimal(1)})
WEEKLY = number("mg/wk", {"mg/wk": Decimal(1)})


def result_attributes(concept: str, terminology: Terminology) -> dict[str, Attribute]:
    """Attributes of one laboratory result or other observation."""
    lab = terminology.lab(concept)
    return {
        "result": Attribute(RESULT_WORDS, lambda r: r.qualitative and r.qualitative.value),
        "value": Attribute(number(lab.unit, lab.units), lambda r: r.value),
        "date": Attribute(DATE, lambda r: r.date),
        "level": Attribute(enum("low", "normal", "high"), lambda r: r.level and r.level.value),
        "upper-limit": Attribute(number(lab.unit, lab.units), lambda r: r.upper_limit),
        "answer": Attribute(enum(), lambda r: r.answer),
        "answer-date": Attribute(DATE, lambda r: r.answer_date),
        "unreadable": Attribute(BOOL, lambda r: r.unreadable),
        "on-oxygen": Attribute(BOOL, lambda r: on_oxygen(r, terminology)),
    }


def _flag(name: str) -> Attribute:
    return Attribute(BOOL, attrgetter(name))


def _date(name: str) -> Attribute:
    return Attribute(DATE, attrgetter(name))


PROBLEM: dict[str, Attribute] = {
    "active": _flag("active"),
    "suspected": _flag("suspected"),
    "resolved": _flag("resolved"),
    "relapse-status": _flag("relapse_status"),
    "onset": _date("onset"),
    "recorded": _date("recorded"),
    "ended": _date("ended"),
}

ACT: dict[str, Attribute] = {
    "date": _date("date"),
    "end": _date("end"),
    "done": _flag("done"),
    "in-progress": _flag("in_progress"),
    "ordered": _flag("ordered"),
    "drafted": _flag("draft"),
}

VACCINATION: dict[str, Attribute] = {
    "live": _flag("live"),
    "inactivated": Attribute(BOOL, lambda v: None if v.live is None else not v.live),
    "date": _date("date"),
    "drafted": _flag("draft"),
    "ordered": _flag("ordered"),
    "forecast-due": Attribute(BOOL, lambda v: v.forecast in {"due", "overdue"}),
}

REACTION: dict[str, Attribute] = {
    "life-threatening": _flag("life_threatening"),
    "severe": _flag("severe"),
    "mild-or-moderate": _flag("mild_or_moderate"),
    "active": _flag("active"),
    "allergy": _flag("allergy"),
}


def amount(medication: Medication) -> Interval[Decimal] | None:
    """The single dose in mg; unknown where instructions differ or any of them is unreadable."""
    amounts = {dose.amount_mg for dose in medication.doses}
    return amounts.pop() if len(amounts) == 1 else None


def largest_amount(medication: Medication) -> Interval[Decimal] | None:
    """The largest readable single dose: an overdose in one instruction is not hidden by the others."""
    amounts = [dose.amount_mg for dose in medication.doses if dose.amount_mg is not None and dose.amount_mg.high]
    return max(amounts, key=lambda a: a.high or Decimal(0), default=None)


def per_kilogram(medication: Medication) -> Interval[Decimal] | None:
    rates = {dose.per_kg for dose in medication.doses}
    return rates.pop() if len(rates) == 1 else None


def per_surface(medication: Medication) -> Interval[Decimal] | None:
    rates = {dose.per_m2 for dose in medication.doses}
    return rates.pop() if len(rates) == 1 else None


def weight_based(medication: Medication) -> bool | None:
    if any(dose.per_kg is not None or dose.per_m2 is not None for dose in medication.doses):
        return True
    return False if any(dose.amount_mg is not None for dose in medication.doses) else None


def daily_dose(medication: Medication) -> Interval[Decimal] | None:
    """mg a day over all instructions; unknown when one of them is."""
    total = Decimal(0)
    for dose in medication.doses:
        if dose.amount_mg is None or dose.amount_mg.high is None or dose.times_per_day is None:
            return None
        total += dose.amount_mg.high * dose.times_per_day
    return Interval(total, total) if medication.doses else None


def weekly_dose(medication: Medication) -> Interval[Decimal] | None:
    """mg a week; a seventh of a day's rate is not exact, seven of them are rounded to what was meant."""
    dose = daily_dose(medication)
    if dose is None or dose.high is None:
        return None
    total = round(dose.high * 7, 6)
    return Interval(total, total)


def combined_weekly(medication: Medication) -> Interval[Decimal] | None:
    """mg a week of all ingredients of a fixed combination."""
    total = combined_weekly_mg(medication)
    return None if total is None else Interval(total, total)


def daily_units(medication: Medication) -> Interval[Decimal] | None:
    """International units a day."""
    units = daily_iu(medication)
    return None if units is None else Interval(units, units)


def times_per_day(medication: Medication) -> Interval[Decimal] | None:
    rates = {dose.times_per_day for dose in medication.doses}
    rate = rates.pop() if len(rates) == 1 else None
    return None if rate is None else Interval(rate, rate)


def medication_attributes(terminology: Terminology) -> dict[str, Attribute]:
    """Attributes of a medication, with the glucocorticoid equivalence that stands in the value sets."""

    def prednisone(medication: Medication) -> Interval[Decimal] | None:
        dose = daily_dose(medication)
        factors = {terminology.drug(key).prednisone_factor for key in medication.drugs}
        factor = factors.pop() if len(factors) == 1 else None
        if dose is None or dose.high is None or factor is None:
            return None
        mg = equivalent(dose.high, factor)
        return Interval(mg, mg)

    return {**MEDICATION, "daily-prednisone": Attribute(DAILY, prednisone)}


def route(medication: Medication) -> str | None:
    """The stated route; the one that is not intravenous wins where instructions differ."""
    routes = sorted({dose.route.value for dose in medication.doses if dose.route is not None})
    others = [name for name in routes if name != "intravenous"]
    return (others or routes or [None])[0]


def _given(medication: Medication) -> bool:
    return medication.source is not MedicationSource.REQUEST and bool(medication.dates)


MEDICATION: dict[str, Attribute] = {
    "active": _flag("active"),
    "drafted": _flag("draft"),
    "selected": _flag("selected"),
    "stopped": _flag("stopped"),
    "completed": _flag("completed"),
    "plan": _flag("plan"),
    "start": _date("start"),
    "end": _date("end"),
    "end-is-supply": _flag("end_is_supply"),
    "authored": _date("authored"),
    "given": Attribute(BOOL, _given),
    "date": Attribute(DATE, lambda m: m.dates[0] if m.dates else None),
    "last-date": Attribute(DATE, lambda m: m.dates[-1] if m.dates else None),
    "amount": Attribute(MILLIGRAM, amount),
    "largest-amount": Attribute(MILLIGRAM, largest_amount),
    "per-kg": Attribute(PER_KILOGRAM, per_kilogram),
    "per-m2": Attribute(PER_SURFACE, per_surface),
    "weight-based": Attribute(BOOL, weight_based),
    "daily-dose": Attribute(DAILY, daily_dose),
    "weekly-dose": Attribute(WEEKLY, weekly_dose),
    "combined-weekly-dose": Attribute(WEEKLY, combined_weekly),
    "daily-iu": Attribute(number("[IU]/d", {"[IU]/d": Decimal(1)}), daily_units),
    "route": Attribute(enum("intravenous", "subcutaneous", "oral", "topical", "other"), route),
    "times-per-day": Attribute(number(None), times_per_day),
    "interval": Attribute(number("d", {"d": Decimal(1), "wk": Decimal(7)}), dose_interval),
    "for-prophylaxis": _flag("for_prophylaxis"),
    "stopped-as-ineffective": _flag("stopped_as_ineffective"),
    "reason-given": _flag("reason_given"),
    "dated": Attribute(BOOL, lambda m: bool(m.dates)),
    "is-request": Attribute(BOOL, lambda m: m.source is MedicationSource.REQUEST),
    "is-statement": Attribute(BOOL, lambda m: m.source is MedicationSource.STATEMENT),
    "has-reason-relapse": Attribute(BOOL, lambda m: not RELAPSE.isdisjoint(m.reasons)),
    "repeats-unbounded": _flag("repeats_unbounded"),
}


class Infusion(Record, frozen=True, kw_only=True):
    """One day on which the drug was given or is to be given; several records of a day are one."""

    date: Any
    amount_mg: Interval[Decimal] | None = None


INFUSION: dict[str, Attribute] = {"date": _date("date"), "amount": Attribute(MILLIGRAM, lambda i: i.amount_mg)}

DOSED_DAY: dict[str, Attribute] = {
    "date": _date("date"),
    "amount": Attribute(MILLIGRAM, lambda d: d.amount_mg),
    "per-kg": Attribute(PER_KILOGRAM, lambda d: d.per_kg),
    "per-m2": Attribute(PER_SURFACE, lambda d: d.per_m2),
    "given": _flag("given"),
    "drafted": _flag("draft"),
}

BY_RECORD: dict[str, dict[str, Attribute]] = {
    "problem": PROBLEM,
    "act": ACT,
    "vaccination": VACCINATION,
    "reaction": REACTION,
    "medication": MEDICATION,
    "infusion": INFUSION,
    "dosed-day": DOSED_DAY,
}  # cards.logic.dosing_vocabulary adds the doses
