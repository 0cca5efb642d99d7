"""Reads and checks the value sets."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from cards.errors import KnowledgeError
from cards.terminology.model import (
    ActConcept,
    AnswerConcept,
    Concept,
    ConditionConcept,
    DrugConcept,
    DrugGroup,
    Extension,
    Item,
    LabConcept,
    ReactionConcept,
    RouteWords,
    VaccineConcept,
)
from cards.terminology.terminology import Terminology, ValueSets
from cards.yaml_files import entries, exact, read_yaml, table, validated

Kind = TypeVar("Kind", bound=Item)
FOLDERS: dict[str, type[Concept]] = {
    "labs": LabConcept,
    "conditions": ConditionConcept,
    "acts": ActConcept,
    "reactions": ReactionConcept,
}


def load_terminology(folder: Path, site_folder: Path | None = None, *, snomed_extension: bool = False) -> Terminology:
    """All value sets, with the site's own codes and words added, and SNOMED CT beyond the Global Patient Set if wanted.

    Raises ``KnowledgeError`` with file, field and reason.
    """
    units = _units(folder / "units.yaml")
    additions = _additions(folder, site_folder, snomed_extension)
    concepts = {name: _concepts(folder / name, model, units) for name, model in FOLDERS.items()}
    drugs = _concepts(folder / "drugs", DrugConcept, units, but="groups.yaml")
    sets = ValueSets(
        labs=_extended(concepts["labs"], additions.get("labs", {})),
        conditions=_extended(concepts["conditions"], additions.get("conditions", {})),
        acts=_extended(concepts["acts"], additions.get("acts", {})),
        reactions=_extended(concepts["reactions"], additions.get("reactions", {})),
        drugs=_extended(drugs, additions.get("drugs", {})),
        vaccines=_extended(
            _concepts(folder / "vaccines", VaccineConcept, units, but="words.yaml"), additions.get("vaccines", {})
        ),
        groups={group.key: group for group in entries(folder / "drugs/groups.yaml", DrugGroup, "key")},
        answers=_answers(folder / "answers/answers.yaml", additions.get("answers", {})),
        live_words=_word_lists(folder / "vaccines/words.yaml"),
        routes=_extended(_routes(folder / "routes.yaml"), additions.get("routes", {})),
    )
    _check(sets, folder)
    return Terminology(sets)


def _units(path: Path) -> dict[str, dict[str, Decimal]]:
    content = table(exact(read_yaml(path)))
    if content is None:
        raise KnowledgeError(path.name, "file", "a table of units is expected")
    return {name: {str(u): Decimal(f) for u, f in factors.items()} for name, factors in content.items()}


def _concepts(
    folder: Path, model: type[Kind], units: Mapping[str, Mapping[str, Decimal]], but: str = ""
) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == but:
            continue
        for position, item in enumerate(read_yaml(path) or []):
            name = str((table(item) or {}).get("key", position))
            entry = validated(model, _with_units(item, units, path, name), path, name)
            if name in found:
                raise KnowledgeError(path.name, name, "stands twice")
            found[name] = entry
    return found


def _with_units(item: Any, units: Mapping[str, Mapping[str, Decimal]], path: Path, name: str) -> Any:
    content = table(item)
    if content is None or not isinstance(content.get("units"), str):
        return item
    factors = units.get(content["units"])
    if factors is None:
        raise KnowledgeError(path.name, f"{name}.units", f"'{content['units']}' is not a table of units.yaml")
    if factors.get(str(content.get("unit"))) != 1:
        raise KnowledgeError(
            path.name, f"{name}.unit", f"'{content.get('unit')}' is not the canonical unit of its table"
        )
    return {**content, "units": dict(factors)}


def _additions(folder: Path, site: Path | None, snomed: bool) -> dict[str, dict[str, list[Extension]]]:
    """What the SNOMED extension and the site add, by kind and concept."""
    found: dict[str, dict[str, list[Extension]]] = {}
    sources = [folder / "snomed_extension"] if snomed else []
    for source in [*sources, *([site] if site else [])]:
        for path in sorted(source.glob("*.yaml")):
            for entry in entries(path, Extension, "key"):
                found.setdefault(path.stem, {}).setdefault(entry.key, []).append(entry)
    return found


def _extended(concepts: Mapping[str, Any], additions: Mapping[str, list[Extension]]) -> dict[str, Any]:
    extended = dict(concepts)
    for key, entries_ in additions.items():
        if key not in extended:
            raise KnowledgeError("value_sets", key, "codes are added to a concept that does not exist")
        codes = {system: list(values) for system, values in extended[key].codes.items()}
        for entry in entries_:
            for system, values in entry.codes.items():
                codes.setdefault(system, []).extend(values)
        extended[key] = extended[key].model_copy(update={"codes": codes})
    return extended


def _answers(path: Path, additions: Mapping[str, list[Extension]]) -> dict[str, AnswerConcept]:
    return _extended({entry.key: entry for entry in entries(path, AnswerConcept, "key")}, additions)


def _word_lists(path: Path) -> dict[str, list[str]]:
    content = read_yaml(path)
    return {str(key): [str(word) for word in words] for key, words in content.items()}


def _routes(path: Path) -> dict[str, RouteWords]:
    return {str(key): validated(RouteWords, item, path, str(key)) for key, item in read_yaml(path).items()}


def _check(sets: ValueSets, folder: Path) -> None:
    """Keys mean one thing, and groups have members that exist."""
    seen: dict[str, str] = {}
    for kind, keys in sets.keys_by_kind():
        for key in keys:
            if key in seen and {seen[key], kind} != {"vaccine", "vaccine group"}:
                raise KnowledgeError(str(folder.name), key, f"is both a {seen[key]} and a {kind}")
            seen[key] = kind
    _check_members(
        (group.key, member) for group in sets.groups.values() for member in group.members if member not in sets.drugs
    )


def _check_members(strangers: Iterable[tuple[str, str]]) -> None:
    for group, member in strangers:
        raise KnowledgeError("groups.yaml", group, f"'{member}' is not a drug")
