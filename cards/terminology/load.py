"""Loads and checks the value sets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cards.terminology.checks import check_keys, check_names, check_result_words, check_shared_codes
from cards.terminology.model import (
    ActConcept,
    AnswerConcept,
    ConditionConcept,
    DrugConcept,
    Item,
    LabConcept,
    ReactionConcept,
    VaccineConcept,
)
from cards.terminology.reading import (
    Additions,
    extended,
    read_additions,
    read_concepts,
    read_groups,
    read_routes,
    read_units,
    read_words,
)
from cards.terminology.terminology import Terminology
from cards.terminology.value_sets import ValueSets

_GROUPS, _LIVE_WORDS = "groups*.yaml", "words.yaml"
_FOLDERS: dict[str, tuple[type[Item], str]] = {
    "labs": (LabConcept, ""),
    "conditions": (ConditionConcept, ""),
    "acts": (ActConcept, ""),
    "reactions": (ReactionConcept, ""),
    "drugs": (DrugConcept, _GROUPS),
    "vaccines": (VaccineConcept, _LIVE_WORDS),
    "answers": (AnswerConcept, ""),
}
_EXCLUSIVE = ("labs", "drugs", "vaccines", "answers", "routes")


def load_terminology(folder: Path, site_folder: Path | None = None, *, snomed_extension: bool = False) -> Terminology:
    """All value sets, with the site's own codes and words added, and SNOMED CT beyond the Global Patient Set if wanted.

    Raises ``KnowledgeError`` with file, field and reason.
    """
    additions = read_additions(folder, site_folder, snomed=snomed_extension)
    concepts, files = _read(folder)
    for kind in _EXCLUSIVE:
        check_shared_codes(concepts[kind], files, additions.get(kind, {}))
    sets = _assembled(folder, concepts, additions)
    check_keys(sets)
    check_result_words(sets, folder / "answers/answers.yaml")
    check_names(sets, files)
    return Terminology(sets)


def _read(folder: Path) -> tuple[dict[str, Mapping[str, Any]], dict[str, Path]]:
    """The concepts as shipped by kind, and the file of each."""
    units = read_units(folder / "units.yaml")
    concepts: dict[str, Mapping[str, Any]] = {"routes": read_routes(folder / "routes.yaml")}
    files = dict.fromkeys(concepts["routes"], folder / "routes.yaml")
    for kind, (model, but) in _FOLDERS.items():
        concepts[kind], found = read_concepts(folder / kind, model, units, but)
        files |= found
    concepts["groups"], found = read_groups(sorted((folder / "drugs").glob(_GROUPS)))
    return concepts, files | found


def _assembled(
    folder: Path, concepts: Mapping[str, Mapping[str, Any]], additions: Mapping[str, Additions]
) -> ValueSets:
    whole = {kind: extended(found, additions.get(kind, {})) for kind, found in concepts.items()}
    return ValueSets(
        **whole,
        live_words=read_words(folder / "vaccines" / _LIVE_WORDS, "live", "inactivated"),
        local_words=read_words(folder / "local-forms.yaml", "local")["local"],
    )
