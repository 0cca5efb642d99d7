"""What is known of each test that a finding asks for. Absence is never taken or worded as a result."""

from collections.abc import Iterable
from typing import Literal

from cards.chart.records import Gap
from cards.compose.context import CardContext
from cards.compose.grouping import SCREENING
from cards.findings import Finding, State

Known = Literal["missing", "not_recorded", "not_fetched", "unreadable", "unsettled", "stale", "pending"]
KNOWN: tuple[Known, ...] = ("missing", "not_recorded", "not_fetched", "unreadable", "unsettled", "stale", "pending")


def tests_of(finding: Finding) -> tuple[str, ...]:
    """The tests a finding is about: those it asks for, of a bundled statement only the parts that fired.

    A missing screen that names none is about what it suggests to order.
    """
    statement = finding.statement
    asked = tuple(t for t in statement.asks if not statement.components or t in finding.components)
    if asked or statement.kind not in SCREENING:
        return asked
    return tuple(p.concept for p in finding.proposals if p.action == "order")[:1]


def known_of(finding: Finding, test: str, context: CardContext) -> Known:
    """Why the test does not answer."""
    if test in finding.pending:
        return "pending"
    if test in finding.unreadable:
        return "unreadable"
    if _not_fetched(finding, test, context):
        return "not_fetched"
    if (finding.state is State.STALE and len(tests_of(finding)) == 1) or _on_file(test, context):
        return "unsettled" if finding.statement.kind == "screening-missing" else "stale"
    return "not_recorded" if context.knowledge.terminology.kind(test) == "act" else "missing"


def _not_fetched(finding: Finding, test: str, context: CardContext) -> bool:
    """An act such as a review may rest on data of another name; a test is fetched under its own."""
    absent = {missing.concept for missing in finding.missing if missing.why is Gap.NOT_FETCHED}
    return test in absent or (bool(absent) and context.knowledge.terminology.kind(test) == "act")


def _on_file(test: str, context: CardContext) -> bool:
    match context.knowledge.terminology.kind(test):
        case "lab":
            return bool(context.chart.results(test).items)
        case "act":
            return any(act.done for act in context.chart.acts(test).items)
        case _:
            return False


def by_state(findings: Iterable[Finding], context: CardContext) -> dict[Known, tuple[str, ...]]:
    """The names of the tests of several findings, each under the first state it is met in."""
    found: dict[Known, dict[str, None]] = {state: {} for state in KNOWN}
    seen: set[str] = set()
    for finding in findings:
        for test in tests_of(finding):
            if test not in seen:
                seen.add(test)
                found[known_of(finding, test, context)][context.name(test, finding.chapter)] = None
    return {state: tuple(names) for state, names in found.items() if names}
