"""What all hooks have in common."""

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Raw

from service.errors import MissingFieldError


@dataclass(frozen=True, slots=True)
class Situation:
    """What the context of a call says, whichever hook it was."""

    patient_id: str
    encounter_id: str | None = None
    drafts: tuple[Raw, ...] = ()
    selections: frozenset[str] = frozenset()
    select_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """``about_orders``: an order hook has nothing to say unless a drafted order concerns our drugs."""

    name: str
    version: str  # as in the metadata table of the published hook page
    service_id: str
    title: str
    description: str
    about_orders: bool
    read_context: Callable[[Raw], Situation]


def bare_id(patient_id: str, resource_type: str) -> str:
    """``123`` from ``123`` or, as some clients send it, ``Patient/123``."""
    identifier = patient_id.removeprefix(f"{resource_type}/")
    if not identifier:
        field = f"context.{resource_type.lower()}Id"
        raise MissingFieldError(f"`{field}` is empty", field)
    return identifier
