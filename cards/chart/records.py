"""What a chart holds after reading: one small record for each usable FHIR resource.

A record keeps the reference of the resource it came from, so that every finding can name its evidence.
A value that could not be read is ``None`` and the record says so in ``unreadable``; it is never guessed.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from cards.chart.intervals import Day, Interval
from cards.chart.strengths import UNKNOWN, Strength


class Gap(StrEnum):
    """Why a fact could not be decided, in the words the card extension uses."""

    NOT_ON_FILE = "not on file"
    UNREADABLE = "unreadable"
    NOT_FETCHED = "not fetched"


class Qualitative(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"
    INDETERMINATE = "indeterminate"


class Level(StrEnum):
    """Where a quantity lies in its laboratory's reference range."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class MedicationSource(StrEnum):
    REQUEST = "request"
    STATEMENT = "statement"
    ADMINISTRATION = "administration"


class Route(StrEnum):
    INTRAVENOUS = "intravenous"
    SUBCUTANEOUS = "subcutaneous"
    ORAL = "oral"
    TOPICAL = "topical"
    OTHER = "other"  # a route that is stated and is none of the above


class Record(Struct, frozen=True, kw_only=True):
    """Common to all: ``reference`` is ``Type/id``; ``label`` says in words what was read, with its date."""

    reference: str
    label: str
    matched_by: str = ""  # "system|code" or "text: …" that recognised the concept
    raw: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __hash__(self) -> int:
        return hash((self.reference, self.label, self.matched_by))


class Result(Record, frozen=True, kw_only=True):
    """A laboratory result or measurement. ``value`` is in the analyte's canonical unit."""

    date: Day
    qualitative: Qualitative | None = None
    value: Interval[Decimal] | None = None
    level: Level | None = None
    upper_limit: Interval[Decimal] | None = None  # of the laboratory's reference range, in the canonical unit
    answer: str | None = None  # value set key of a coded answer (genotype, intention, breastfeeding …)
    answer_date: Day | None = None  # valueDateTime, e.g. a delivery date
    text: str = ""
    unreadable: bool = False  # a value was sent and could not be understood


class Problem(Record, frozen=True, kw_only=True):
    """A Condition. Refuted and entered-in-error ones never become records."""

    active: bool  # clinicalStatus active, recurrence, relapse, or none stated
    suspected: bool  # verificationStatus unconfirmed, provisional or differential
    resolved: bool  # clinicalStatus inactive, remission, resolved
    relapse_status: bool = False  # clinicalStatus is "relapse"
    onset: Day | None = None
    recorded: Day | None = None
    ended: Day | None = None
    text: str = ""


class Dose(Struct, frozen=True, kw_only=True):
    """One dosage instruction as far as it could be read. Amounts in mg, rates per ``per`` unit when given."""

    amount_mg: Interval[Decimal] | None = None
    per_kg: Interval[Decimal] | None = None  # mg/kg
    per_m2: Interval[Decimal] | None = None  # mg/m2
    times_per_day: Decimal | None = None
    route: Route | None = None
    as_needed: bool = False
    text: str = ""
    clock_times: tuple[datetime, ...] = ()  # timing.event entries that carry a time of day


class Medication(Record, frozen=True, kw_only=True):
    """A prescription, statement or administration of one or more ingredients (value set drug keys)."""

    drugs: frozenset[str]
    source: MedicationSource
    status: str
    intent: str | None = None
    draft: bool = False  # in context.draftOrders
    selected: bool = False  # draft the hook is about
    active: bool = False  # as conventions.record_selection.medication_active, end not considered
    stopped: bool = False  # status stopped (a completed interval infusion is no stop)
    completed: bool = False
    start: Day | None = None  # of the unbroken course that it renews
    own_start: Day | None = None  # its own, where that is later
    end: Day | None = None
    end_is_supply: bool = False  # the end is a supply end (dispenseRequest, bounds of an active order), not a stop
    authored: Day | None = None
    dates: tuple[Day, ...] = ()  # administrations given, or infusion days ordered (timing.event, bounds x period)
    repeats_unbounded: bool = False  # ordered dates go on without a stated end (expanded to 24 months)
    doses: tuple[Dose, ...] = ()
    reasons: frozenset[str] = frozenset()  # concept keys recognised in reasonCode / reasonReference
    reason_given: bool = False
    reason_text: str = ""
    for_prophylaxis: bool = False  # reason or instruction says prophylaxis or prevention
    stopped_as_ineffective: bool = False  # statusReason says lack of effect
    plan: bool = False  # MedicationRequest.intent plan
    unreadable: bool = False  # no ingredient could be read
    strength: Strength = UNKNOWN
    product: str = ""  # every name it goes by, the RxNorm one among them


class Vaccination(Record, frozen=True, kw_only=True):
    """An Immunization given, an order for a vaccine, or a forecast (ImmunizationRecommendation)."""

    groups: frozenset[str]
    live: bool | None  # None: the product is not known to be live or not
    date: Day | None
    draft: bool = False
    selected: bool = False
    ordered: bool = False
    forecast: str | None = None  # "due" or "overdue"


class Act(Record, frozen=True, kw_only=True):
    """A procedure, imaging study, report or order of one, known by concept and date."""

    date: Day | None
    end: Day | None = None
    done: bool = False
    in_progress: bool = False
    ordered: bool = False  # active ServiceRequest or task not yet done
    draft: bool = False
    selected: bool = False  # draft the hook is about


class Reaction(Record, frozen=True, kw_only=True):
    """An adverse reaction to a drug, from AllergyIntolerance, AdverseEvent or Condition."""

    drugs: frozenset[str]
    allergy: bool
    active: bool = True
    life_threatening: bool = False
    severe: bool = False
    mild_or_moderate: bool = False
    text: str = ""


class Patient(Struct, frozen=True, kw_only=True):
    """``sex`` is administrative gender ("male", "female", or None where other or unknown)."""

    reference: str
    birth: Day | None = None
    sex: str | None = None


AnyRecord_co = TypeVar("AnyRecord_co", covariant=True)


class Records(Struct, Generic[AnyRecord_co], frozen=True):
    """Everything usable about one concept, oldest first, and why there might be more.

    ``gaps`` empty: the query succeeded and was complete. ``NOT_FETCHED``: it failed, was cut off or never made.
    ``UNREADABLE``: at least one resource that may belong here could not be understood.
    """

    items: tuple[AnyRecord_co, ...] = ()
    gaps: frozenset[Gap] = frozenset()
