"""Feedback as clients send it, and as it is stored."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from service.errors import BadFeedbackError, BadRequestError, NestedTooDeeplyError, NotJsonError
from service.protocol.request import decode_json

Text = Annotated[str, Meta(min_length=1)]


class Accepted(Struct):
    id: Text


class Reason(Struct):
    """A listed reason; clients may add reasons of their own, and some leave out the system."""

    code: Text
    system: str | None = None


class OverrideReason(Struct, rename="camel"):
    reason: Reason | None = None
    user_comment: str | None = None


class Entry(Struct, rename="camel"):
    card: Annotated[str, Meta(min_length=1, max_length=256)]
    outcome: Literal["accepted", "overridden"]
    outcome_timestamp: Annotated[datetime, Meta(tz=True)]
    accepted_suggestions: list[Accepted] | None = None
    override_reason: OverrideReason | None = None


class Report(Struct):
    feedback: Annotated[list[Entry], Meta(min_length=1)]


_report = msgspec.json.Decoder(Report)
Row = dict[str, Any]


def decode_feedback(body: bytes) -> list[Entry]:
    """All entries, or an error that names the first one at fault: then none is stored and the client can correct it."""
    try:
        entries = decode_json(body, _report).feedback
    except (NotJsonError, NestedTooDeeplyError):
        raise
    except BadRequestError as error:
        raise BadFeedbackError(error.text, error.expression) from None
    for number, entry in enumerate(entries):
        _check(entry, f"feedback[{number}]")
    return entries


def _check(entry: Entry, where: str) -> None:
    if entry.outcome == "accepted" and not entry.accepted_suggestions:
        where = f"{where}.acceptedSuggestions"
        raise BadFeedbackError(f"`{where}` is required for the outcome accepted", where)
    try:
        entry.outcome_timestamp.astimezone(UTC)
    except OverflowError:  # the first and the last day there is, in a time zone that is ahead or behind
        where = f"{where}.outcomeTimestamp"
        raise BadFeedbackError(f"`{where}` is out of range", where) from None


def feedback_rows(tenant: str, service: str, entries: Sequence[Entry]) -> list[Row]:
    now = datetime.now(UTC)
    return [_row(tenant, service, entry, now) for entry in entries]


def _row(tenant: str, service: str, entry: Entry, now: datetime) -> Row:
    override = entry.override_reason or OverrideReason()
    reason = override.reason or Reason("")
    return {
        # Of its tenant too: else one could report first what another is about to report, and that would be dropped.
        "entry": hashlib.sha256(f"{tenant}\0{service}\0".encode() + msgspec.json.encode(entry)).hexdigest(),
        "tenant": tenant,
        "service": service,
        "card": _storable(entry.card),
        "outcome": entry.outcome,
        "accepted_suggestions": [_storable(accepted.id) for accepted in entry.accepted_suggestions or ()],
        "reason_system": _storable(reason.system),
        "reason_code": _storable(reason.code),
        "user_comment": _storable(override.user_comment),
        "outcome_at": entry.outcome_timestamp.astimezone(UTC),
        "received_at": now,
    }


def _storable(text: str | None) -> str | None:
    """``None`` for what is empty; PostgreSQL takes every character but one."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}") if text else None
