"""Medication resources that orders and records only point at.

An order may name its drug by ``medicationReference``. If that Medication is neither contained nor sent along, the drug
is unknown; it is read from the client's server so that the order is not overlooked.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Raw, Struct

from service.protocol.bundle import UNREADABLE

_NEEDLE = b'"medicationReference"'
MOST = 50  # more than this many separate reads would eat the time budget of everything else


class _Pointer(Struct):
    reference: str | None = None


class _Pointing(Struct, rename="camel"):
    resource_type: str = ""
    id: str = ""
    medication_reference: _Pointer | None = None


_pointing = msgspec.json.Decoder(_Pointing)


def pointed_at(orders: Iterable[Raw], sent: Iterable[Raw]) -> tuple[Raw, ...]:
    """The Medications among ``sent`` that ``orders`` name by reference."""
    wanted = frozenset(unresolved(orders))
    return tuple(resource for resource in sent if _medication(resource) in wanted) if wanted else ()


def unresolved(orders: Iterable[Raw], known: Iterable[Raw] = ()) -> tuple[str, ...]:
    """``Medication/id`` of each relative reference in ``orders`` that nothing in ``orders`` or ``known`` resolves."""
    wanted: dict[str, None] = {}
    held: set[str] = set()
    for resource in orders:
        _note(resource, wanted, held)
    if wanted:
        held |= {reference for resource in known if (reference := _medication(resource))}
    return tuple(reference for reference in wanted if reference not in held)[:MOST]


def _note(resource: Raw, wanted: dict[str, None], held: set[str]) -> None:
    if reference := _medication(resource):
        held.add(reference)
    elif _NEEDLE in bytes(resource) and (reference := _target(resource)):
        wanted[reference] = None


def _medication(resource: Raw) -> str | None:
    content = bytes(resource)
    if b'"Medication"' not in content:
        return None
    header = _header(content)
    return f"Medication/{header.id}" if header is not None and header.resource_type == "Medication" else None


def _target(resource: Raw) -> str | None:
    header = _header(resource)
    if header is None or header.medication_reference is None:
        return None
    reference = header.medication_reference.reference or ""
    kind, _, identifier = reference.partition("/")
    return reference if kind == "Medication" and identifier and "/" not in identifier else None


def _header(resource: Raw | bytes) -> _Pointing | None:
    try:
        return _pointing.decode(resource)
    except UNREADABLE:
        return None
