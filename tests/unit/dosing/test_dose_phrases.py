"""Instructions written as text, in English and Chinese, cut into the doses they name."""

from decimal import Decimal

import pytest

from cards.chart.infusion_time import minutes_in_words
from cards.chart.phrases import phrases
from cards.chart.strengths import UNKNOWN, Strength

PEN = Strength(per_piece=Decimal(150), per_ml=Decimal(150))
# amount, unit, days between, days after the first dose, number of doses
Said = tuple[str | None, str, str | None, tuple[int, ...], int | None]
UNITS = ("mg", "mg/kg", "mg/m2")


def said(text: str, strength: Strength = PEN) -> list[Said]:
    found: list[Said] = []
    for phrase in phrases(text, strength):
        amounts = dict(zip(UNITS, phrase.amount[:3], strict=True))
        unit = next((name for name, amount in amounts.items() if amount is not None), "")
        amount = amounts.get(unit)
        days = None if phrase.rate is None else f"{(1 / phrase.rate).quantize(Decimal('0.01')).normalize():f}"
        low = None if amount is None or amount.low is None else f"{amount.low.normalize():f}"
        found.append((low, unit, days, phrase.offsets, phrase.count))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("300 mg every 2 weeks", [("300", "mg", "14", (), None)]),
        ("300mg 皮下注射 每2周1次", [("300", "mg", "14", (), None)]),
        ("每周1次，每次160mg，皮下注射", [("160", "mg", "7", (), None)]),
        ("每2周300mg", [("300", "mg", "14", (), None)]),
        ("q2w 300mg sc", [("300", "mg", "14", (), None)]),
        ("40 mg every other week", [("40", "mg", "14", (), None)]),
        ("40mg 隔周1次", [("40", "mg", "14", (), None)]),
        ("30 mg bid", [("30", "mg", "0.5", (), None)]),
        ("10mg 口服 每日两次", [("10", "mg", "0.5", (), None)]),
        ("Take 15 mg by mouth once daily", [("15", "mg", "1", (), None)]),
        ("375 mg/m2 weekly x 4", [("375", "mg/m2", "7", (), 4)]),
        ("1,000 mg x 2 doses, 2 weeks apart", [("1000", "mg", "14", (), 2)]),
        ("1000mg 共2次，间隔2周", [("1000", "mg", "14", (), 2)]),
        ("1000 mg IV day 1 and day 15", [("1000", "mg", None, (0, 14), None)]),
        ("2 pens every 2 weeks", [("300", "mg", "14", (), None)]),
        ("每次1支，每4周1次", [("150", "mg", "28", (), None)]),
        ("300 mg (2 x 150 mg) every 2 weeks", [("300", "mg", "14", (), None)]),
        ("2 x 300 mg once", [("600", "mg", None, (), 1)]),
        ("150mg×2支 每4周1次", [("300", "mg", "28", (), None)]),
        ("apply twice daily", [(None, "", "0.5", (), None)]),
    ],
)
def test_one_dose(text: str, expected: list[Said]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("首剂600mg，之后300mg每2周1次", [("600", "mg", None, (), None), ("300", "mg", "14", (), None)]),
        ("600 mg once, followed by 300 mg q2w", [("600", "mg", None, (), 1), ("300", "mg", "14", (), None)]),
        (
            "Inject 80 mg on day 1, 40 mg on day 8, then 40 mg every other week",
            [("80", "mg", None, (0,), None), ("40", "mg", None, (7,), None), ("40", "mg", "14", (), None)],
        ),
        (
            "5 mg/kg IV at weeks 0, 2, 6 then every 8 weeks",
            [("5", "mg/kg", None, (0, 14, 42), None), ("5", "mg/kg", "56", (), None)],
        ),
        (
            "第0、2、6周 5mg/kg 静滴2小时，之后每8周1次",
            [("5", "mg/kg", None, (0, 14, 42), None), ("5", "mg/kg", "56", (), None)],
        ),
        (
            "160 mg (two 80 mg injections) at week 0, then 80 mg at weeks 2, 4, 6, then 80 mg every 4 weeks",
            [("160", "mg", None, (0,), None), ("80", "mg", None, (14, 28, 42), None), ("80", "mg", "28", (), None)],
        ),
        (
            "500mg第0周和第2周，250mg每2周1次至第16周，之后250mg每4周1次",
            [("500", "mg", None, (0, 14), None), ("250", "mg", "14", (), None), ("250", "mg", "28", (), None)],
        ),
    ],
)
def test_doses_one_after_the_other(text: str, expected: list[Said]) -> None:
    assert said(text) == expected


def test_when_a_dose_comes_later_and_how_long_a_repeat_lasts() -> None:
    first, second, third = phrases("首次80mg，1周后40mg，之后每2周40mg", UNKNOWN)
    assert (first.first, second.later, third.follows) == (True, 7, True)
    (weeks,) = phrases("150 mg q4w for 12 weeks", UNKNOWN)
    assert weeks.lasting == 84
    assert phrases("250mg每2周1次至第16周", UNKNOWN)[0].until == 112


@pytest.mark.parametrize("text", ["1 pen every 2 weeks", "2支 每4周1次", "0.8 ml weekly"])
def test_pieces_of_unknown_strength_have_no_amount(text: str) -> None:
    assert said(text, UNKNOWN)[0][0] is None


def test_two_amounts_that_nothing_keeps_apart_are_none() -> None:
    assert said("300 mg 150 mg every 2 weeks")[0][0] is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("350 mg IV over 2 hours", 120),
        ("infuse over at least 30 minutes", 30),
        ("over 1.5 h", 90),
        ("静滴2小时", 120),
        ("滴注时间≥60分钟", 60),
        ("2小时内滴完", 120),
        ("350 mg IV every 8 weeks", None),
        ("every 8 hours", None),
        ("over 1 hour, or over 2 hours", None),
    ],
)
def test_the_time_of_an_infusion(text: str, minutes: int | None) -> None:
    found = minutes_in_words(text)
    assert (None if found is None else found.low) == minutes
