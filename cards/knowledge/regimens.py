"""Reads the regimens of a drug: ``regimens.yaml`` beside its ``drug.yaml``."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import cast

from cards.dosing.model import Record, RegimenFile
from cards.dosing.policy import Policy
from cards.errors import KnowledgeError
from cards.knowledge.model import ParameterEntry
from cards.knowledge.regimen_checks import faults
from cards.terminology import Terminology
from cards.yaml_files import entries, read_yaml, table, validated

FILE = "regimens.yaml"


def regimen_drugs(folders: Iterable[Path]) -> frozenset[str]:
    """The drugs that have regimens, by their headers."""
    headers = (table(read_yaml(folder / "drug.yaml")) for folder in folders if (folder / FILE).exists())
    return frozenset(str((header or {}).get("drug")) for header in headers)


def read_regimens(path: Path, terminology: Terminology, sources: Collection[str]) -> RegimenFile:
    """The checked regimens of one drug; ``sources`` are the documents of its header.

    Raises ``KnowledgeError`` with file, field and reason.
    """
    content = read_yaml(path)
    for item in _listed(content):
        validated(Record, item, path, str((table(item) or {}).get("id", "records")))
    found = validated(RegimenFile, content, path, "regimens")
    for field, reason in faults(found, terminology, sources):
        raise KnowledgeError(f"{path.parent.name}/{path.name}", field, reason)
    return found


def _listed(content: object) -> list[object]:
    """The records one by one, so that a fault is reported under the id of its record."""
    records = (table(content) or {}).get("records")
    return cast("list[object]", records) if isinstance(records, list) else []


def dose_policy(folder: Path, overrides: Mapping[str, ParameterEntry]) -> Policy:
    """How doses are compared: parameters of the chapter ``dosing``. Raises ``KnowledgeError``."""
    listed = entries(folder / "parameters.yaml", ParameterEntry, "id")
    return Policy.of({item.id: overrides.get(item.id, item).value for item in listed})
