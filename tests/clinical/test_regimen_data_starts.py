"""Every loading dose of the source: the whole start passes, without it the start is missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from skin_cases import TODAY, SkinCase, knowledge

# record, drug, age, weight, disease; then the doses of the start with their weeks, and how it goes on from which week
TABLE = """
IFX-PSO-ADULT | infliximab | 40 80 | plaque psoriasis | 5 mg/kg: 0 2 6 | 5 mg/kg every 8 weeks: 14
ADA-PSO-ADULT | adalimumab | 40 70 | plaque psoriasis | 80 mg: 0 | 40 mg: 1 | 40 mg every 2 weeks: 3
CZP-PSO-ADULT | certolizumab pegol | 40 70 | plaque psoriasis | 400 mg: 0 2 4 | 200 mg every 2 weeks: 6
SEC-PSO-ADULT | secukinumab | 40 70 | plaque psoriasis | 300 mg: 0 1 2 3 4 | 300 mg every 4 weeks: 8
SEC-PSO-PED-LT50 | secukinumab | 10 30 | plaque psoriasis | 75 mg: 0 1 2 3 4 | 75 mg every 4 weeks: 8
SEC-PSO-PED-GE50 | secukinumab | 14 60 | plaque psoriasis | 150 mg: 0 1 2 3 4 | 150 mg every 4 weeks: 8
IXE-PSO-ADULT | ixekizumab | 40 70 | plaque psoriasis | 160 mg: 0 | 80 mg: 2 4 6 8 10 12 | 80 mg every 4 weeks: 16
BRO-PSO-ADULT | brodalumab | 40 70 | plaque psoriasis | 210 mg: 0 1 2 | 210 mg every 2 weeks: 4
UST-PSO-ADULT-LE100 | ustekinumab | 40 80 | plaque psoriasis | 45 mg: 0 4 | 45 mg every 12 weeks: 16
UST-PSO-ADULT-GT100 | ustekinumab | 40 120 | plaque psoriasis | 90 mg: 0 4 | 90 mg every 12 weeks: 16
UST-PSO-PED-LT60 | ustekinumab | 10 40 | plaque psoriasis | 0.75 mg/kg: 0 4 | 0.75 mg/kg every 12 weeks: 16
UST-PSO-PED-60-100 | ustekinumab | 14 75 | plaque psoriasis | 45 mg: 0 4 | 45 mg every 12 weeks: 16
UST-PSO-PED-GT100 | ustekinumab | 16 120 | plaque psoriasis | 90 mg: 0 4 | 90 mg every 12 weeks: 16
GUS-PSO-ADULT | guselkumab | 40 70 | plaque psoriasis | 100 mg: 0 4 | 100 mg every 8 weeks: 12
RIS-PSO-ADULT | risankizumab | 40 70 | plaque psoriasis | 150 mg: 0 4 | 150 mg every 12 weeks: 16
TIL-PSO-ADULT | tildrakizumab | 40 70 | plaque psoriasis | 100 mg: 0 4 | 100 mg every 12 weeks: 16
DUP-AD-ADULT | dupilumab | 40 70 | atopic dermatitis | 600 mg: 0 | 300 mg every 2 weeks: 2
DUP-AD-PED-6-17-15-30 | dupilumab | 13 25 | atopic dermatitis | 600 mg: 0 | 300 mg every 4 weeks: 4
DUP-AD-PED-6-17-30-60 | dupilumab | 14 45 | atopic dermatitis | 400 mg: 0 | 200 mg every 2 weeks: 2
DUP-AD-PED-6-17-GE60 | dupilumab | 15 75 | atopic dermatitis | 600 mg: 0 | 300 mg every 2 weeks: 2
DUP-PN-ADULT | dupilumab | 40 70 | prurigo nodularis | 600 mg: 0 | 300 mg every 2 weeks: 2
DUP-CAD | dupilumab | 40 70 | chronic actinic dermatitis | 600 mg: 0 | 300 mg every 2 weeks: 2
DUP-BP | dupilumab | 70 70 | bullous pemphigoid | 600 mg: 0 | 300 mg every 2 weeks: 2
STA-AD-ADULT | 司普奇拜单抗 | 40 70 | atopic dermatitis | 600 mg: 0 | 300 mg every 2 weeks: 2
TRA-AD-GE12 | tralokinumab | 40 70 | atopic dermatitis | 600 mg: 0 | 300 mg every 2 weeks: 2
LEB-AD-GE12 | Ebglyss | 40 70 | atopic dermatitis | 500 mg: 0 2 | 250 mg: 4 6 8 10 12 14 16 | 250 mg every 4 weeks: 20
BEL-SLE | belimumab | 40 70 | SLE | 10 mg/kg: 0 2 4 | 10 mg/kg every 4 weeks: 8
"""
ROUTES = {"infliximab": "IV", "belimumab": "IV"}


@dataclass(frozen=True)
class Row:
    record: str
    drug: str
    years: float
    kg: float
    disease: str
    loading: tuple[tuple[str, tuple[str, ...]], ...]  # amount and days
    amount: str
    rhythm: str
    begins: str

    def __str__(self) -> str:
        return self.record

    def patient(self) -> SkinCase:
        return SkinCase().aged(self.years).weighing(self.kg)

    def order(self, case: SkinCase, amount: str, rhythm: str | None = None, **more: object) -> SkinCase:
        route = ROUTES.get(self.drug, "SC")
        return case.order(self.drug, amount, rhythm, route=route, reason=self.disease, **more)  # type: ignore[arg-type]


def day(week: str) -> str:
    return (date.fromisoformat(TODAY) + timedelta(weeks=int(week))).isoformat()


def rows() -> Iterator[Row]:
    for line in TABLE.strip().splitlines():
        record, drug, person, disease, *doses = (part.strip() for part in line.split("|"))
        *loading, last = (dose.split(": ") for dose in doses)
        number, unit, rhythm = last[0].split(" ", 2)
        years, kg = map(float, person.split())
        start = tuple((amount, tuple(day(week) for week in weeks.split())) for amount, weeks in loading)
        yield Row(record, drug, years, kg, disease, start, f"{number} {unit}", rhythm, day(last[1]))


ROWS = list(rows())


def test_every_record_with_a_loading_dose_is_in_the_table() -> None:
    files = [chapter.regimens for chapter in knowledge().chapters.values() if chapter.regimens]
    loaded = {record.id for file in files for record in file.records if record.regimen.loading}
    assert {row.record for row in ROWS} == loaded


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_whole_start_passes(row: Row) -> None:
    case = row.patient()
    for amount, days in row.loading:
        row.order(case, amount, days=days)
    row.order(case, row.amount, row.rhythm, begins=row.begins)
    assert case.doses() == {}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_maintenance_alone_misses_the_start_in_a_new_patient_and_not_in_a_treated_one(row: Row) -> None:
    new = row.order(row.patient(), row.amount, row.rhythm)
    assert new.severity("DERM-LOAD-001") == "warning"
    treated = row.patient().given("2025-06-02", "2026-02-01", drug=row.drug)
    assert row.order(treated, row.amount, row.rhythm).severity("DERM-LOAD-001") is None


@pytest.mark.parametrize("row", [row for row in ROWS if row.loading[0][0] != row.amount], ids=str)
def test_a_loading_amount_that_repeats_without_end_is_found(row: Row) -> None:
    case = row.order(row.patient(), row.loading[0][0], row.rhythm)
    assert set(case.doses().values()) & {"info", "warning", "critical"}


NO_LOADING = [
    ("DUP-AD-PED-6MO5Y-5-15", 3, 10, "200 mg", "400 mg"),
    ("DUP-AD-PED-6MO5Y-15-30", 4, 20, "300 mg", "600 mg"),
]


@pytest.mark.parametrize(("record", "years", "kg", "amount", "double"), NO_LOADING)
def test_dupilumab_below_6_years_has_no_loading_dose(
    record: str, years: float, kg: float, amount: str, double: str
) -> None:
    case = SkinCase().aged(years).weighing(kg)
    case.order("dupilumab", amount, "every 4 weeks", route="SC", reason="atopic dermatitis")
    assert case.doses() == {}, record
    case = SkinCase().aged(years).weighing(kg)
    case.order("dupilumab", double, route="SC", reason="atopic dermatitis", days=(TODAY,))
    assert case.severity("DERM-LOAD-002") == "warning"
    assert "critical" in case.doses().values()


# day, morning and evening dose of the titration, and how it goes on
TITRATION = [(1, 10, 0), (2, 10, 10), (3, 10, 20), (4, 20, 20), (5, 20, 30)]


def test_apremilast_is_titrated_over_5_days() -> None:
    file = knowledge().chapters["apremilast"].regimens
    assert file is not None
    days = file.records[0].regimen.titration
    assert [(item.day, item.am_mg, item.pm_mg) for item in days] == TITRATION
    case = SkinCase().order("apremilast", "30 mg", "twice a day", route="PO", reason="plaque psoriasis")
    assert case.severity("DERM-TITR-001") == "warning"
    pack = SkinCase().order("apremilast starter pack", "10 mg", "once a day", route="PO", reason="plaque psoriasis")
    assert pack.severity("DERM-TITR-001") is None
