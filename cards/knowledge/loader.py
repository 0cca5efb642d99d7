"""Loads everything under ``cards/knowledge`` once, at start."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from cards.dosing.compiling import compile_doses
from cards.dosing.doses import DrugDoses
from cards.dosing.policy import Policy
from cards.errors import KnowledgeError
from cards.knowledge.chapter import HEADERS, Chapter, load_chapter
from cards.knowledge.model import ParameterEntry, SourceEntry, Words
from cards.knowledge.regimens import dose_policy, regimen_drugs
from cards.knowledge.site import site_parameters
from cards.knowledge.statements import CompiledStatement
from cards.terminology import Terminology, load_terminology

FOLDER = Path(__file__).parent
Parameters = ParamSpec("Parameters")
Loaded = TypeVar("Loaded")
DOSING = "dosing"  # the chapter about doses, and its folder


@dataclass(frozen=True)
class Knowledge:
    """Value sets and all chapters, compiled; ``version`` changes whenever a file or a site's setting does."""

    terminology: Terminology
    chapters: Mapping[str, Chapter]
    version: str
    regimens: Mapping[str, DrugDoses] = field(default_factory=dict[str, DrugDoses])  # by drug
    dose_policy: Policy | None = None

    def statement(self, identifier: str) -> CompiledStatement | None:
        chapter = self.chapter_of(identifier)
        return chapter.statements[identifier] if chapter else None

    def chapter_of(self, identifier: str) -> Chapter | None:
        return self._chapters_by_statement.get(identifier)

    @cached_property
    def _chapters_by_statement(self) -> dict[str, Chapter]:
        return {identifier: chapter for chapter in self.chapters.values() for identifier in chapter.statements}

    def about_drafts(self, drugs: Iterable[str], triggers: frozenset[str]) -> list[Chapter]:
        """The chapters that drafts of these drugs, or these other drafted items, bring up, in their order."""
        places = {place for drug in drugs for place in self._places_by_drug.get(drug, ())}
        if triggers:
            places.update(n for n, chapter in enumerate(self._in_order) if not chapter.triggers.isdisjoint(triggers))
        return [self._in_order[place] for place in sorted(places)]

    @cached_property
    def _in_order(self) -> tuple[Chapter, ...]:
        return tuple(self.chapters.values())

    @cached_property
    def _places_by_drug(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, chapter in enumerate(self._in_order):
            for drug in chapter.drugs:
                found.setdefault(drug, []).append(place)
        return found

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Drafted items other than drugs that bring up statements of some chapter."""
        return frozenset(name for chapter in self.chapters.values() for name in chapter.triggers)

    def source(self, document: str) -> SourceEntry | None:
        return self._sources.get(document)

    @cached_property
    def _sources(self) -> dict[str, SourceEntry]:
        return {source.id: source for chapter in self.chapters.values() for source in chapter.entry.sources}

    def override_reason(self, code: str) -> Words | None:
        return self._override_reasons.get(code)

    @cached_property
    def _override_reasons(self) -> dict[str, Words]:
        found = (reason for chapter in self.chapters.values() for reason in chapter.entry.override_reasons)
        return {reason.code: Words(en=reason.en, zh=reason.zh) for reason in found}


def _without_collection(load: Callable[Parameters, Loaded]) -> Callable[Parameters, Loaded]:
    """Loading makes a great many objects and drops few: looking for garbage meanwhile costs half of its time."""

    @wraps(load)
    def loading(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Loaded:
        collecting = gc.isenabled()
        gc.disable()
        try:
            return load(*args, **kwargs)
        finally:
            if collecting:
                gc.enable()

    return loading


@_without_collection
def load_knowledge(site: Path | None = None, *, snomed_extension: bool = True) -> Knowledge:
    """Reads, checks and compiles all knowledge.

    ``site`` is a folder with the hospital's own ``parameters.yaml`` and ``value_sets/``. Raises ``KnowledgeError``.
    """
    site_value_sets = site / "value_sets" if site else None
    terminology = load_terminology(
        FOLDER / "value_sets",
        site_folder=site_value_sets if site_value_sets and site_value_sets.is_dir() else None,
        snomed_extension=snomed_extension,
    )
    folders = sorted({path.parent for name in HEADERS for path in FOLDER.glob(f"**/{name}")})
    overrides = site_parameters(site, folders)
    dosed = regimen_drugs(folders)
    chapters = [
        load_chapter(folder, terminology, overrides.get(folder.name, {}), dosed)
        for folder in folders
        if dosed or folder.name != DOSING
    ]
    check_statements(chapters)
    return Knowledge(
        terminology,
        {c.key: c for c in chapters},
        _version(site, overrides, snomed_extension),
        {c.drug: compile_doses(c.drug, c.regimens) for c in chapters if c.drug and c.regimens},
        dose_policy(FOLDER / DOSING, overrides.get(DOSING, {})),
    )


def check_statements(chapters: Iterable[Chapter]) -> None:
    """Every id stands once, and every id that is referred to exists."""
    seen: dict[str, Chapter] = {}
    for chapter in chapters:
        for identifier, statement in chapter.statements.items():
            if identifier in seen:
                raise KnowledgeError(statement.file, identifier, f"also stands under {seen[identifier].key}")
            seen[identifier] = chapter
    for chapter in chapters:
        for statement in chapter.statements.values():
            _check_references(statement, seen.keys())


def _check_references(statement: CompiledStatement, known: Iterable[str]) -> None:
    entry = statement.entry
    for name in ("handled_by", "supersedes", "replaces", "outranks"):
        unknown = sorted(set(getattr(entry, name)) - set(known))
        if unknown:
            raise KnowledgeError(statement.file, f"{entry.id}.{name}", f"unknown: {', '.join(unknown)}")


def _version(site: Path | None, overrides: Mapping[str, Mapping[str, ParameterEntry]], snomed_extension: bool) -> str:
    """A short hash over every knowledge file and what the site changed."""
    digest = hashlib.sha256()
    folders = [FOLDER, *([site] if site else [])]
    for path in sorted(path for folder in folders for path in folder.rglob("*.yaml")):
        digest.update(path.read_bytes())
    digest.update(repr((sorted(overrides), snomed_extension)).encode())
    return digest.hexdigest()[:12]
