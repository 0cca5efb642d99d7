"""A finding on its way to a card."""

from dataclasses import dataclass
from typing import Literal

from cards.compose.statement_words import StatementWords
from cards.findings import Finding
from cards.knowledge.model import SEVERITIES, FindingKind, Severity

Known = Literal["missing", "not_recorded", "not_fetched", "unreadable", "unsettled", "stale", "pending"]
SCREENING: frozenset[FindingKind] = frozenset({"screening-missing", "screening-stale"})
RANKS: dict[Severity, int] = {severity: rank for rank, severity in enumerate(SEVERITIES)}


@dataclass(slots=True, eq=False)
class Point:
    """A finding, the words for it, and what is known of the tests it is about once that was asked for."""

    finding: Finding
    words: StatementWords
    tests: tuple[tuple[str, Known], ...] | None = None
