"""Sources and override reasons that several chapters use, each written once and named by the chapters' headers."""

from functools import cache
from pathlib import Path
from typing import Any, cast

from cards.errors import KnowledgeError
from cards.yaml_files import read_yaml, table

FOLDER = Path(__file__).parent
SHARED = {"sources": ("sources.yaml", "id"), "override_reasons": ("override-reasons.yaml", "code")}


def with_shared(header: Any, file: str) -> Any:
    """A chapter's header as it was read, with what it only names written out.

    Raises ``KnowledgeError`` where a name is unknown.
    """
    content = table(header)
    if content is None:
        return header
    return content | {field: _written_out(content[field], field, file) for field in SHARED if field in content}


def _written_out(given: Any, field: str, file: str) -> Any:
    if not isinstance(given, list):
        return given
    shared = _shared(*SHARED[field])
    found: list[Any] = []
    for item in cast(list[Any], given):
        if isinstance(item, str) and item not in shared:
            raise KnowledgeError(file, field, f"'{item}' does not stand in {SHARED[field][0]}")
        found.append(shared[item] if isinstance(item, str) else item)
    return found


@cache
def _shared(file: str, key: str) -> dict[str, Any]:
    return {entry[key]: entry for entry in read_yaml(FOLDER / file)}
