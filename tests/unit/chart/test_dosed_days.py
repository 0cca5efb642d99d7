"""The days on which a drug was or will be given, and what single prescriptions amount to."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cards.chart.combined_dose import combined_weekly_mg
from cards.chart.courses import course_days, course_of, daily_mg
from cards.chart.dose_profile import highest, latest_at, profile
from cards.chart.dosed_days import dosed_days
from cards.chart.international_units import daily_iu
from cards.chart.read import read_chart
from cards.chart.received import Received
from cards.chart.records import Gap, Medication, Records
from cards.knowledge.loader import FOLDER
from cards.terminology import Terminology, load_terminology

TODAY = date(2026, 3, 2)
_TERMS: list[Terminology] = []


def terminology() -> Terminology:
    if not _TERMS:
        _TERMS.append(load_terminology(FOLDER / "value_sets", snomed_extension=True))
    return _TERMS[0]


def order(name: str, *instructions: dict[str, Any], status: str = "active", **more: Any) -> dict[str, Any]:
    base = {
        "resourceType": "MedicationRequest",
        "id": f"m{len(more)}-{status}-{name[:3]}-{len(instructions)}",
        "intent": "order",
    }
    return (
        base
        | {"status": status, "medicationCodeableConcept": {"text": name}, "dosageInstruction": list(instructions)}
        | more
    )


def given(name: str, on: str, mg: float, number: int = 1) -> dict[str, Any]:
    return {
        "resourceType": "MedicationAdministration",
        "id": f"a{number}",
        "status": "completed",
        "medicationCodeableConcept": {"text": name},
        "effectiveDateTime": on,
        "dosage": {"dose": {"value": mg, "unit": "mg"}},
    }


def dose(value: float, unit: str = "mg", **more: Any) -> dict[str, Any]:
    return {"doseAndRate": [{"doseQuantity": {"value": value, "unit": unit}}]} | more


def on(*days: str) -> dict[str, Any]:
    return {"timing": {"event": list(days)}}


def daily(times: int = 1, **repeat: Any) -> dict[str, Any]:
    return {"timing": {"repeat": {"frequency": times, "period": 1, "periodUnit": "d"} | repeat}}


def medications(drug: str, *resources: dict[str, Any], drafts: tuple[dict[str, Any], ...] = ()) -> Records[Medication]:
    received = Received(resources, frozenset(), drafts, frozenset(), True, "", None)
    return read_chart(received, terminology(), TODAY, "order-select").medications(drug)


def one(drug: str, resource: dict[str, Any]) -> Medication:
    return medications(drug, resource).items[0]


def amounts(records: Records[Medication]) -> list[tuple[str, float | None, bool]]:
    found = dosed_days(records, TODAY).items
    return [
        (str(d.date.low), float(d.amount_mg.high) if d.amount_mg and d.amount_mg.high else None, d.draft) for d in found
    ]


# Days of a drug


def test_an_order_and_its_own_administrations_count_once() -> None:
    ordered = order("rituximab", dose(1000, **on("2026-02-20", "2026-03-06")))
    records = medications("rituximab", ordered, given("rituximab", "2026-02-20", 990))
    assert amounts(records) == [("2026-02-20", 990, False), ("2026-03-06", 1000, False)]


def test_an_order_nobody_recorded_giving_counts_by_its_days() -> None:
    records = medications("rituximab", order("rituximab", dose(1000, **on("2026-02-06", "2026-02-20"))))
    assert [day for day, _, _ in amounts(records)] == ["2026-02-06", "2026-02-20"]


def test_a_draft_takes_the_place_of_an_order_of_the_same_day() -> None:
    ordered = order("rituximab", dose(1000, **on("2026-03-09")))
    draft = order("rituximab", dose(500, **on("2026-03-09", "2026-03-23")), status="draft")
    assert amounts(medications("rituximab", ordered, drafts=(draft,))) == [
        ("2026-03-09", 500, True),
        ("2026-03-23", 500, True),
    ]


def test_of_an_order_with_very_many_days_those_around_today_are_kept_and_the_rest_is_not_called_absent() -> None:
    every_third = [str(date.fromordinal(TODAY.toordinal() + 3 * number)) for number in range(-120, 120)]
    found = dosed_days(medications("rituximab", order("rituximab", dose(100, **on(*every_third)))), TODAY)
    days = [item.date.low for item in found.items]
    assert TODAY in days
    assert Gap.UNREADABLE in found.gaps


def test_days_far_from_today_are_left_out_without_a_doubt() -> None:
    far = [f"20{year}-06-01" for year in range(27, 40)]
    found = dosed_days(medications("rituximab", order("rituximab", dose(100, **on("2026-03-09", *far)))), TODAY)
    assert [str(item.date.low) for item in found.items] == ["2026-03-09"]
    assert found.gaps == frozenset()


def test_a_daily_order_that_nothing_ends_is_looked_at_for_a_time_and_the_rest_is_not_called_absent() -> None:
    ordered = order("ivig", dose(10, "g", **daily(boundsPeriod={"start": "2025-06-01"})))
    found = dosed_days(medications("ivig", ordered), TODAY)
    assert TODAY in [item.date.low for item in found.items]
    assert Gap.UNREADABLE in found.gaps


def test_a_daily_course_is_written_out_and_several_doses_of_a_day_are_added() -> None:
    bounds = {"boundsPeriod": {"start": "2026-03-09", "end": "2026-03-11"}}
    records = medications("ivig", drafts=(order("ivig", dose(10, "g", **daily(2, **bounds)), status="draft"),))
    assert amounts(records) == [(f"2026-03-{day:02d}", 20_000, True) for day in (9, 10, 11)]


def test_a_single_dose_without_a_day_is_meant_for_today_or_the_day_it_was_written() -> None:
    assert amounts(medications("rituximab", drafts=(order("rituximab", dose(500), status="draft"),))) == [
        ("2026-03-02", 500, True)
    ]
    written = order("rituximab", dose(500), status="draft", authoredOn="2026-03-05")
    assert amounts(medications("rituximab", drafts=(written,))) == [("2026-03-05", 500, True)]


def test_an_order_without_any_day_is_a_gap() -> None:
    records = medications("rituximab", order("rituximab", dose(500)))
    assert dosed_days(records, TODAY).gaps == frozenset({Gap.UNREADABLE})


def test_an_unreadable_dose_is_no_amount() -> None:
    assert amounts(
        medications("rituximab", drafts=(order("rituximab", dose(1, "vial", **on("2026-03-09")), status="draft"),))
    ) == [("2026-03-09", None, True)]


# Single prescriptions


def test_how_long_an_order_is_written_for() -> None:
    assert (
        course_days(
            one("prednisone", order("prednisone", dose(20, **daily(boundsDuration={"value": 2, "code": "wk"}))))
        )
        == 14
    )
    assert course_days(one("prednisone", order("泼尼松", {"text": "20 mg qd 连用5天"}))) == 5
    assert course_days(one("prednisone", order("prednisone", dose(20, **on("2026-03-01", "2026-03-03"))))) == 3
    assert course_days(one("prednisone", order("prednisone", dose(20, **daily())))) is None


def test_a_supply_that_ran_out_under_an_active_order_lasts_to_today() -> None:
    supply = {"expectedSupplyDuration": {"value": 10, "code": "d"}}
    running = one(
        "prednisone", order("prednisone", dose(20, **daily()), authoredOn="2026-01-01", dispenseRequest=supply)
    )
    assert course_of(running, TODAY).last == TODAY
    stopped = one("prednisone", order("prednisone", dose(20, **daily()), status="stopped", authoredOn="2026-01-01"))
    assert course_of(stopped, TODAY).over
    assert course_of(stopped, TODAY).last is None


def stepped(*amounts: float) -> dict[str, Any]:
    week = {"boundsDuration": {"value": 1, "code": "wk"}}
    return order(
        "prednisone",
        *(dose(mg, sequence=n, **daily(**week)) for n, mg in enumerate(amounts, 1)),
        authoredOn="2026-03-02",
    )


@pytest.mark.parametrize(
    ("on", "mg"),
    [
        ("2026-03-02", 40),
        ("2026-03-08", 40),
        ("2026-03-09", 30),
        ("2026-03-16", 20),
        ("2026-06-01", 20),
        ("2026-01-01", 40),
    ],
)
def test_a_taper_in_steps(on: str, mg: float) -> None:
    assert daily_mg(one("prednisone", stepped(40, 30, 20)), date.fromisoformat(on), TODAY) == mg


def test_morning_and_evening_doses_are_added() -> None:
    both = order("prednisone", dose(20, **daily()), dose(10, **daily()), authoredOn="2026-03-01")
    assert daily_mg(one("prednisone", both), TODAY, TODAY) == 30


@pytest.mark.parametrize(
    ("name", "amount", "unit", "units"),
    [
        ("维生素D3", 800, "IU", 800),
        ("维生素D3 400IU", 2, "粒", 800),
        ("vitamin D3", 2, "capsule", None),
        ("vitamin D3", 20, "ug", None),
    ],
)
def test_international_units(name: str, amount: float, unit: str, units: float | None) -> None:
    assert daily_iu(one("vitamin-d", order(name, dose(amount, unit, **daily())))) == units


def test_international_units_in_words() -> None:
    assert daily_iu(one("vitamin-d", order("维生素D3", {"text": "每日一次，每次800单位"}))) == 800


@pytest.mark.parametrize(
    ("name", "amount", "unit", "weekly"),
    [
        ("复方磺胺甲噁唑片 磺胺甲噁唑400mg/甲氧苄啶80mg", 1, "片", 3360),
        ("sulfamethoxazole 800 MG / trimethoprim 160 MG Oral Tablet", 1, "tablet", 6720),
        ("sulfamethoxazole 0.4g trimethoprim 0.08g", 2, "片", 6720),
        ("复方磺胺甲噁唑", 480, "mg", 3360),
        ("复方磺胺甲噁唑", 1, "片", None),
    ],
)
def test_all_ingredients_of_a_combination(name: str, amount: float, unit: str, weekly: float | None) -> None:
    found = combined_weekly_mg(one("tmp-smx", order(name, dose(amount, unit, **daily()))))
    assert found == (None if weekly is None else Decimal(weekly))


# Profiles


def test_what_an_order_and_a_statement_name_counts_once() -> None:
    statement = {
        "resourceType": "MedicationStatement",
        "id": "s1",
        "status": "active",
        "medicationCodeableConcept": {"text": "prednisone"},
        "effectivePeriod": {"start": "2026-02-01"},
        "dosage": [dose(15, **daily())],
    }
    ordered = order("prednisone", dose(20, **daily()), authoredOn="2026-02-20")
    records = medications("prednisone", ordered, statement)
    stretches = profile(records.items, lambda _m: Decimal(1), TODAY)
    assert [(str(s.first), str(s.last), s.mg) for s in stretches] == [
        ("2026-02-01", "2026-02-19", 15),
        ("2026-02-20", "2026-03-02", 20),
    ]


def test_the_highest_day_and_the_latest_unbroken_time() -> None:
    periods = (("2026-01-01", "2026-01-10", 60), ("2026-01-11", "2026-01-20", 70), ("2026-01-21", "2026-02-28", 20))
    orders = [
        order(
            "prednisone", dose(mg, **daily(boundsPeriod={"start": first, "end": last})), status="completed", id=f"o{mg}"
        )
        for first, last, mg in periods
    ]
    stretches = profile(medications("prednisone", *orders).items, lambda _m: Decimal(1), TODAY)
    assert highest(stretches, date(2026, 1, 1)) == 70
    assert highest(stretches, date(2026, 1, 21)) == 20
    assert highest(stretches, date(2026, 3, 1)) == 0
    assert latest_at(stretches, Decimal(60)) == (date(2026, 1, 1), date(2026, 1, 20))
    assert latest_at(stretches, Decimal(80)) is None


def test_a_day_whose_amount_is_unreadable_leaves_the_highest_unknown() -> None:
    ordered = order("prednisone", {"text": "as directed"}, authoredOn="2026-02-20")
    stretches = profile(medications("prednisone", ordered).items, lambda _m: Decimal(1), TODAY)
    assert highest(stretches, date(2026, 2, 1)) is None
