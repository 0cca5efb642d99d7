"""How many times a day: from timing.repeat, from its code, or from words that leave no doubt."""

import re
from decimal import Decimal

from cards.chart import fhir
from cards.chart.quantities import decimal

# A month and a year are calendar units; as a rate their mean length is exact enough.
HOURS = {"h": Decimal(1), "d": Decimal(24), "wk": Decimal(168), "mo": Decimal("730.5"), "a": Decimal(8766)}
DAY = HOURS["d"]
_UNITS = {
    **dict.fromkeys(("h", "hr", "hour", "小时"), "h"),
    **dict.fromkeys(("d", "day", "天", "日"), "d"),
    **dict.fromkeys(("w", "wk", "week", "周"), "wk"),
    **dict.fromkeys(("m", "mo", "month", "月", "个月"), "mo"),
}
_NUMERALS = {
    **{"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "八": 8, "十二": 12},
    **{"once": 1, "twice": 2, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "twelve": 12},
}
_COUNT = r"(\d+|十二|[一二两三四五六八])"
_INTERVALS = (
    re.compile(r"\bq\s*(\d+)\s*(h|hr|d|w|wk|m|mo)\b"),
    re.compile(r"\bq\s*(\d+)\s*(week|day|month|hour)s?\b"),
    re.compile(r"\bevery\s+(\d+|two|three|four|six|eight|twelve)[\s-]*(hour|day|week|month|wk|hr)s?\b"),
    re.compile(r"\bq\s*(\d+)\s*(小时|天|日|周|个月|月)"),
    re.compile(r"(?<![2-9二两三四]次)/\s*(\d+)\s*(天|日|周|个月|月)"),  # 600mg/4周; 2次/2周 is no interval
    re.compile(rf"每隔?{_COUNT}\s*(小时|天|日|周|个月|月)(?:[一1]次)?"),
    re.compile(rf"(?<![第\d.~至到十-]){_COUNT}\s*(小时|天|日|周|个月|月)\s*[一1]次"),  # 2周一次
)
_RATES = (
    re.compile(
        r"\b(once|twice|(?:one|two|three|four|[1-4])\s*times?)\s*(?:a|per|every|each|/)?\s*(day|week|month)(?:ly)?\b"
    ),
    re.compile(r"\b(once|twice|(?:three|four|[1-4])\s*times?)\s*(dai|week|month)ly\b"),
    re.compile(rf"(?:每|[一1])(日|天|周|个月|月)\s*{_COUNT}\s*次"),
    re.compile(rf"{_COUNT}\s*次\s*/\s*(日|天|周|个月|月)"),
)
_WORDS = {
    r"qd|q\.d\.|qam|qpm|am|pm|qn|qhs|bed|hs|daily|every day|every (?:morning|evening|night)|nightly": Decimal(1),
    r"bid|b\.i\.d\.": Decimal(2),
    r"tid|t\.i\.d\.": Decimal(3),
    r"qid|q\.i\.d\.": Decimal(4),
    r"qod|every other day": Decimal(1) / 2,
    r"q2w|qow|eow|every other week|every fortnight|fortnightly": Decimal(1) / 14,
    r"qw|wk|weekly|every week": Decimal(1) / 7,
    r"biw": Decimal(2) / 7,
    r"tiw": Decimal(3) / 7,
    r"mo|monthly|every month": DAY / HOURS["mo"],
}
_LATIN = tuple((re.compile(rf"(?<![\w.])(?:{words})(?![\w])"), rate) for words, rate in _WORDS.items())
_CHINESE = (
    (re.compile("每晚|每早|每晨|睡前"), Decimal(1)),
    (re.compile("隔日|隔天"), Decimal(1) / 2),
    (re.compile("隔周|双周"), Decimal(1) / 14),
)


def times_per_day(timing: fhir.Json, text: str) -> Decimal | None:
    """The dosing rate; ``None`` for single doses, for ranges and where nothing is said."""
    repeat = fhir.one(timing.get("repeat"))
    found = _repeated(repeat)
    if found is not None or repeat.get("frequency") is not None or repeat.get("period") is not None:
        return found
    coded = {rate for said in _code_words(timing.get("code")) if (rate := rate_in_words(said)) is not None}
    if coded:
        return coded.pop() if len(coded) == 1 else None
    return rate_in_words(text)


def interval_of(repeat: fhir.Json) -> tuple[Decimal, str] | None:
    """The stretch between two doses as amount and unit, when it is longer than a day."""
    period, unit = decimal(repeat.get("period")), fhir.string(repeat.get("periodUnit"))
    frequency = decimal(repeat.get("frequency")) or Decimal(1)
    if period is None or unit not in HOURS or frequency <= 0:
        return None
    if frequency > 1 and unit in {"mo", "a"}:
        return None
    step = period / frequency
    return (step, unit) if step * HOURS[unit] > DAY else None


def _code_words(code: object) -> list[str]:
    return [*(word for _, word in fhir.codings(code) if word), *fhir.texts(code)]


def _repeated(repeat: fhir.Json) -> Decimal | None:
    if repeat.get("frequencyMax") is not None or repeat.get("periodMax") is not None:
        return None
    listed = fhir.strings(repeat.get("timeOfDay")) or fhir.strings(repeat.get("when"))
    weekdays = len(set(fhir.strings(repeat.get("dayOfWeek"))))
    period, unit = decimal(repeat.get("period")), fhir.string(repeat.get("periodUnit"))
    stated = decimal(repeat.get("frequency"))
    if period is None or unit not in HOURS or period <= 0:
        alone = period is None and unit is None and stated is None and bool(listed or weekdays)
        return Decimal(max(len(listed), 1) * (weekdays or 7)) / 7 if alone else None
    frequency = stated if stated is not None else Decimal(len(listed) or 1)
    rate = frequency * DAY / (period * HOURS[unit])
    return rate * weekdays / 7 if weekdays and unit == "d" else rate


def rate_in_words(text: str) -> Decimal | None:
    """``20 mg qd``, ``twice daily``, ``每日一次``; two different rates in one text are none."""
    if not text:
        return None
    rest, found = text.lower()[:500], set[Decimal]()
    for pattern in _INTERVALS:
        found |= {DAY / (_number(m[1]) * HOURS[_UNITS[m[2]]]) for m in pattern.finditer(rest) if _number(m[1])}
        rest = pattern.sub(" ", rest)
    for pattern in _RATES:
        found |= {_rate(match) for match in pattern.finditer(rest)}
        rest = pattern.sub(" ", rest)
    for pattern, rate in (*_LATIN, *_CHINESE):
        if pattern.search(rest):
            found.add(rate)
            rest = pattern.sub(" ", rest)
    return found.pop() if len(found) == 1 else None


def _rate(match: re.Match[str]) -> Decimal:
    first, second = match[1], match[2]
    count, unit = (second, first) if first in _UNITS else (first, second)
    unit = "day" if unit == "dai" else unit
    return _number(count.split()[0]) * DAY / HOURS[_UNITS[unit]]


def _number(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text[:6])
    return _NUMERALS.get(text, 0)
