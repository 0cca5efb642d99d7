"""Reads the files of the value sets."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar, cast

from cards.errors import KnowledgeError
from cards.terminology.model import DrugGroup, Extension, Item, RouteWords
from cards.yaml_files import entries, exact, read_yaml, table, validated

Kind = TypeVar("Kind", bound=Item)
Units = Mapping[str, Mapping[str, Decimal]]
Additions = Mapping[str, list[tuple[Path, Extension]]]
KINDS = ("labs", "conditions", "acts", "reactions", "drugs", "vaccines", "answers", "routes")


def read_units(path: Path) -> dict[str, dict[str, Decimal]]:
    """Tables of factors: one of a written unit is so many of the canonical one."""
    return {name: _factors(factors, path, name) for name, factors in _named(path).items()}


def _factors(content: Any, path: Path, name: str) -> dict[str, Decimal]:
    factors = table(content)
    if not factors:
        raise KnowledgeError(path.name, name, "a table of units and factors is expected")
    return {str(unit): _factor(value, path, f"{name}.{unit}") for unit, value in factors.items()}


def _factor(value: Any, path: Path, field: str) -> Decimal:
    try:
        factor = Decimal(str(exact(value)))
    except InvalidOperation as problem:
        raise KnowledgeError(path.name, field, f"'{value}' is not a number") from problem
    if not factor.is_finite() or factor <= 0:
        raise KnowledgeError(path.name, field, f"'{value}' is not a positive number")
    return factor


def read_concepts(
    folder: Path, model: type[Kind], units: Units, but: str = ""
) -> tuple[dict[str, Kind], dict[str, Path]]:
    """The concepts of a folder by key, and the file of each."""
    found: dict[str, Kind] = {}
    files: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yaml")):
        if but and path.match(but):
            continue
        for position, item in enumerate(_listed(path)):
            name = str((table(item) or {}).get("key", position))
            entry = validated(model, _with_units(item, units, path, name), path, name)
            if name in found:
                raise KnowledgeError(path.name, name, "stands twice")
            found[name], files[name] = entry, path
    return found, files


def read_groups(paths: Iterable[Path]) -> tuple[dict[str, DrugGroup], dict[str, Path]]:
    """The drug groups by key, and the file of each."""
    found: dict[str, DrugGroup] = {}
    files: dict[str, Path] = {}
    for path in paths:
        for group in entries(path, DrugGroup, "key"):
            if group.key in found:
                raise KnowledgeError(path.name, group.key, "stands twice")
            found[group.key], files[group.key] = group, path
    return found, files


def _listed(path: Path) -> list[Any]:
    content = read_yaml(path)
    if content is not None and not isinstance(content, list):
        raise KnowledgeError(path.name, "file", "a list of entries is expected")
    return cast(list[Any], content or [])


def _with_units(item: Any, units: Units, path: Path, name: str) -> Any:
    content = table(item)
    if content is None or "units" not in content:
        return item
    factors = units.get(str(content["units"]))
    if factors is None:
        raise KnowledgeError(path.name, f"{name}.units", f"'{content['units']}' is not a table of units.yaml")
    if factors.get(str(content.get("unit"))) != 1:
        raise KnowledgeError(
            path.name, f"{name}.unit", f"'{content.get('unit')}' is not the canonical unit of its table"
        )
    return {**content, "units": dict(factors)}


def read_additions(
    folder: Path, site: Path | None, *, snomed: bool
) -> dict[str, dict[str, list[tuple[Path, Extension]]]]:
    """What the SNOMED CT extension and the site add, by kind and concept; the file's name is the kind."""
    found: dict[str, dict[str, list[tuple[Path, Extension]]]] = {}
    for source in [*([folder / "snomed_extension"] if snomed else []), *([site] if site else [])]:
        for path in sorted(source.glob("*.yaml")):
            if path.stem not in KINDS:
                raise KnowledgeError(path.name, "file", f"the file's name must be one of {', '.join(KINDS)}")
            for entry in entries(path, Extension, "key"):
                found.setdefault(path.stem, {}).setdefault(entry.key, []).append((path, entry))
    return found


def extended(concepts: Mapping[str, Any], additions: Additions) -> dict[str, Any]:
    """The concepts with the added codes and words."""
    complete = dict(concepts)
    for key, added in additions.items():
        for path, entry in added:
            if key not in complete:
                raise KnowledgeError(path.name, key, "codes are added to a concept that does not exist")
            complete[key] = _with(complete[key], entry)
    return complete


def _with(concept: Any, entry: Extension) -> Any:
    codes = {system: list(values) for system, values in concept.codes.items()}
    for system, values in entry.codes.items():
        codes.setdefault(system, []).extend(values)
    return concept.model_copy(update={"codes": codes, "text": [*concept.text, *entry.text]})


def read_words(path: Path, *names: str) -> dict[str, list[str]]:
    """Lists of words by name."""
    content = _named(path)
    for name, words in content.items():
        if name not in names:
            raise KnowledgeError(path.name, name, f"the lists are {', '.join(names)}")
        if not isinstance(words, list):
            raise KnowledgeError(path.name, name, "a list of words is expected")
    return {name: [str(word) for word in content.get(name, [])] for name in names}


def read_routes(path: Path) -> dict[str, RouteWords]:
    return {name: validated(RouteWords, item, path, name) for name, item in _named(path).items()}


def _named(path: Path) -> dict[str, Any]:
    content = table(read_yaml(path))
    if content is None:
        raise KnowledgeError(path.name, "file", "a table is expected")
    return {str(name): item for name, item in content.items()}
