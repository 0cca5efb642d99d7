"""What one prefetch value means. Absent, null, empty and failed are four different things.

==========================================  ===================================================================
received                                    meaning
==========================================  ===================================================================
key absent, a string, anything unusable     never came: fetch it if that is possible
``null``                                    the client knows there is none: complete and empty
resource, Bundle (also with no entries)     complete
Bundle with a ``next`` link, or fewer       a page: follow the link if possible, else incomplete
entries than its ``total``
OperationOutcome                            the client tried and failed; asking again is what it wants to avoid
OperationOutcome (error) within a Bundle    what else is in the Bundle counts, but it is incomplete
==========================================  ===================================================================
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

import msgspec
from msgspec import Raw, Struct

from service.protocol.bundle import UNREADABLE, Bundle


class State(Enum):
    ABSENT = auto()
    COMPLETE = auto()
    PARTIAL = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """One key's share of the chart, or one page of it.

    ``holes``: something within it failed. ``matches`` of ``total``: how many of the server's hits are here.
    """

    state: State
    resources: tuple[Raw, ...] = ()
    next_page: str | None = None
    holes: bool = False
    matches: int = 0
    total: int = 0


class _Type(Struct, rename="camel"):
    resource_type: str = ""


class _Issue(Struct):
    severity: str = "error"


class _Outcome(Struct):
    issue: list[_Issue]


_received = msgspec.json.Decoder(Bundle)
_type = msgspec.json.Decoder(_Type)
_outcome = msgspec.json.Decoder(_Outcome)
_HARMLESS = frozenset({"information", "warning", "success"})
NEVER_CAME = Part(State.ABSENT)
NONE_THERE = Part(State.COMPLETE)


def interpret(value: Raw | bytes | None, expected: str, *, is_search: bool) -> Part:
    """What ``value`` holds of the ``expected`` resource type."""
    if value is None:
        return NEVER_CAME
    content = bytes(value)
    if content == b"null":
        return NONE_THERE
    try:
        received = _received.decode(content)
    except (*UNREADABLE, RecursionError):  # a string, a number, a Bundle of a shape nobody can read
        return NEVER_CAME
    if received.resource_type == "OperationOutcome":
        return Part(State.FAILED)
    if received.resource_type != "Bundle":
        return _single(Raw(content), received.resource_type, expected, is_search=is_search)
    part = answered(received)
    return _without_outcomes(part) if b'"OperationOutcome"' in content else part


def _single(resource: Raw, resource_type: str, expected: str, *, is_search: bool) -> Part:
    if resource_type != expected:
        return NEVER_CAME
    # One resource where a search was asked: it counts, but nobody said there are no others.
    return Part(State.PARTIAL if is_search else State.COMPLETE, (resource,))


def answered(bundle: Bundle) -> Part:
    """What a Bundle without any OperationOutcome holds."""
    entries = bundle.entry or []
    if not entries and not bundle.link and not bundle.total:
        return NONE_THERE
    # Longer than "null": cheaper than looking at each, and no resource is that short.
    resources = tuple([e.resource for e in entries if len(e.resource) > len("null")])
    beside = [e for e in entries if e.search is not None and e.search.mode not in (None, "match")]
    holes, matches = len(resources) < len(entries), len(entries) - len(beside)
    return _page(resources, _next_link(bundle), holes, matches, bundle.total or 0)


def _page(resources: tuple[Raw, ...], next_page: str | None, holes: bool, matches: int, total: int) -> Part:
    partial = holes or next_page is not None or matches < total
    return Part(State.PARTIAL if partial else State.COMPLETE, resources, next_page, holes, matches, total)


def joined(pages: Sequence[Part]) -> Part:
    """Several pages of one search as one part: complete only if every page came whole and nothing follows."""
    resources = tuple(resource for page in pages for resource in page.resources)
    broken = any(page.holes or page.state in (State.FAILED, State.ABSENT) for page in pages)
    if broken and not resources:
        return Part(State.FAILED)
    matches, total = sum(page.matches for page in pages), max(page.total for page in pages)
    return _page(resources, pages[-1].next_page, broken, matches, total)


def _next_link(bundle: Bundle) -> str | None:
    return next((link.url for link in bundle.link or () if link.relation == "next" and link.url), None)


def _without_outcomes(part: Part) -> Part:
    """Only the clinical resources; with holes if an OperationOutcome among the rest reports an error.

    Servers add warnings to sound answers (an ignored parameter, a disclaimer); those do not make data incomplete.
    """
    clinical: list[Raw] = []
    failed = False
    for resource in part.resources:
        if _is_outcome(resource):
            failed = failed or _reports_error(resource)
        else:
            clinical.append(resource)
    return _page(tuple(clinical), part.next_page, part.holes or failed, part.matches, part.total)


def _is_outcome(resource: Raw) -> bool:
    try:
        return _type.decode(resource).resource_type == "OperationOutcome"
    except UNREADABLE:
        return False


def _reports_error(outcome: Raw) -> bool:
    try:
        issues = _outcome.decode(outcome).issue
    except UNREADABLE:
        return True
    return not issues or any(issue.severity not in _HARMLESS for issue in issues)
