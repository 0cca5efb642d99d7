"""Every recommended regimen: the right order passes, and a wrong dose or interval is found at its level.

The expectations are written from the source document and its corrections, not worked out from the regimens.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from skin_cases import SkinCase, knowledge

# The patient is on treatment since June 2025. After the record: drug, age, weight, disease, route; then "=" what passes
# silently, "i" what passes with a remark, "w" a warning, "c" critical. Amounts and rhythm as an order would say them.
TABLE = """
ETN-PSO-ADULT | etanercept | 40 70 | plaque psoriasis | SC
  = 50 mg every week | = 25 mg 2 times a week | = 25 mg every 3 days | = 25 mg every 4 days | i 50 mg 2 times a week
  w 100 mg every week | w 50 mg every 2 weeks | w 10 mg every week | c 50 mg every day | c 150 mg every week
ETN-PSS-ARTH | etanercept | 40 70 | Sjogren with arthritis | SC
  = 50 mg every week | = 25 mg 2 times a week | = 25 mg every 3 days
  c 50 mg 2 times a week | c 100 mg every week | w 50 mg every 2 weeks | w 25 mg every week
IFX-PSO-ADULT | infliximab | 40 80 | plaque psoriasis | IV
  = 5 mg/kg every 8 weeks | = 400 mg every 8 weeks | = 440 mg every 8 weeks | = 360 mg every 8 weeks
  w 480 mg every 8 weeks | w 7.5 mg/kg every 8 weeks | c 10 mg/kg every 8 weeks | c 900 mg every 8 weeks
  w 200 mg every 8 weeks | w 5 mg/kg every 4 weeks | w 5 mg/kg every 16 weeks | c 5 mg/kg every 3 weeks
ADA-PSO-ADULT | adalimumab | 40 70 | plaque psoriasis | SC
  = 40 mg every 2 weeks | i 40 mg every week | i 80 mg every 2 weeks
  c 120 mg every 2 weeks | w 20 mg every 2 weeks | w 40 mg every 4 weeks | c 80 mg every day
CZP-PSO-ADULT | certolizumab pegol | 40 70 | plaque psoriasis | SC
  = 200 mg every 2 weeks | i 400 mg every 2 weeks | i 400 mg every 4 weeks
  w 100 mg every 2 weeks | w 200 mg every week | w 200 mg every 4 weeks | c 800 mg every 2 weeks | c 200 mg every 3 days
SEC-PSO-ADULT | secukinumab | 40 70 | plaque psoriasis | SC
  = 300 mg every 4 weeks
  c 600 mg every 4 weeks | w 150 mg every 4 weeks | w 300 mg every 2 weeks | w 300 mg every 8 weeks
SEC-PSO-PED-LT50 | secukinumab | 10 30 | plaque psoriasis | SC
  = 75 mg every 4 weeks
  c 150 mg every 4 weeks | c 112.5 mg every 4 weeks | w 100 mg every 4 weeks | w 50 mg every 4 weeks
  w 75 mg every 2 weeks | w 75 mg every 8 weeks
SEC-PSO-PED-GE50 | secukinumab | 14 60 | plaque psoriasis | SC
  = 150 mg every 4 weeks | i 300 mg every 4 weeks
  c 450 mg every 4 weeks | w 75 mg every 4 weeks | w 150 mg every 2 weeks | w 150 mg every 8 weeks
IXE-PSO-ADULT | ixekizumab | 40 70 | plaque psoriasis | SC
  = 80 mg every 4 weeks
  c 160 mg every 4 weeks | w 40 mg every 4 weeks | w 80 mg every 2 weeks | w 80 mg every 8 weeks | c 80 mg every week
BRO-PSO-ADULT | brodalumab | 40 70 | plaque psoriasis | SC
  = 210 mg every 2 weeks
  c 420 mg every 2 weeks | w 105 mg every 2 weeks | w 210 mg every week | w 210 mg every 4 weeks
UST-PSO-ADULT-LE100 | ustekinumab | 40 80 | plaque psoriasis | SC
  = 45 mg every 12 weeks
  c 135 mg every 12 weeks | w 22.5 mg every 12 weeks | w 45 mg every 6 weeks | w 45 mg every 24 weeks
UST-PSO-ADULT-GT100 | ustekinumab | 40 120 | plaque psoriasis | SC
  = 90 mg every 12 weeks | i 45 mg every 12 weeks
  c 180 mg every 12 weeks | w 22.5 mg every 12 weeks | w 90 mg every 6 weeks | w 90 mg every 24 weeks
UST-PSO-PED-LT60 | ustekinumab | 10 40 | plaque psoriasis | SC
  = 0.75 mg/kg every 12 weeks | = 30 mg every 12 weeks
  c 1.5 mg/kg every 12 weeks | c 45 mg every 12 weeks | c 60 mg every 12 weeks | w 40 mg every 12 weeks
  w 15 mg every 12 weeks | w 30 mg every 6 weeks | w 30 mg every 24 weeks
UST-PSO-PED-60-100 | ustekinumab | 14 75 | plaque psoriasis | SC
  = 45 mg every 12 weeks
  c 90 mg every 12 weeks | c 67.5 mg every 12 weeks | w 60 mg every 12 weeks | w 22.5 mg every 12 weeks
UST-PSO-PED-GT100 | ustekinumab | 16 120 | plaque psoriasis | SC
  = 90 mg every 12 weeks
  c 180 mg every 12 weeks | w 45 mg every 12 weeks | w 90 mg every 6 weeks
GUS-PSO-ADULT | guselkumab | 40 70 | plaque psoriasis | SC
  = 100 mg every 8 weeks
  c 200 mg every 8 weeks | w 50 mg every 8 weeks | w 100 mg every 4 weeks | w 100 mg every 16 weeks
RIS-PSO-ADULT | risankizumab | 40 70 | plaque psoriasis | SC
  = 150 mg every 12 weeks
  c 300 mg every 12 weeks | w 75 mg every 12 weeks | w 150 mg every 6 weeks | w 150 mg every 24 weeks
TIL-PSO-ADULT | tildrakizumab | 40 70 | plaque psoriasis | SC
  = 100 mg every 12 weeks | i 200 mg every 12 weeks
  c 300 mg every 12 weeks | w 50 mg every 12 weeks | w 100 mg every 6 weeks | w 100 mg every 24 weeks
APR-PSO-ADULT | apremilast | 40 70 | plaque psoriasis | PO
  = 30 mg twice a day | i 30 mg once a day
  c 60 mg twice a day | w 15 mg twice a day | c 30 mg 4 times a day | w 30 mg every 2 days
TOF-PSA-ADULT | tofacitinib | 40 70 | psoriatic arthritis | PO
  = 5 mg twice a day | i 5 mg once a day
  c 10 mg twice a day | w 2.5 mg twice a day | c 5 mg 4 times a day
DEU-PSO-ADULT | deucravacitinib | 40 70 | plaque psoriasis | PO
  = 6 mg once a day
  c 12 mg once a day | w 3 mg once a day | c 6 mg twice a day | w 6 mg every 2 days
DUP-AD-ADULT | dupilumab | 40 70 | atopic dermatitis | SC
  = 300 mg every 2 weeks
  c 600 mg every 2 weeks | w 150 mg every 2 weeks | w 300 mg every week | w 300 mg every 4 weeks | c 300 mg every 3 days
DUP-AD-PED-6MO5Y-5-15 | dupilumab | 3 10 | atopic dermatitis | SC
  = 200 mg every 4 weeks
  c 400 mg every 4 weeks | c 300 mg every 4 weeks | w 100 mg every 4 weeks | w 200 mg every 2 weeks
  w 200 mg every 8 weeks
DUP-AD-PED-6MO5Y-15-30 | dupilumab | 4 20 | atopic dermatitis | SC
  = 300 mg every 4 weeks
  c 600 mg every 4 weeks | w 200 mg every 4 weeks | w 300 mg every 2 weeks | w 300 mg every 8 weeks
DUP-AD-PED-6-17-15-30 | dupilumab | 13 25 | atopic dermatitis | SC
  = 300 mg every 4 weeks
  c 600 mg every 4 weeks | w 150 mg every 4 weeks | w 300 mg every 2 weeks | w 300 mg every 8 weeks
DUP-AD-PED-6-17-30-60 | dupilumab | 14 45 | atopic dermatitis | SC
  = 200 mg every 2 weeks
  c 400 mg every 2 weeks | c 300 mg every 2 weeks | w 100 mg every 2 weeks | w 200 mg every week
  w 200 mg every 4 weeks
DUP-AD-PED-6-17-GE60 | dupilumab | 15 75 | atopic dermatitis | SC
  = 300 mg every 2 weeks
  c 600 mg every 2 weeks | w 200 mg every 2 weeks | w 300 mg every week | w 300 mg every 4 weeks
DUP-PN-ADULT | dupilumab | 40 70 | prurigo nodularis | SC
  = 300 mg every 2 weeks
  c 600 mg every 2 weeks | w 150 mg every 2 weeks | w 300 mg every week | w 300 mg every 4 weeks
DUP-CAD | dupilumab | 40 70 | chronic actinic dermatitis | SC
  = 300 mg every 2 weeks | = 300 mg every month
  c 600 mg every 2 weeks | w 150 mg every 2 weeks | w 300 mg every week | w 300 mg every 8 weeks
DUP-BP | dupilumab | 70 70 | bullous pemphigoid | SC
  = 300 mg every 2 weeks
  c 600 mg every 2 weeks | w 150 mg every 2 weeks | w 300 mg every week | w 300 mg every 4 weeks
STA-AD-ADULT | 司普奇拜单抗 | 40 70 | atopic dermatitis | SC
  = 300 mg every 2 weeks
  c 600 mg every 2 weeks | w 150 mg every 2 weeks | w 300 mg every week | w 300 mg every 4 weeks
TRA-AD-GE12 | tralokinumab | 40 70 | atopic dermatitis | SC
  = 300 mg every 2 weeks | i 300 mg every 4 weeks
  c 600 mg every 2 weeks | w 150 mg every 2 weeks | w 300 mg every week | w 300 mg every 8 weeks
LEB-AD-GE12 | lebrikizumab | 40 70 | atopic dermatitis | SC
  = 250 mg every 4 weeks
  c 500 mg every 4 weeks | w 125 mg every 4 weeks | w 250 mg every 2 weeks | w 250 mg every 8 weeks
NEM-AD-GE13 | nemolizumab | 40 70 | atopic dermatitis | SC
  = 60 mg every 4 weeks | i 30 mg every 4 weeks | i 30 mg every 8 weeks
  c 120 mg every 4 weeks | w 15 mg every 4 weeks | w 60 mg every 2 weeks | w 60 mg every 8 weeks
NEM-PN-ADULT | nemolizumab | 40 70 | prurigo nodularis | SC
  i 30 mg every 4 weeks
  c 120 mg every 4 weeks | w 30 mg every 2 weeks | w 30 mg every 8 weeks
OMZ-AD | omalizumab | 40 70 | atopic dermatitis | SC
  = 150 mg every 4 weeks | = 300 mg every 3 weeks | = 450 mg every 2 weeks | = 600 mg every 2 weeks
  c 900 mg every 2 weeks | w 75 mg every 4 weeks | w 300 mg every week | w 300 mg every 8 weeks | w 600 mg every 4 weeks
OMZ-CSU | omalizumab | 40 70 | chronic urticaria | SC
  = 150 mg every 4 weeks | = 300 mg every 4 weeks
  w 600 mg every 4 weeks | c 700 mg every 4 weeks | w 75 mg every 4 weeks | w 300 mg every 2 weeks
  w 300 mg every 8 weeks
OMZ-BP | omalizumab | 70 70 | bullous pemphigoid | SC
  = 300 mg every 4 weeks
  c 600 mg every 4 weeks | w 150 mg every 4 weeks | w 300 mg every 2 weeks | w 300 mg every 8 weeks
UPA-AD-12-64 | upadacitinib | 40 70 | atopic dermatitis | PO
  = 15 mg once a day | = 30 mg once a day
  c 60 mg once a day | w 7.5 mg once a day | w 15 mg twice a day | w 15 mg every 2 days | c 30 mg twice a day
UPA-AD-GE65 | upadacitinib | 70 70 | atopic dermatitis | PO
  = 15 mg once a day
  c 30 mg once a day | w 7.5 mg once a day | c 15 mg twice a day | w 15 mg every 2 days
ABR-AD | abrocitinib | 40 70 | atopic dermatitis | PO
  = 100 mg once a day | = 200 mg once a day | i 50 mg once a day
  c 400 mg once a day | w 25 mg once a day | c 200 mg twice a day | w 100 mg every 2 days
BAR-AD-ADULT | baricitinib | 40 70 | atopic dermatitis | PO
  = 4 mg once a day | = 2 mg once a day
  c 8 mg once a day | w 1 mg once a day | c 4 mg twice a day | w 4 mg every 2 days
DEL-AD-GE16 | delgocitinib | 40 70 | atopic dermatitis | topical
  = 5 g twice a day | = 2 g twice a day
  c 10 g twice a day | w 5 g 4 times a day
RUX-AD-GE12 | ruxolitinib cream | 40 70 | atopic dermatitis | topical
  = 4 g twice a day
  c 5 g twice a day | w 2 g 4 times a day | w 4 g once a day
CRI-AD-GE3MO | crisaborole | 2 12 | atopic dermatitis | topical
  = 1 g twice a day | = 1 g once a day
  w 1 g 4 times a day
BEL-SLE | belimumab | 40 70 | SLE | IV
  = 10 mg/kg every 4 weeks | = 700 mg every 4 weeks
  c 20 mg/kg every 4 weeks | w 15 mg/kg every 4 weeks | w 5 mg/kg every 4 weeks | w 10 mg/kg every 2 weeks
  w 10 mg/kg every 8 weeks
TEL-SLE-ADULT | telitacicept | 40 70 | SLE | SC
  = 160 mg every week | = 80 mg every week
  c 320 mg every week | w 40 mg every week | c 160 mg 2 times a week | w 160 mg every 2 weeks
ANI-SLE-ADULT | anifrolumab | 40 70 | SLE | IV
  = 300 mg every 4 weeks
  c 600 mg every 4 weeks | w 150 mg every 4 weeks | w 300 mg every 2 weeks | w 300 mg every 8 weeks
NIN-SSC-ILD | nintedanib | 50 70 | SSc-ILD | PO
  = 150 mg twice a day | i 100 mg twice a day
  c 300 mg twice a day | w 50 mg twice a day | c 150 mg 4 times a day | w 150 mg once a day
TCZ-SSC-ILD | tocilizumab | 50 70 | SSc-ILD | SC
  = 162 mg every week
  c 324 mg every week | w 81 mg every week | w 162 mg 2 times a week
TCZ-DM | tocilizumab | 50 70 | dermatomyositis | IV
  = 8 mg/kg every 4 weeks | = 560 mg every 4 weeks | = 567 mg every 4 weeks
  c 16 mg/kg every 4 weeks | w 10 mg/kg every 4 weeks | w 4 mg/kg every 4 weeks | w 8 mg/kg every 2 weeks
  w 8 mg/kg every 8 weeks
ABA-DM-LT60 | abatacept | 50 50 | dermatomyositis | IV
  = 500 mg every 4 weeks
  c 1000 mg every 4 weeks | w 250 mg every 4 weeks | w 500 mg every 2 weeks | w 500 mg every 8 weeks
ABA-DM-60-100 | abatacept | 50 75 | dermatomyositis | IV
  = 750 mg every 4 weeks
  c 1500 mg every 4 weeks | w 375 mg every 4 weeks | w 750 mg every 2 weeks | w 750 mg every 8 weeks
ABA-DM-GT100 | abatacept | 50 120 | dermatomyositis | IV
  = 1000 mg every 4 weeks
  c 2000 mg every 4 weeks | w 500 mg every 4 weeks | w 1000 mg every 2 weeks | w 1000 mg every 8 weeks
"""
# Their doses are courses, see test_regimen_data_rituximab.py; and those without any dose.
COURSES = {"RTX-PV", "RTX-BP", "RTX-EBA", "RTX-PNP", "RTX-SLE", "RTX-DM", "RTX-SS"}
WITHOUT_DOSE = {"IFX-PRP", "ADA-PRP", "UST-PRP", "TOF-PSO-PLAQUE", "ALE-PNP", "SUT-BP", "IVIG-DM"}
LEVELS = {"=": None, "i": "info", "w": "warning", "c": "critical"}
RANK = {"info": 1, "warning": 2, "critical": 3}


@dataclass(frozen=True)
class Row:
    record: str
    drug: str
    years: float
    kg: float
    disease: str
    route: str
    order: str
    level: str | None

    def __str__(self) -> str:
        return f"{self.record} {self.order}"


def rows() -> Iterator[Row]:
    head: list[str] = []
    for line in TABLE.strip().splitlines():
        if not line.startswith(" "):
            head = [part.strip() for part in line.split("|")]
            continue
        for part in line.split("|"):
            level, order = part.strip().split(" ", 1)
            record, drug, person, disease, route = head
            years, kg = person.split()
            yield Row(record, drug, float(years), float(kg), disease, route, order, LEVELS[level])


ROWS = list(rows())


def on_treatment(row: Row) -> SkinCase:
    case = SkinCase().aged(row.years).weighing(row.kg).tall(170 if row.years > 11 else 120)
    case.given("2025-06-02", *(f"2025-{month:02d}-01" for month in range(7, 13)), "2026-02-01", drug=row.drug)
    return case


def outcome(case: SkinCase) -> str | None:
    """The worst that is said of dose and interval."""
    return max(case.doses().values(), key=lambda severity: RANK[severity], default=None)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_right_order_passes_and_a_wrong_one_is_found_at_its_level(row: Row) -> None:
    number, unit, rhythm = row.order.split(" ", 2)
    case = on_treatment(row).order(row.drug, f"{number} {unit}", rhythm, route=row.route, reason=row.disease)
    assert outcome(case) == row.level, case.doses()


def test_every_record_is_in_the_table() -> None:
    regimens = [chapter.regimens for chapter in knowledge().chapters.values() if chapter.regimens]
    records = {record.id for file in regimens for record in file.records}
    assert len(records) == 68
    assert {row.record for row in ROWS} == records - COURSES - WITHOUT_DOSE
    for row in ROWS:
        levels = {other.level for other in ROWS if other.record == row.record}
        assert levels & {None, "info"}, row.record
        assert levels & {"warning", "critical"}, row.record
