"""Draft orders and which of them are selected, as order-select and order-sign send them.

Real clients send Bundles without ``type``, entries that are not valid FHIR and resource types nobody listed.
Everything is passed on raw; what cannot concern us is ignored later, where orders are read.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Raw, Struct

from service.errors import BadRequestError
from service.protocol.bundle import ABSENT, UNREADABLE
from service.protocol.request import present


class Entry(Struct, rename="camel"):
    resource: Raw = ABSENT
    full_url: Raw = ABSENT


class DraftOrders(Struct, rename="camel"):
    entry: list[Entry] | None = None
    resource_type: str | None = None


class _Identity(Struct, rename="camel"):
    resource_type: str = ""
    id: str = ""


_identity = msgspec.json.Decoder(_Identity)


def draft_resources(bundle: DraftOrders | None) -> tuple[Raw, ...]:
    if bundle is None:
        return ()
    if bundle.resource_type not in (None, "Bundle"):
        raise BadRequestError("context.draftOrders must be a Bundle", "context.draftOrders")
    return tuple(entry.resource for entry in bundle.entry or () if present(entry.resource))


def selected(selections: Iterable[str], bundle: DraftOrders | None) -> frozenset[str]:
    """The selections as ``Type/id``. Also understood: a bare id, an absolute reference and an entry's ``fullUrl``."""
    names = _names(bundle)
    return frozenset(names.get(item) or names.get("/".join(item.split("/")[-2:])) or item for item in selections)


def _names(bundle: DraftOrders | None) -> dict[str, str]:
    names: dict[str, str] = {}
    for entry in (bundle.entry or ()) if bundle else ():
        reference, identifier = _reference(entry.resource)
        if reference:
            names[reference] = reference
            # Two drafts of different types may share an id: only Type/id tells them apart.
            names[identifier] = reference if identifier not in names else ""
            names |= dict.fromkeys(_full_url(entry), reference)
    return names


def _full_url(entry: Entry) -> Iterable[str]:
    if not present(entry.full_url):
        return ()
    try:
        url = msgspec.json.decode(entry.full_url)
    except UNREADABLE:
        return ()
    return (url,) if isinstance(url, str) else ()


def _reference(resource: Raw) -> tuple[str, str]:
    try:
        identity = _identity.decode(resource)
    except UNREADABLE:  # no resource, or an id that is no string: nothing can refer to it
        return "", ""
    if not identity.resource_type or not identity.id:
        return "", ""
    return f"{identity.resource_type}/{identity.id}", identity.id
