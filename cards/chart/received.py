"""What arrived for one hook call, before anything clinical is read from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Raw

RawResource = bytes | bytearray | memoryview | Raw | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Received:
    """Everything that arrived, still as raw JSON, and what did not arrive.

    ``absent`` names the resource types whose query failed, was cut off or was never made.
    ``select_all`` is set where the hook is about every draft (order-sign); else ``selections`` holds ``Type/id``.
    """

    resources: tuple[RawResource, ...]
    absent: frozenset[str]
    drafts: tuple[RawResource, ...] = ()
    selections: frozenset[str] = frozenset()
    select_all: bool = False
    patient_id: str = ""
    encounter_id: str | None = None
