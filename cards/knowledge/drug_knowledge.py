"""All that is known about one drug: parameters, facts and statements from one folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import Field

from cards.errors import KnowledgeError
from cards.knowledge.facts import Fact, FactBook
from cards.knowledge.model import Entry, FactEntry, OverrideReason, ParameterEntry, SourceEntry, Statement, Words
from cards.knowledge.statements import CompiledStatement, StatementCompiler
from cards.logic.names import DrugNames
from cards.terminology import Terminology
from cards.yaml_files import entries, read_yaml, validated

Named = TypeVar("Named")
RESERVED = ("drug.yaml", "parameters.yaml")


class DrugEntry(Entry):
    """``drug.yaml``: what the drug is called and which documents its statements rest on."""

    drug: str
    names: Words
    sources: list[SourceEntry] = Field(min_length=1)
    override_reasons: list[OverrideReason] = Field(default_factory=list[OverrideReason])
    open_world: list[str] = Field(default_factory=list[str])
    note: str | Words = ""


@dataclass(frozen=True)
class DrugKnowledge:
    """One drug, loaded and compiled."""

    key: str
    entry: DrugEntry
    parameters: Mapping[str, ParameterEntry]
    facts: Mapping[str, Fact]
    statements: Mapping[str, CompiledStatement]

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Drafted items other than the drug that bring up statements of it."""
        return frozenset(name for statement in self.statements.values() for name in statement.entry.also_on)

    def on_hook(self, hook: str) -> tuple[CompiledStatement, ...]:
        return self._by_hook.get(hook, ())

    @cached_property
    def _by_hook(self) -> dict[str, tuple[CompiledStatement, ...]]:
        hooks = {hook for statement in self.statements.values() for hook in statement.entry.hooks}
        return {hook: tuple(s for s in self.statements.values() if hook in s.entry.hooks) for hook in sorted(hooks)}


def load_drug(folder: Path, terminology: Terminology, overrides: Mapping[str, ParameterEntry]) -> DrugKnowledge:
    """Reads, checks and compiles a drug's folder.

    ``overrides`` are the site's values of parameters marked ``proposal``. Raises ``KnowledgeError``.
    """
    entry = validated(DrugEntry, read_yaml(folder / "drug.yaml"), folder / "drug.yaml", "drug")
    parameters = _parameters(folder, overrides)
    names = DrugNames(entry.drug, terminology, parameters, frozenset(entry.open_world))
    units = terminology.units() | {parameter.unit for parameter in parameters.values()} - {"d", "wk", "mo", "a"}
    facts_by_name = _unique(((item.fact, item, path.name) for path, item in _facts(folder)), "fact")
    statements = _unique(((item.id, item, path.name) for path, item in _statements(folder)), "statement")
    names.statements = frozenset(statements)
    facts = FactBook(names, facts_by_name, units).compile_all()
    stages = frozenset(facts["stage"].entry.values) if "stage" in facts else frozenset[str]()
    compiler = StatementCompiler(names, units, stages)
    compiled = {key: compiler.compile(item, file) for key, (item, file) in statements.items()}
    knowledge = DrugKnowledge(entry.drug, entry, parameters, facts, compiled)
    _check_references(knowledge)
    return knowledge


def _parameters(folder: Path, overrides: Mapping[str, ParameterEntry]) -> dict[str, ParameterEntry]:
    path = folder / "parameters.yaml"
    found = entries(path, ParameterEntry, "id") if path.exists() else []
    return {item.id: overrides.get(item.id, item) for item in found}


def _facts(folder: Path) -> Iterable[tuple[Path, FactEntry]]:
    for path in sorted(folder.glob("facts*.yaml")):
        for entry in entries(path, FactEntry, "fact"):
            yield path, entry


def _statements(folder: Path) -> Iterable[tuple[Path, Statement]]:
    for path in sorted(folder.glob("*.yaml")):
        if path.name in RESERVED or path.name.startswith("facts"):
            continue
        for entry in entries(path, Statement, "id"):
            yield path, entry


def _unique(items: Iterable[tuple[str, Named, str]], what: str) -> dict[str, tuple[Named, str]]:
    found: dict[str, tuple[Named, str]] = {}
    for key, item, file in items:
        if key in found:
            raise KnowledgeError(file, key, f"this {what} already stands in {found[key][1]}")
        found[key] = (item, file)
    return found


def _check_references(knowledge: DrugKnowledge) -> None:
    reasons = {reason.code for reason in knowledge.entry.override_reasons}
    documents = {source.id for source in knowledge.entry.sources}
    for statement in knowledge.statements.values():
        entry, file = statement.entry, statement.file
        for field, named, known in (
            ("handled_by", entry.handled_by, knowledge.statements.keys()),
            ("supersedes", entry.supersedes, knowledge.statements.keys()),
            ("override_reasons", entry.override_reasons, reasons),
            ("source.document", [entry.source.document], documents),
        ):
            unknown = sorted(set(named) - set(known))
            if unknown:
                raise KnowledgeError(file, f"{entry.id}.{field}", f"unknown: {', '.join(unknown)}")
