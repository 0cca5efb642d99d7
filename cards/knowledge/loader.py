"""Loads everything under ``cards/knowledge`` once, at start."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cards.errors import KnowledgeError
from cards.knowledge.drug_knowledge import DrugKnowledge, load_drug
from cards.knowledge.model import ParameterEntry, SourceEntry, Words
from cards.knowledge.site import site_parameters
from cards.knowledge.statements import CompiledStatement
from cards.terminology import Terminology, load_terminology

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Value sets and all drugs, compiled; ``version`` changes whenever a file or a site's setting does."""

    terminology: Terminology
    drugs: Mapping[str, DrugKnowledge]
    version: str

    def statement(self, identifier: str) -> CompiledStatement | None:
        return next((d.statements[identifier] for d in self.drugs.values() if identifier in d.statements), None)

    def drug_of(self, identifier: str) -> DrugKnowledge | None:
        return next((drug for drug in self.drugs.values() if identifier in drug.statements), None)

    def source(self, document: str) -> SourceEntry | None:
        found = (source for drug in self.drugs.values() for source in drug.entry.sources)
        return next((source for source in found if source.id == document), None)

    def override_reason(self, code: str) -> Words | None:
        found = (reason for drug in self.drugs.values() for reason in drug.entry.override_reasons)
        return next((Words(en=reason.en, zh=reason.zh) for reason in found if reason.code == code), None)


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
    folders = sorted(path.parent for path in (FOLDER / "drugs").glob("*/drug.yaml"))
    overrides = site_parameters(site, folders)
    drugs = [load_drug(folder, terminology, overrides.get(folder.name, {})) for folder in folders]
    _check_unique_statements(drugs)
    return Knowledge(terminology, {drug.key: drug for drug in drugs}, _version(site, overrides, snomed_extension))


def _check_unique_statements(drugs: Iterable[DrugKnowledge]) -> None:
    seen: dict[str, str] = {}
    for drug in drugs:
        for identifier in drug.statements:
            if identifier in seen:
                raise KnowledgeError(
                    drug.statements[identifier].file, identifier, f"also stands under {seen[identifier]}"
                )
            seen[identifier] = drug.key


def _version(site: Path | None, overrides: Mapping[str, Mapping[str, ParameterEntry]], snomed_extension: bool) -> str:
    """A short hash over every knowledge file and what the site changed."""
    digest = hashlib.sha256()
    folders = [FOLDER, *([site] if site else [])]
    for path in sorted(path for folder in folders for path in folder.rglob("*.yaml")):
        digest.update(path.read_bytes())
    digest.update(repr((sorted(overrides), snomed_extension)).encode())
    return digest.hexdigest()[:12]
