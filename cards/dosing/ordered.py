"""One dose as the patient gets it, and how amounts are added and compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cards.chart.dosage import NO_AMOUNT, Amount, times
from cards.chart.intervals import Interval
from cards.chart.quantities import Number
from cards.chart.records import Medication, Route
from cards.dosing.stretches import Stretch

_KINDS = ("flat", "per_kg", "per_m2")


@dataclass(frozen=True, slots=True)
class OrderedDose:
    """What is given at one time, from one or several instructions. ``count`` ``None``: nothing ends it.

    ``mean``: where doses of different amounts alternate, their mean; ``amount`` is then the largest of them.
    """

    parts: tuple[Stretch, ...]
    amount: Amount
    step: Number | None
    count: int | None
    start: Decimal
    named: tuple[Decimal, ...] = ()
    mean: Amount | None = None

    @property
    def order(self) -> Medication:
        return next((part.order for part in self.parts if part.order.draft), self.parts[0].order)

    @property
    def routes(self) -> frozenset[Route]:
        return frozenset(part.instruction.route for part in self.parts if part.instruction.route is not None)

    @property
    def minutes(self) -> Number | None:
        """The shortest of what is said."""
        said = [part.instruction.minutes for part in self.parts if part.instruction.minutes is not None]
        return min(said, key=lambda number: number.low or Decimal(0), default=None)

    @property
    def timed(self) -> bool:
        return all(part.instruction.timed or part.named for part in self.parts)

    @property
    def drafted(self) -> bool:
        return any(part.order.draft for part in self.parts)


def sum_of(parts: Iterable[Stretch]) -> Amount:
    """Only amounts of one kind can be added; anything unreadable makes the sum unreadable."""
    return added([whole(part.instruction.amount) for part in parts])


def added(amounts: list[Amount]) -> Amount:
    if len(amounts) == 1:
        return amounts[0]
    kind = kind_of(amounts)
    return NO_AMOUNT if kind is None else NO_AMOUNT._replace(**{kind: _total(_numbers(amounts, kind))})


def largest(amounts: list[Amount]) -> Amount:
    kind = kind_of(amounts)
    if kind is None:
        return NO_AMOUNT
    most = max(_numbers(amounts, kind), key=lambda number: number.high or Decimal(0))
    return NO_AMOUNT._replace(**{kind: most})


def scaled(amount: Amount, by: Decimal) -> Amount:
    kind = kind_of([amount])
    return NO_AMOUNT if kind is None else NO_AMOUNT._replace(**{kind: times(_numbers([amount], kind)[0], by)})


def kind_of(amounts: list[Amount]) -> str | None:
    """How all of them are written: in mg, by weight or by surface."""
    return next((kind for kind in _KINDS if len(_numbers(amounts, kind)) == len(amounts)), None)


def whole(amount: Amount) -> Amount:
    return amount._replace(daily=False) if amount.daily else amount


def _numbers(amounts: list[Amount], kind: str) -> list[Number]:
    found: list[Number | None] = [getattr(amount, kind) for amount in amounts]
    return [number for number in found if number is not None]


def _total(numbers: list[Number]) -> Number:
    lows, highs = [n.low for n in numbers], [n.high for n in numbers]
    low = None if None in lows else sum((v for v in lows if v is not None), Decimal(0))
    high = None if None in highs else sum((v for v in highs if v is not None), Decimal(0))
    return Interval(low, high)
