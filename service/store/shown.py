"""The cards that were shown, as they are stored: what was said, and nothing about whom."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

_EXTENSION = "org.biologic-cds.card"
_KEPT = ("id", "kind", "severity", "state")  # never evidence, never the order: those are clinical data

Row = dict[str, Any]
Card = Mapping[str, Any]


def shown_rows(tenant: str, service: str, hook: str, cards: Iterable[Card], now: datetime) -> list[Row]:
    return [
        {
            "card": card["uuid"],
            "tenant": tenant,
            "service": service,
            "hook": hook,
            "indicator": card["indicator"],
            "statements": findings_of(card),
            "suggestions": [suggestion["uuid"] for suggestion in card.get("suggestions", ())],
            "shown_at": now,
        }
        for card in cards
    ]


def findings_of(card: Card) -> list[dict[str, str]]:
    """What the card reports, without the records it rests on."""
    findings = _for_machines(card).get("findings", ())
    return [{name: finding[name] for name in _KEPT if name in finding} for finding in findings]


def not_assessed_on(card: Card) -> list[dict[str, Any]]:
    """What the card says could not be assessed: statements, the facts they lack and why those are unknown."""
    return list(_for_machines(card).get("notAssessed", ()))


def _for_machines(card: Card) -> Mapping[str, Any]:
    return card.get("extension", {}).get(_EXTENSION, {})
