"""The file that names who may call. Checked at the start, so that a mistake shows there and not at a bedside."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError
from ruamel.yaml import YAML, YAMLError

from service.trust.entry import Entry
from service.trust.tenant import DEMO


class TenantsError(Exception):
    """A tenants file that must not be used. Stops the start."""

    def __init__(self, file: str, field: str, reason: str) -> None:
        super().__init__(f"{file}: {field}: {reason}")
        self.file = file
        self.field = field
        self.reason = reason


def read_tenants(path: Path) -> Sequence[Entry]:
    """The tenants, with file names in them relative to ``path``. Raises ``TenantsError``."""
    members = _members(path)
    entries = [_entry(path, member, number) for number, member in enumerate(members, 1)]
    _check_unique(path, "id", (entry.id for entry in entries))
    _check_unique(path, "issuer", (f"{entry.issuer} for {entry.tenant or entry.id}" for entry in entries))
    if any(entry.id == DEMO for entry in entries):
        raise TenantsError(path.name, f"{DEMO}.id", "the name is taken by the demo mode")
    return entries


def _members(path: Path) -> list[Any]:
    reader: Any = YAML(typ="safe", pure=True)  # the other parser wants quotes around addresses in brackets
    try:
        content = reader.load(path.read_text(encoding="utf-8"))
    except (YAMLError, OSError, ValueError) as problem:
        raise TenantsError(path.name, "file", f"not readable YAML: {problem}") from problem
    match content:
        case {"tenants": [_, *_], **others} if not others:
            return cast(dict[str, list[Any]], content)["tenants"]
        case _:
            raise TenantsError(path.name, "tenants", "one list `tenants` is needed, with at least one entry")


def _entry(path: Path, member: Any, number: int) -> Entry:
    try:
        entry = Entry.model_validate(member)
    except ValidationError as problem:
        first = problem.errors()[0]
        name = cast(dict[str, Any], member).get("id", number) if isinstance(member, dict) else number
        raise TenantsError(path.name, ".".join(map(str, (name, *first["loc"]))), first["msg"]) from problem
    files = {"jwks_file": entry.jwks_file, "ca_file": entry.ca_file}
    return entry.model_copy(update={name: path.parent / file for name, file in files.items() if file is not None})


def _check_unique(path: Path, field: str, values: Iterable[str]) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            raise TenantsError(path.name, field, f"{value} comes {times} times")
