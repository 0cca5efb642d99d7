"""The shape of ``regimens.yaml``: which doses of a drug the sources recommend, for whom, and which limits hold.

docs/knowledge-format.md ("Regimens") explains every field; what contradicts itself is refused when it is loaded.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from cards.words import Words

Unit = Literal["mg", "g", "ug", "mg/kg", "g/kg", "mg/m2"]
PeriodUnit = Literal["h", "d", "wk", "mo"]
RouteName = Literal["intravenous", "subcutaneous", "oral", "topical"]
Level = Literal["pass", "info", "warning"]
Positive = Annotated[Decimal, Field(gt=0)]
NotNegative = Annotated[Decimal, Field(ge=0)]


def _as_list(value: object) -> object:
    return value if isinstance(value, list) or value is None else [value]  # pyright: ignore[reportUnknownVariableType]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Population(Entry):
    """Whom a record is about; an absent bound is no bound."""

    age_min_y: NotNegative | None = None
    age_min_mo: NotNegative | None = None
    age_max_y_excl: Positive | None = None
    weight_min_kg: NotNegative | None = None
    weight_min_kg_excl: NotNegative | None = None
    weight_max_kg_excl: Positive | None = None
    weight_max_kg_incl: Positive | None = None
    weight_applies_below_age_y: Positive | None = None  # the weight bounds hold for younger patients only


class Timing(Entry):
    """As FHIR Timing.repeat: ``frequency`` times in ``period``; ``period_max`` makes a range (every 6 to 9 months)."""

    frequency: Annotated[int, Field(gt=0)] = 1
    period: Positive
    period_max: Positive | None = None
    period_unit: PeriodUnit


Timings = Annotated[list[Timing], BeforeValidator(_as_list)]


class Amount(Entry):
    """One single dose: ``amount``, a range, or at most ``amount_max``."""

    amount: Positive | None = None
    amount_min: Positive | None = None
    amount_max: Positive | None = None
    unit: Unit | None = None
    max_amount: Positive | None = None  # mg of one dose that a dose per kg or m2 never exceeds

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        stated = self.amount is not None or self.amount_min is not None or self.amount_max is not None
        if self.amount is not None and (self.amount_min is not None or self.amount_max is not None):
            raise ValueError("give 'amount' or a range, not both")
        if stated is (self.unit is None):
            raise ValueError("an amount needs a unit, and a unit an amount")
        if self.amount_min is not None and self.amount_max is not None and self.amount_min > self.amount_max:
            raise ValueError("amount_min is larger than amount_max")
        return self


class LoadingDose(Amount):
    """A dose of the start, at a week or day counted from the first dose (0)."""

    at_week: NotNegative | None = None
    at_day: NotNegative | None = None
    components: str = ""

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if (self.at_week is None) is (self.at_day is None):
            raise ValueError("give at_week or at_day")
        return self


class Induction(Amount):
    """A repeated dose between loading and maintenance."""

    timing: Timings
    from_week: NotNegative
    to_week: Positive


class Option(Amount):
    """One way to go on: how much and how often, or a course of ``doses`` with ``gap_days`` between them.

    Without an amount only the timing counts; without a timing only the amount. ``start_week`` and ``until_week``
    say during which weeks of treatment it is allowed.
    """

    timing: Timings = Field(default_factory=list[Timing])
    doses: Annotated[int, Field(gt=0)] | None = None
    gap_days: Positive | None = None
    route: RouteName | None = None
    form: str | None = None
    population: Population | None = None
    start_week: NotNegative | None = None
    start_day: NotNegative | None = None
    until_week: Positive | None = None
    components: str = ""
    condition: Words | None = None
    usable_for_findings: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _course(self) -> Self:
        if (self.doses is None) is not (self.gap_days is None):
            raise ValueError("'doses' and 'gap_days' belong together")
        return self


class TitrationDay(Entry):
    day: Annotated[int, Field(gt=0)]
    am_mg: NotNegative
    pm_mg: NotNegative


class Faster(Entry):
    """A shorter infusion that is accepted, as information, after so many doses."""

    min_minutes: Positive
    after_doses: Annotated[int, Field(gt=0)]
    why: Words


class Infusion(Entry):
    min_minutes: Positive
    accepts: Faster | None = None


class Plan(Entry):
    """The doses of one population."""

    loading: list[LoadingDose] = Field(default_factory=list[LoadingDose])
    induction: list[Induction] = Field(default_factory=list[Induction])
    titration: list[TitrationDay] = Field(default_factory=list[TitrationDay])
    options: list[Option] = Field(default_factory=list[Option])


class Regimen(Plan):
    """The recommended doses. ``no_loading``: a first dose larger than the maintenance dose is wrong."""

    no_loading: bool = False
    start: Option | None = None  # the dose to begin with where several are recommended
    infusion: Infusion | None = None


class Accepted(Plan):
    """Doses of a label or of another reading that pass, with a remark or without (``level: pass``)."""

    level: Level = "info"
    why: Words
    origin: Literal["label", "seed", "proposal"] = "label"
    population: Population | None = None


class Bound(Entry):
    amount: Positive
    unit: Unit


class Ceiling(Bound):
    """A limit of one dose or of all doses within ``per``.

    ``or_up_to``: the larger of the two counts; where it cannot be worked out, ``if_unknown`` does, or nothing.
    """

    per: Annotated[str, Field(pattern=r"^(dose|application|([1-9]\d* )?(d|wk|mo))$")]
    route: RouteName | None = None
    form: str | None = None
    level: Literal["critical", "warning"] = "critical"
    tolerance_percent: NotNegative = Decimal(0)
    or_up_to: Bound | None = None
    if_unknown: Bound | None = None
    origin: Literal["seed", "label", "proposal"] = "seed"
    note: str = ""


Ceilings = Annotated[list[Ceiling], BeforeValidator(_as_list)]


class Regulatory(Entry):
    agency: Literal["FDA", "NMPA", "EMA", "PMDA"]
    status: Literal["approved", "not-approved", "not-stated", "unknown-in-seed", "orphan-designation"]
    year: int | None = None
    month: int | None = None
    scope: str = ""
    note: str = ""


class Indication(Entry):
    """``conditions`` are concept keys; the first is the indication itself, the others are accepted for it."""

    conditions: list[str] = Field(min_length=1)
    names: Words


class Record(Entry):
    """One recommendation: an indication, a population, and its doses."""

    id: str
    indication: Indication
    counts_as_indication: bool = True  # false: the source names the disease and does not recommend the drug for it
    population: Population = Population()
    regimen: Regimen = Regimen()
    accepts: list[Accepted] = Field(default_factory=list[Accepted])
    ceiling: Ceilings = Field(default_factory=list[Ceiling])
    course_ceiling: Ceilings = Field(default_factory=list[Ceiling])
    regulatory: list[Regulatory] = Field(default_factory=list[Regulatory])
    grade: Literal["A", "B", "C"] | None = None
    line: str = ""
    locator: str
    legibility: Literal["clear", "reconstructed"]
    unconfirmed: bool = False
    unconfirmed_fields: list[str] = Field(default_factory=list[str])
    sources: list[str] = Field(default_factory=list[str])
    sign_off: bool = False
    note: str | Words = ""


class RegimenFile(Entry):
    """``regimens.yaml`` of one drug.

    ``routes``: of options that name none. ``forms``: the words by which a product says that it is one of a form
    (``starter-pack``: of the pack that titrates). ``route_words``: the words of a product that tell how it is given.
    ``whole_vials_mg``: rounding a dose per kg up to whole vials of that content is accepted as information.
    """

    document: str  # the source document in the header
    routes: Annotated[list[RouteName], Field(min_length=1)]
    forms: dict[str, list[str]] = Field(default_factory=dict[str, list[str]])
    route_words: dict[RouteName, list[str]] = Field(default_factory=dict[RouteName, list[str]])
    whole_vials_mg: Positive | None = None
    label_max_any_indication: list[Ceiling] = Field(default_factory=list[Ceiling])
    records: list[Record] = Field(min_length=1)


PLAIN_FORM = "plain"  # a product that names none of the file's forms
STARTER_PACK = "starter-pack"
