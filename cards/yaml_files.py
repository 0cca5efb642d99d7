"""Reads the YAML of the knowledge files, and says which file and field is wrong."""

from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML, YAMLError

from cards.errors import KnowledgeError

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path) -> Any:
    """The content of one YAML 1.2 file (``on`` and ``no`` stay words).

    Raises ``KnowledgeError``.
    """
    reader: Any = YAML(typ="safe")
    try:
        return reader.load(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError, ValueError) as problem:
        raise KnowledgeError(path.name, "file", f"not readable YAML: {problem}") from problem


def validated(model: type[Model], content: Any, path: Path, name: str) -> Model:
    """``content`` as ``model``; floats become the decimals that were written."""
    try:
        return model.model_validate(exact(content))
    except ValidationError as problem:
        first = problem.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(path.name, f"{name}.{field}", first["msg"]) from problem


def exact(content: Any) -> Any:
    if isinstance(content, float):
        return Decimal(repr(content))
    items = table(content)
    if items is not None:
        return {key: exact(value) for key, value in items.items()}
    if isinstance(content, list):
        return [exact(value) for value in cast(list[Any], content)]
    return content


def entries(path: Path, model: type[Model], key: str) -> list[Model]:
    """A file that is a list of entries, each named by its ``key``."""
    content = read_yaml(path)
    if not isinstance(content, list):
        raise KnowledgeError(path.name, "file", "a list of entries is expected")
    return [
        validated(model, item, path, str((table(item) or {}).get(key, f"entry {position}")))
        for position, item in enumerate(cast(list[Any], content), 1)
    ]


def table(content: Any) -> dict[str, Any] | None:
    """``content`` as a mapping, or ``None`` when it is none."""
    return cast(dict[str, Any], content) if isinstance(content, dict) else None
