"""Tables of the store. Changing one needs a migration beside it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Float, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    pass


class ShownCard(Table):
    """A card that went to ``tenant``. ``statements``: id, kind, severity and state of each of its findings."""

    __tablename__ = "shown_card"

    card: Mapped[str] = mapped_column(String(64), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    service: Mapped[str] = mapped_column(String(64))
    hook: Mapped[str] = mapped_column(String(64))
    indicator: Mapped[str] = mapped_column(String(16))
    statements: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    suggestions: Mapped[list[str]] = mapped_column(JSON)
    shown_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class Feedback(Table):
    """One report on one card. ``entry`` is a digest of the report, so that a repeated one is stored once.

    ``card`` is no foreign key: feedback on unknown cards is kept, and may arrive before the card was written. It
    belongs to a card only if it comes from the tenant that the card went to.
    """

    __tablename__ = "feedback"

    entry: Mapped[str] = mapped_column(String(64), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    service: Mapped[str] = mapped_column(String(64))
    card: Mapped[str] = mapped_column(Text, index=True)
    outcome: Mapped[str] = mapped_column(String(16))
    accepted_suggestions: Mapped[list[str]] = mapped_column(JSON)
    reason_system: Mapped[str | None] = mapped_column(Text)
    reason_code: Mapped[str | None] = mapped_column(Text)
    user_comment: Mapped[str | None] = mapped_column(Text)
    outcome_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class UsedToken(Table):
    """A token that came with a call, as a digest of tenant and id. ``expires_at``: seconds since 1970, as in tokens."""

    __tablename__ = "used_token"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[float] = mapped_column(Float, index=True)


class AuditEntry(Table):
    """One call of a caller that was let in. No values, no records, no orders.

    ``outcome``: ``answered``, or the code of the error. ``patient``: a keyed digest, if a key is configured.
    ``fired``: id, kind, severity and state of the findings on cards. ``unknown``: what could not be assessed, and why.
    """

    __tablename__ = "audit"

    call: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    tenant: Mapped[str] = mapped_column(String(64))
    request_id: Mapped[str] = mapped_column(String(64))
    hook_instance: Mapped[str | None] = mapped_column(String(36))
    service: Mapped[str] = mapped_column(String(64))
    hook: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(64))
    patient: Mapped[str | None] = mapped_column(String(64))
    cards: Mapped[int] = mapped_column(Integer)
    fired: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    unknown: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    knowledge: Mapped[str] = mapped_column(String(64))
