"""Tables of the store. Changing one needs a migration beside it."""

from datetime import datetime

from sqlalchemy import JSON, DateTime, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    pass


class ShownCard(Table):
    """A card that left this service. ``statements``: id, kind, severity and state of each of its findings."""

    __tablename__ = "shown_card"

    card: Mapped[str] = mapped_column(String(64), primary_key=True)
    service: Mapped[str] = mapped_column(String(64))
    hook: Mapped[str] = mapped_column(String(64))
    indicator: Mapped[str] = mapped_column(String(16))
    statements: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    suggestions: Mapped[list[str]] = mapped_column(JSON)
    shown_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class Feedback(Table):
    """One report on one card. ``entry`` is a digest of the report, so that a repeated one is stored once.

    ``card`` is no foreign key: feedback on unknown cards is kept, and may arrive before the card was written.
    """

    __tablename__ = "feedback"

    entry: Mapped[str] = mapped_column(String(64), primary_key=True)
    service: Mapped[str] = mapped_column(String(64))
    card: Mapped[str] = mapped_column(Text, index=True)
    outcome: Mapped[str] = mapped_column(String(16))
    accepted_suggestions: Mapped[list[str]] = mapped_column(JSON)
    reason_system: Mapped[str | None] = mapped_column(Text)
    reason_code: Mapped[str | None] = mapped_column(Text)
    user_comment: Mapped[str | None] = mapped_column(Text)
    outcome_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
