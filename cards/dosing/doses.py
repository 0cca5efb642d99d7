"""The regimens of a drug, ready to be compared with: amounts in mg, times in days, everything else as it was read."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from cards.dosing.model import Ceiling, Infusion, Level, Option, Plan, Population, Record, RegimenFile
from cards.words import Words


class Basis(StrEnum):
    FLAT = "flat"
    PER_KG = "per-kg"
    PER_M2 = "per-m2"


class Phase(StrEnum):
    LOADING = "loading"
    INDUCTION = "induction"
    TITRATION = "titration"
    MAINTENANCE = "maintenance"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from one dose to the next."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Allowed:
    """A dose that may be given. ``low`` to ``high`` in mg, mg/kg or mg/m2; both ``None``: any amount."""

    phase: Phase
    basis: Basis = Basis.FLAT
    low: Decimal | None = None
    high: Decimal | None = None
    most_mg: Decimal | None = None
    spans: tuple[Span, ...] = ()
    days: tuple[Decimal, ...] = ()  # of loading: the days on which this very amount is due
    doses: int | None = None
    gap: Decimal | None = None
    from_day: Decimal | None = None
    until_day: Decimal | None = None
    routes: frozenset[str] = frozenset()
    form: str | None = None
    population: Population | None = None
    usable: bool = True
    option: Option | None = None

    @property
    def any_amount(self) -> bool:
        return self.high is None


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Doses that belong together: those of the consensus, or others that are accepted beside it."""

    loading: tuple[tuple[Decimal, Allowed], ...]
    others: tuple[Allowed, ...]
    titration: tuple[Decimal, ...]  # the day's total, from day 1
    population: Population | None
    level: Level | None  # None: of the consensus
    why: Words | None
    plan: Plan

    @property
    def maintenance(self) -> tuple[Allowed, ...]:
        return tuple(a for a in self.others if a.phase in {Phase.MAINTENANCE, Phase.COURSE})

    @property
    def last_loading_day(self) -> Decimal | None:
        return self.loading[-1][0] if self.loading else None


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """A ceiling: ``days`` is the stretch it holds for, ``None`` for a single dose."""

    ceiling: Ceiling
    days: Decimal | None
    scale: Decimal  # the tolerance as a factor


@dataclass(frozen=True, eq=False)
class RecordDoses:
    """One record, compiled."""

    record: Record
    courses: tuple[Course, ...]
    ceilings: tuple[Limit, ...]

    @property
    def own(self) -> Course:
        return self.courses[0]

    @property
    def infusion(self) -> Infusion | None:
        return self.record.regimen.infusion

    @cached_property
    def routes(self) -> frozenset[str]:
        found = (allowed.routes for course in self.courses for allowed in course.others)
        return frozenset(name for names in found for name in names)

    @cached_property
    def forms(self) -> frozenset[str]:
        found = {a.form for course in self.courses for a in course.others if a.form is not None}
        return frozenset(found | {limit.ceiling.form for limit in self.ceilings if limit.ceiling.form is not None})

    @cached_property
    def has_doses(self) -> bool:
        return any(course.others or course.loading for course in self.courses)

    @cached_property
    def has_amounts(self) -> bool:
        """Whether an ordered amount can be wrong: a cream applied thinly has none."""
        return any(not a.any_amount for a in self._usable)

    @cached_property
    def has_intervals(self) -> bool:
        return any(a.spans or a.gap for a in self._usable)

    @property
    def _usable(self) -> list[Allowed]:
        return [a for course in self.courses for a in course.others if a.usable]


@dataclass(frozen=True, eq=False)
class DrugDoses:
    """Everything known of the doses of one drug."""

    drug: str
    file: RegimenFile
    records: tuple[RecordDoses, ...]
    label: tuple[Limit, ...]

    @cached_property
    def options(self) -> tuple[Allowed, ...]:
        return tuple(a for item in self.records for course in item.courses for a in course.others)

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        found = (key for item in self.records for key in item.record.indication.conditions)
        return tuple(dict.fromkeys(found))
