"""Reading FHIR JSON that may not be valid: a wrong type is nothing, an object where a list belongs is a list of one."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from cards.chart.received import RawResource

Json = Mapping[str, Any]
NOTHING: Json = {}
_decoder = msgspec.json.Decoder(float_hook=Decimal)


def decoded(raw: RawResource) -> Json:
    """The resource as a dict with exact decimals; empty when it is not a JSON object."""
    if isinstance(raw, Mapping):
        return raw
    try:
        found: object = _decoder.decode(raw)
    except (msgspec.MsgspecError, RecursionError, ArithmeticError, ValueError):
        return NOTHING
    return found if isinstance(found, dict) else NOTHING


def objects(value: object) -> list[Json]:
    """The objects in a list, or the one object that stands where a list belongs."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, Mapping)]


def one(value: object) -> Json:
    """The object, or the first of a list that stands where one object belongs."""
    found = objects(value)
    return found[0] if found else NOTHING


def string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def codings(concept: object) -> list[tuple[str | None, str | None]]:
    """System and code of every coding of a CodeableConcept."""
    return [
        (string(coding.get("system")), string(coding.get("code"))) for coding in objects(one(concept).get("coding"))
    ]


def texts(concept: object) -> list[str]:
    """The text of a CodeableConcept and the displays of its codings."""
    found = [string(one(concept).get("text"))]
    found += [string(coding.get("display")) for coding in objects(one(concept).get("coding"))]
    return [text for text in dict.fromkeys(found) if text]


def reference(value: object) -> str | None:
    """``Type/id`` (or ``#contained``, ``urn:uuid:…``) of a Reference, without server and version."""
    found = string(one(value).get("reference"))
    if found is None or found.startswith(("#", "urn:")):
        return found
    parts = found.partition("/_history/")[0].rstrip("/").split("/")
    return "/".join(parts[-2:])


def status(resource: Json) -> str:
    return string(resource.get("status")) or ""


def coded_status(concept: object) -> str:
    """The code of a status CodeableConcept such as clinicalStatus; a plain string is accepted."""
    if isinstance(concept, str):
        return concept.strip().lower()
    codes = [code for _, code in codings(concept) if code]
    return codes[0].lower() if codes else ""


def local_reference(resource: Json) -> str:
    kind, identifier = string(resource.get("resourceType")), string(resource.get("id"))
    return f"{kind}/{identifier}" if kind and identifier else ""


def contained(resource: Json) -> Iterator[tuple[str, Json]]:
    for item in objects(resource.get("contained")):
        identifier = string(item.get("id"))
        if identifier:
            yield f"#{identifier.removeprefix('#')}", item
