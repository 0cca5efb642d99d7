"""Rules of CDS Hooks that hold for any JSON body: what may be empty, what an extension is."""

from collections.abc import Iterator
from typing import Any


def walk(value: Any, path: str = "$") -> Iterator[tuple[str, Any]]:
    """Every value in ``value`` with where it stands."""
    yield path, value
    if isinstance(value, dict):
        for name, member in value.items():
            yield from walk(member, f"{path}.{name}")
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from walk(member, f"{path}[{number}]")


def empties(body: Any, *, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Where null, an empty string, array or object stands that may not. FHIR allows null only as array padding."""
    return [path for path, value in walk(body) if value in (None, "", [], {}) and path not in allowed]


def extensions(body: Any) -> list[Any]:
    """Every CDS Hooks extension; FHIR resources inside have their own kind."""
    found: list[Any] = []
    if isinstance(body, dict):
        if "resourceType" in body:
            return []
        found = [body["extension"]] if "extension" in body else []
        return found + [item for name, member in body.items() if name != "extension" for item in extensions(member)]
    return [item for member in body for item in extensions(member)] if isinstance(body, list) else []
