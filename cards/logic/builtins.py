"""Facts every drug has without being defined in YAML: its drafts, infusion days and the patient's age and sex."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cards.chart.dose_events import dose_events
from cards.chart.intervals import day
from cards.chart.records import Gap, Medication, MedicationSource, Records
from cards.logic import dosing_facts
from cards.logic.arithmetic import completed_years
from cards.logic.kinds import BOOL, DATE, Kind, collection, enum, number
from cards.logic.ordered_for import named_for_it
from cards.logic.reading import exists
from cards.logic.values import Value, unknown
from cards.logic.vocabulary import Infusion

if TYPE_CHECKING:
    from cards.assess.scene import Scene


def _today(scene: "Scene") -> Value:
    return Value(day(scene.chart.today))


def _hook(scene: "Scene") -> Value:
    return Value(scene.chart.hook)


def _sex(scene: "Scene") -> Value:
    patient = scene.chart.patient
    if patient is None or patient.sex is None:
        return unknown("sex", scene.chart.patient_gap or Gap.NOT_ON_FILE)
    return Value(patient.sex)


def _age(scene: "Scene") -> Value:
    """Completed years at the planned date on order hooks where the chapter has one, else at today."""
    patient = scene.chart.patient
    if patient is None or patient.birth is None:
        return unknown("age", scene.chart.patient_gap or Gap.NOT_ON_FILE)
    planned = scene.chart.hook != "patient-view" and "planned_date" in scene.chapter.facts
    on = scene.worth("planned_date") if planned else None
    return Value(completed_years(patient.birth, on or day(scene.chart.today)))


def _birth(scene: "Scene") -> Value:
    patient = scene.chart.patient
    if patient is None or patient.birth is None:
        return unknown("age", scene.chart.patient_gap or Gap.NOT_ON_FILE)
    return Value(patient.birth)


def _drafts(scene: "Scene") -> tuple[Medication, ...]:
    return tuple(item for item in _of_drug(scene).items if item.draft)


def _drafted(scene: "Scene") -> Value:
    """A draft of the drug that this hook call is about."""
    found = tuple(item for item in _drafts(scene) if item.selected)
    return Value(bool(found), found)


def _drafted_at_all(scene: "Scene") -> Value:
    found = _drafts(scene)
    return Value(bool(found), found)


def _of_drug(scene: "Scene") -> Records[Medication]:
    return scene.chart.medications(scene.drug)


def _active_orders(scene: "Scene") -> Records[Medication]:
    records = _of_drug(scene)
    found = (m for m in records.items if m.active and not m.draft and m.source is MedicationSource.REQUEST)
    return Records(tuple(found), records.gaps)


def _infusion_days(medications: tuple[Medication, ...]) -> tuple[Infusion, ...]:
    by_day: dict[Any, Infusion] = {}
    for medication in medications:
        for date in medication.dates:
            by_day.setdefault(
                (date.low, date.high), Infusion(reference=medication.reference, label=medication.label, date=date)
            )
    return tuple(by_day[key] for key in sorted(by_day, key=lambda ends: ends[0] or ends[1]))


def _active_order_dates(scene: "Scene") -> Records[Infusion]:
    records = _active_orders(scene)
    return Records(_infusion_days(records.items), records.gaps)


def _planned_dates(scene: "Scene") -> Records[Infusion]:
    return Records(_infusion_days(_drafts(scene)))


def _doses(scene: "Scene") -> Records[Any]:
    return dose_events(_of_drug(scene), scene.chart.today)


def _upcoming_days(scene: "Scene") -> Records[Infusion]:
    """Infusion days drafted, and those of active orders from today on."""
    active = _active_order_dates(scene)
    today = day(scene.chart.today)
    ahead = tuple(item for item in active.items if item.date.before(today) is not True)
    return Records(_one_a_day((*_planned_dates(scene).items, *ahead)), active.gaps)


def _infusion_days_known(scene: "Scene") -> Records[Infusion]:
    """Infusion days given, drafted and ordered ahead."""
    given, ahead = scene.collection("doses"), scene.collection("upcoming-days")
    return Records(_one_a_day((*given.items, *ahead.items)), given.gaps | ahead.gaps)


def _one_a_day(items: tuple[Infusion, ...]) -> tuple[Infusion, ...]:
    by_day = {(item.date.low, item.date.high): item for item in reversed(items)}
    return tuple(by_day[key] for key in sorted(by_day, key=lambda ends: ends[0] or ends[1]))


VALUES: dict[str, tuple[Kind, Callable[["Scene"], Value]]] = {
    "today": (DATE, _today),
    "hook": (enum("order-select", "order-sign", "patient-view"), _hook),
    "region": (enum("cn", "us", "eu"), lambda scene: Value(scene.region)),
    "sex": (enum("male", "female"), _sex),
    "age": (number("a"), _age),
    "birth": (DATE, _birth),
    "orders-fetched": (BOOL, lambda scene: Value(scene.chart.fetched("MedicationRequest"))),
    "drafted": (BOOL, _drafted),
    "named-for-it": (BOOL, named_for_it),
    "drafted-at-all": (BOOL, _drafted_at_all),
    "ordered": (BOOL, lambda scene: exists(scene.drug, _active_orders(scene), lambda _order: True)),
}

COLLECTIONS: dict[str, tuple[Kind, Callable[["Scene"], Records[Any]]]] = {
    "draft-orders": (collection("medication"), lambda scene: Records(_drafts(scene))),
    "active-orders": (collection("medication"), _active_orders),
    "all-orders": (collection("medication"), _of_drug),
    "active-order-dates": (collection("infusion"), _active_order_dates),
    "planned-dates": (collection("infusion"), _planned_dates),
    "doses": (collection("infusion"), _doses),
    "upcoming-days": (collection("infusion"), _upcoming_days),
    "infusion-days": (collection("infusion"), _infusion_days_known),
    "immunizations": (collection("vaccination"), lambda scene: scene.chart.vaccinations()),
    "vaccine-orders": (collection("vaccination"), lambda scene: scene.chart.vaccine_orders()),
    "vaccine-forecasts": (collection("vaccination"), lambda scene: scene.chart.forecasts()),
}

VALUES.update(dosing_facts.VALUES)
COLLECTIONS.update(dosing_facts.COLLECTIONS)
