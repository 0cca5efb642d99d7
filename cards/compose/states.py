"""What is known of each test that a finding asks for. Absence is never taken or worded as a result."""

from collections.abc import Iterable
from typing import get_args

from cards.chart.records import Gap
from cards.compose.context import CardContext
from cards.compose.point import SCREENING, Known, Point
from cards.findings import Finding, State

KNOWN: tuple[Known, ...] = get_args(Known)


def tests_of(finding: Finding) -> tuple[str, ...]:
    """The tests a finding is about: those it asks for, of a bundled statement only the parts that fired.

    A missing screen that names none is about what it suggests to order.
    """
    statement = finding.statement
    asked = tuple(statement.asks)
    if statement.components:
        asked = tuple([test for test in asked if test in finding.components])
    if asked or statement.kind not in SCREENING:
        return asked
    for proposal in finding.proposals:
        if proposal.action == "order":
            return (proposal.concept,)
    return ()


def known_tests(point: Point, context: CardContext) -> tuple[tuple[str, Known], ...]:
    """The tests of a finding, each with why it does not answer."""
    if point.tests is None:
        finding = point.finding
        tests = tests_of(finding)
        stale = finding.state is State.STALE and len(tests) == 1
        point.tests = tuple([(test, _known(finding, test, stale, context)) for test in tests])
    return point.tests


def _known(finding: Finding, test: str, stale: bool, context: CardContext) -> Known:
    if test in finding.pending:
        return "pending"
    if test in finding.unreadable:
        return "unreadable"
    kind = context.phrases.terminology.kind(test)
    if _not_fetched(finding, test, kind):
        return "not_fetched"
    if stale or _on_file(test, kind, context):
        return "unsettled" if finding.statement.kind == "screening-missing" else "stale"
    return "not_recorded" if kind == "act" else "missing"


def _not_fetched(finding: Finding, test: str, kind: str | None) -> bool:
    """An act such as a review may rest on data of another name; a test is fetched under its own."""
    for missing in finding.missing:
        if missing.why is Gap.NOT_FETCHED and (kind == "act" or missing.concept == test):
            return True
    return False


def _on_file(test: str, kind: str | None, context: CardContext) -> bool:
    if kind == "lab":
        return bool(context.chart.results(test).items)
    if kind == "act":
        return any(act.done for act in context.chart.acts(test).items)
    return False


def by_state(points: Iterable[Point], context: CardContext) -> dict[Known, tuple[str, ...]]:
    """The names of the tests of several findings, each under the first state it is met in."""
    found: dict[Known, dict[str, None]] = {}
    seen: set[str] = set()
    for point in points:
        for test, known in known_tests(point, context):
            if test not in seen:
                seen.add(test)
                found.setdefault(known, {})[context.phrases.name(test, point.finding.chapter)] = None
    return {state: tuple(found[state]) for state in KNOWN if state in found}
