"""The patient's age, weight and body surface, as doses need them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from cards.chart.chart import Chart
from cards.chart.intervals import Interval
from cards.chart.quantities import Number
from cards.chart.records import Gap, Records, Result
from cards.dosing.bands import age_months
from cards.dosing.model import Population
from cards.logic.arithmetic import mosteller

WEIGHT, HEIGHT = "body-weight", "body-height"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Measure:
    """The newest readable measurement, and why there may be a better one."""

    value: Decimal | None
    record: Result | None
    gaps: frozenset[Gap]


class Body:
    """Measured on or before today; the age is that of the day of the order."""

    def __init__(self, chart: Chart, on: date) -> None:
        self._chart = chart
        self.on = on

    @cached_property
    def weight(self) -> Measure:
        return _newest(self._chart.results(WEIGHT))

    @cached_property
    def height(self) -> Measure:
        return _newest(self._chart.results(HEIGHT))

    @property
    def kilograms(self) -> Decimal | None:
        return self.weight.value

    @cached_property
    def square_metres(self) -> Decimal | None:
        weight, height = self.weight.value, self.height.value
        if weight is None or height is None:
            return None
        return mosteller(Interval(height, height), Interval(weight, weight)).low

    @cached_property
    def months(self) -> Number | None:
        """Completed months of life; a partial date of birth leaves a range."""
        patient = self._chart.patient
        if patient is None or patient.birth is None or patient.birth.low is None or patient.birth.high is None:
            return None
        return Interval(_months(patient.birth.high, self.on), _months(patient.birth.low, self.on))

    def of_age(self, population: Population) -> bool | None:
        low, high = age_months(population)
        return _within(self.months, low, high)

    def too_young(self, population: Population) -> bool | None:
        low, _ = age_months(population)
        if not low:
            return False
        within = _within(self.months, low, Decimal("Infinity"))
        return None if within is None else not within

    def weighed(self, population: Population) -> bool:
        """Whether the weight bounds of a population say anything about this patient; an unknown age leaves them in."""
        if not has_weight(population):
            return False
        limit = population.weight_applies_below_age_y
        return limit is None or _within(self.months, Decimal(0), limit * MONTHS) is not False

    def of_weight(self, population: Population) -> bool | None:
        if not self.weighed(population):
            return True
        return None if self.kilograms is None else _weighs(self.kilograms, population)

    def fits(self, population: Population | None) -> bool | None:
        """Age and weight together, three-valued."""
        if population is None:
            return True
        answers = {self.of_age(population), self.of_weight(population)}
        return False if False in answers else None if None in answers else True


def has_weight(population: Population) -> bool:
    return any(bound is not None for bound in edges(population))


def edges(population: Population) -> tuple[Decimal | None, ...]:
    """Every weight at which the population ends."""
    return (
        population.weight_min_kg,
        population.weight_min_kg_excl,
        population.weight_max_kg_excl,
        population.weight_max_kg_incl,
    )


def _weighs(kilograms: Decimal, population: Population) -> bool:
    at_least, above, below, at_most = edges(population)
    checks: tuple[tuple[Decimal | None, Callable[[Decimal], bool]], ...] = (
        (at_least, lambda edge: kilograms >= edge),
        (above, lambda edge: kilograms > edge),
        (below, lambda edge: kilograms < edge),
        (at_most, lambda edge: kilograms <= edge),
    )
    return all(holds(edge) for edge, holds in checks if edge is not None)


def _within(months: Number | None, low: Decimal, high: Decimal) -> bool | None:
    if months is None or months.low is None or months.high is None:
        return None
    if months.low >= low and months.high < high:
        return True
    return False if months.high < low or months.low >= high else None


def _months(born: date, on: date) -> Decimal:
    return Decimal((on.year - born.year) * MONTHS + on.month - born.month - (on.day < born.day))


def _newest(records: Records[Result]) -> Measure:
    """The newest result with an exact, positive number; of two on one day the later filed one."""
    usable = [r for r in records.items if r.value is not None and r.value.exact and r.value.low and r.value.low > 0]
    found = max(usable, key=lambda r: r.date.high or r.date.low or date.min, default=None)
    return Measure(found.value.low if found and found.value else None, found, records.gaps)
