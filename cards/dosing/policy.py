"""The numbers that comparing doses needs; they are parameters of the chapter ``dosing``."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Self

from cards.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Policy:
    """Named as the parameters in ``cards/knowledge/dosing/parameters.yaml``."""

    body_low: Decimal
    body_high: Decimal
    interval_low: Decimal
    interval_high: Decimal
    loading_gap: Decimal
    loading_larger: Decimal
    course_gap_short: Decimal
    band_margin: Decimal  # %
    history_days: Decimal
    loading_grace_days: Decimal

    @classmethod
    def of(cls, parameters: Mapping[str, object]) -> Self:
        """Raises ``KnowledgeError`` where a number is missing."""
        found: dict[str, Decimal] = {}
        for field in fields(cls):
            value = parameters.get(field.name)
            if not isinstance(value, Decimal):
                raise KnowledgeError("dosing/parameters.yaml", field.name, "one number is needed to compare doses")
            found[field.name] = value
        return cls(**found)
