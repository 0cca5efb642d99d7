"""Feedback as clients send it, and as it is stored."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from service.errors import BadFeedbackError, BadRequestError, NotJsonError
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
    card: Text
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
    except NotJsonError:
        raise
    except BadRequestError as error:
        raise BadFeedbackError(error.text, error.expression) from None
    for number, entry in enumerate(entries):
        if entry.outcome == "accepted" and not entry.accepted_suggestions:
            where = f"feedback[{number}].acceptedSuggestions"
            raise BadFeedbackError(f"`{where}` is required for the outcome accepted", where)
    return entries


def feedback_rows(service: str, entries: Sequence[Entry]) -> list[Row]:
    now = datetime.now(UTC)
    return [_row(service, entry, now) for entry in entries]


def _row(service: str, entry: Entry, now: datetime) -> Row:
    override = entry.override_reason or OverrideReason()
    reason = override.reason
    return {
        "entry": hashlib.sha256(service.encode() + b"\0" + msgspec.json.encode(entry)).hexdigest(),
        "service": service,
        "card": entry.card,
        "outcome": entry.outcome,
        "accepted_suggestions": [accepted.id for accepted in entry.accepted_suggestions or ()],
        "reason_system": reason.system if reason else None,
        "reason_code": reason.code if reason else None,
        "user_comment": override.user_comment or None,
        "outcome_at": entry.outcome_timestamp.astimezone(UTC),
        "received_at": now,
    }
