"""A hospital's own values for the parameters that are proposals of this service, not of a source."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import AliasChoices, Field, StrictBool

from cards.errors import KnowledgeError
from cards.knowledge.model import Entry, ParameterEntry
from cards.yaml_files import entries


class SiteParameter(Entry):
    """One changed parameter: who decided it, why, and until when it holds."""

    chapter: str = Field(validation_alias=AliasChoices("drug", "chapter"))
    id: str
    value: StrictBool | Decimal | list[Decimal] | None
    owner: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    review_by: date | None = None


def site_parameters(site: Path | None, folders: Iterable[Path]) -> dict[str, dict[str, ParameterEntry]]:
    """The site's parameters by chapter folder; empty without a site file.

    Raises ``KnowledgeError`` where one is unknown, is not a proposal, or has another shape than the original.
    """
    path = site / "parameters.yaml" if site else None
    if path is None or not path.exists():
        return {}
    originals = {folder.name: _originals(folder) for folder in folders}
    found: dict[str, dict[str, ParameterEntry]] = {}
    for entry in entries(path, SiteParameter, "id"):
        original = originals.get(entry.chapter, {}).get(entry.id)
        found.setdefault(entry.chapter, {})[entry.id] = _changed(entry, original, path)
    return found


def _originals(folder: Path) -> Mapping[str, ParameterEntry]:
    path = folder / "parameters.yaml"
    return {item.id: item for item in entries(path, ParameterEntry, "id")} if path.exists() else {}


def _changed(entry: SiteParameter, original: ParameterEntry | None, path: Path) -> ParameterEntry:
    if original is None:
        raise KnowledgeError(path.name, entry.id, f"'{entry.chapter}' has no such parameter")
    if original.origin != "proposal":
        raise KnowledgeError(path.name, entry.id, f"comes from its source ({original.locator}) and cannot be changed")
    if entry.value is not None and isinstance(entry.value, list) != isinstance(original.value, list):
        raise KnowledgeError(path.name, entry.id, "has another number of values than the original")
    if isinstance(original.value, bool) != isinstance(entry.value, bool):
        raise KnowledgeError(path.name, entry.id, "has to be true or false exactly where the original is")
    values = entry.value if isinstance(entry.value, list) else [entry.value]
    if any(value is not None and value < 0 for value in values):
        raise KnowledgeError(path.name, entry.id, "must not be negative")
    return original.model_copy(update={"value": entry.value, "note": f"{entry.owner}: {entry.reason}"})
