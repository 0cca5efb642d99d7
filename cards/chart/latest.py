"""Which of several results counts: the newest; on one day the worse."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cards.chart.records import Qualitative, Records, Result

_WORSE = {Qualitative.NEGATIVE: 1, Qualitative.INDETERMINATE: 2, Qualitative.POSITIVE: 3}
Rank = Callable[[Result], Decimal]


def worse(qualitative: Qualitative | None) -> int:
    """Which of two answers of one day counts: the higher."""
    return _WORSE[qualitative] if qualitative else 0


def latest_result(records: Records[Result]) -> Result | None:
    """Positive beats indeterminate beats negative beats unreadable."""
    return _latest(records, _worse)


def latest_low(records: Records[Result]) -> Result | None:
    """The smaller value of the day: for tests with a lower limit."""
    return _latest(records, _lowest)


def latest_high(records: Records[Result]) -> Result | None:
    """The larger value of the day: for tests with an upper limit."""
    return _latest(records, _high)


def _latest(records: Records[Result], rank: Rank) -> Result | None:
    """A readable result of the day goes before an unreadable one."""

    def order(result: Result) -> tuple[date, bool, Decimal]:
        return result.date.high or result.date.low or date.min, not result.unreadable, rank(result)

    items = records.items
    return max(items, key=order) if len(items) > 1 else items[0] if items else None


def _worse(result: Result) -> Decimal:
    return Decimal(worse(result.qualitative))


def _lowest(result: Result) -> Decimal:
    return -_low(result)


def _low(result: Result) -> Decimal:
    """``<4`` is smaller than anything it is compared with."""
    value = result.value
    if value is None:
        return Decimal("Infinity")
    return value.low if value.low is not None else Decimal("-Infinity")


def _high(result: Result) -> Decimal:
    value = result.value
    if value is None:
        return Decimal("-Infinity")
    return value.high if value.high is not None else Decimal("Infinity")
