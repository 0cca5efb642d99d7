"""What an assessment concludes."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from cards.chart.records import Gap, Record
from cards.dosing.proposal import DosePlan
from cards.knowledge.model import Action, Severity, Statement, Suggestion, Words
from cards.logic.values import Missing


class State(StrEnum):
    """Why a finding fired."""

    PRESENT = "present"  # the record shows it
    MISSING = "missing"
    STALE = "stale"
    PENDING = "pending"  # ordered, awaiting result
    UNREADABLE = "unreadable"


class Verdict(StrEnum):
    FIRED = "fired"
    SILENT = "silent"
    UNKNOWN = "unknown"
    NOT_IN_SCOPE = "not in scope"
    SUPERSEDED = "superseded"


class Proposal(Struct, frozen=True):
    """A suggestion whose conditions hold and whose dates and doses have been worked out.

    ``concept`` is the test, referral, drug, vaccine group, route or condition it is about; ``day``, ``dose_mg``,
    ``days`` between doses and a whole dose ``plan`` are set where the suggestion computes them.
    """

    action: Action
    suggestion: Suggestion
    concept: str = ""
    day: date | None = None
    dose_mg: Decimal | None = None
    days: int | None = None
    plan: DosePlan | None = None


class Finding(Struct, frozen=True):
    """A statement that fired for one drug and order."""

    statement: Statement
    chapter: str
    drug: str  # the drafted drug it is about, else what its chapter is about
    severity: Severity
    state: State
    order: str | None  # "MedicationRequest/123": the draft order it is about
    evidence: tuple[Record, ...] = ()
    missing: tuple[Missing, ...] = ()
    components: tuple[str, ...] = ()  # what of a bundled statement fired
    pending: tuple[str, ...] = ()  # asked tests that are ordered, awaiting result
    unreadable: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()


class NotAssessed(Struct, frozen=True):
    """A statement in scope that could not be decided and that no finding already reports."""

    statement: Statement
    chapter: str
    drug: str
    missing: tuple[str, ...]
    why: Gap
    note: str | Words | None = None


class Explanation(Struct, frozen=True, eq=False):
    """What became of one statement: for the command line and the evidence page."""

    statement: Statement
    chapter: str
    drug: str
    verdict: Verdict
    why: str
    evidence: tuple[Record, ...] = ()
    missing: tuple[Missing, ...] = ()
    finding: Finding | None = None


class Assessment(Struct, frozen=True):
    """All findings of one call, most severe first, and what could not be assessed."""

    findings: tuple[Finding, ...] = ()
    not_assessed: tuple[NotAssessed, ...] = ()
    explanations: tuple[Explanation, ...] = ()
