"""Reading FHIR JSON that may not be valid: a wrong type is nothing, an object where a list belongs is a list of one."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

import msgspec

from cards.chart.received import RawResource

Json = Mapping[str, Any]
NOTHING: Json = {}
_decoder = msgspec.json.Decoder(float_hook=Decimal)


def decoded(raw: RawResource) -> Json:
    """The resource as a dict with exact decimals; empty when it is not a JSON object."""
    if isinstance(raw, Mapping):
        return raw
    found = parsed(raw)
    return cast(Json, found) if isinstance(found, dict) else NOTHING


def parsed(raw: bytes | bytearray | memoryview | msgspec.Raw) -> object:
    """Any JSON value; ``None`` when it is none."""
    try:
        return _decoder.decode(raw)
    except (msgspec.MsgspecError, RecursionError, ArithmeticError, ValueError):
        return None


def objects(value: object) -> list[Json]:
    """The objects in a list, or the one object that stands where a list belongs.

    JSON objects are dicts: asking for ``Mapping`` instead would cost ten times as much, a hundred times a resource.
    """
    if value is None:
        return []
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)]  # type: ignore[unknown]
    return [value] if isinstance(value, dict) else []  # type: ignore[unknown]


def one(value: object) -> Json:
    """The object, or the first of a list that stands where one object belongs."""
    if isinstance(value, dict):
        return value  # type: ignore[unknown]
    found = objects(value) if value is not None else None
    return found[0] if found else NOTHING


def string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def strings(value: object) -> list[str]:
    """The strings in a list, or the one string that stands where a list belongs."""
    if value is None:
        return []
    items = cast(list[Any], value) if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def codings(concept: object) -> list[tuple[str | None, str | None]]:
    """System and code of every coding of a CodeableConcept."""
    if not concept:
        return []
    listed = objects(one(concept).get("coding"))
    return [(string(coding.get("system")), string(coding.get("code"))) for coding in listed]


def texts(concept: object) -> list[str]:
    """The text of a CodeableConcept and the displays of its codings; a plain string is its own text."""
    if not concept:
        return []
    if isinstance(concept, str):
        return [concept] if concept.strip() else []
    content = one(concept)
    found = dict.fromkeys([string(content.get("text"))])
    for coding in objects(content.get("coding")):
        found[string(coding.get("display"))] = None
    return [text for text in found if text]


def wording(concept: object) -> str:
    """One name for a CodeableConcept: its text, else a display, else a code."""
    said = texts(concept) or [code for _, code in codings(concept) if code]
    return said[0] if said else ""


def short_reference(reference: str) -> str:
    """``Type/id`` without server and version; contained and ``urn:`` references stay as they are."""
    if reference.startswith(("#", "urn:")):
        return reference
    parts = reference.partition("/_history/")[0].rstrip("/").split("/")
    return "/".join(parts[-2:])


def reference(value: object) -> str | None:
    found = string(one(value).get("reference"))
    return None if found is None else short_reference(found)


def status(resource: Json) -> str:
    return (string(resource.get("status")) or "").strip().lower()


def coded_status(concept: object) -> str:
    """The code of a status CodeableConcept such as clinicalStatus; a plain string or a text is accepted."""
    if isinstance(concept, str):
        return concept.strip().lower()
    codes = [code for _, code in codings(concept) if code] or texts(concept)
    return codes[0].strip().lower() if codes else ""


def local_reference(resource: Json) -> str:
    """``Type/id``; empty where the resource has no identity."""
    kind, identifier = string(resource.get("resourceType")), string(resource.get("id"))
    return f"{kind}/{identifier}" if kind and identifier else ""


def contained(resource: Json) -> Iterator[tuple[str, Json]]:
    """Contained resources under the name by which they are referred to."""
    for item in objects(resource.get("contained")):
        identifier = string(item.get("id"))
        yield f"#{identifier.removeprefix('#')}" if identifier else "", item


def notes(resource: Json) -> list[str]:
    return [text for note in objects(resource.get("note")) if (text := string(note.get("text")))]
