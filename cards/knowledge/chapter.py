"""One chapter of the knowledge, from one folder: what is known about a drug, or about a disease and its drugs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeVar

from pydantic import AliasChoices, Field

from cards.chart.on_file import KeyNumbers
from cards.dosing.model import RegimenFile
from cards.errors import KnowledgeError
from cards.knowledge.approval import ApprovalEntry
from cards.knowledge.facts import Fact, FactBook, compile_expression
from cards.knowledge.model import (
    Entry,
    Expression,
    FactEntry,
    OverrideReason,
    ParameterEntry,
    SourceEntry,
    Statement,
    Words,
)
from cards.knowledge.per_disease import PATTERNS, statements_per_disease
from cards.knowledge.recommendations import FILE as RECOMMENDATIONS
from cards.knowledge.recommendations import Recommendation, load_recommendations
from cards.knowledge.regimens import FILE as REGIMENS
from cards.knowledge.regimens import read_regimens
from cards.knowledge.roster import Roster
from cards.knowledge.shared import with_shared
from cards.knowledge.statements import CompiledStatement, Evaluate, StatementCompiler
from cards.logic.names import ChapterNames
from cards.terminology import Terminology
from cards.yaml_files import entries, read_yaml, validated

Named = TypeVar("Named")
DRUG_HEADER = "drug.yaml"
DOSED = "drugs-with-regimens"
HEADERS = (DRUG_HEADER, "disease.yaml", "chapter.yaml")
NOBODY = Roster(())
RESERVED = (*HEADERS, "parameters.yaml", REGIMENS, RECOMMENDATIONS, PATTERNS)


class ChapterEntry(Entry):
    """The header: what the chapter is about, which drafted drugs bring it up, and which documents it rests on.

    ``drugs`` are drugs or groups; of a ``drug.yaml`` it is the drug itself. Only patients for whom ``population``
    holds are looked at, except by statements that are about everyone.
    """

    key: str = Field(validation_alias=AliasChoices("drug", "disease", "chapter"))
    names: Words
    drugs: list[str] = Field(default_factory=list[str])
    population: Expression = "true"
    sources: list[SourceEntry] = Field(min_length=1)
    override_reasons: list[OverrideReason] = Field(default_factory=list[OverrideReason])
    open_world: list[str] = Field(default_factory=list[str])
    approvals: list[ApprovalEntry] = Field(default_factory=list[ApprovalEntry])
    note: str | Words = ""


@dataclass(frozen=True)
class Chapter:
    """One chapter, loaded and compiled. ``drug`` is set where it is about a single drug."""

    key: str
    drug: str | None
    entry: ChapterEntry
    population: Evaluate
    parameters: Mapping[str, ParameterEntry]
    facts: Mapping[str, Fact]
    statements: Mapping[str, CompiledStatement]
    key_numbers: KeyNumbers
    recommendations: tuple[Recommendation, ...] = ()
    regimens: RegimenFile | None = None  # of a chapter about a drug

    def approval(self, name: str | None) -> ApprovalEntry | None:
        return next((entry for entry in self.entry.approvals if entry.id == name), None)

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Drafted items other than the drugs that bring up statements."""
        return frozenset(name for statement in self.statements.values() for name in statement.entry.also_on)

    def on_hook(self, hook: str) -> Roster:
        return self._by_hook.get(hook, NOBODY)

    def for_draft(self, hook: str, drug: str) -> Roster:
        """The statements that a draft of the drug brings up on an order hook."""
        return self._by_draft.get((hook, drug), NOBODY)

    def named_by(self, hook: str, triggers: frozenset[str]) -> Roster:
        """The statements that drafted items other than its drugs bring up on an order hook."""
        key = hook, triggers & self.triggers
        if key not in self._by_triggers:
            named = [s for s in self.on_hook(hook).statements if not triggers.isdisjoint(s.entry.also_on)]
            self._by_triggers[key] = Roster(named)
        return self._by_triggers[key]

    @cached_property
    def _by_triggers(self) -> dict[tuple[str, frozenset[str]], Roster]:
        return {}

    @cached_property
    def _by_draft(self) -> dict[tuple[str, str], Roster]:
        found: dict[tuple[str, str], list[CompiledStatement]] = {}
        for statement in self.statements.values():
            for hook in statement.entry.hooks:
                for drug in statement.drugs:
                    found.setdefault((hook, drug), []).append(statement)
        return {key: Roster(statements) for key, statements in found.items()}

    @cached_property
    def drugs(self) -> frozenset[str]:
        """Every drug that a statement is about."""
        return frozenset(drug for statement in self.statements.values() for drug in statement.drugs)

    @cached_property
    def _by_hook(self) -> dict[str, Roster]:
        hooks = {hook for statement in self.statements.values() for hook in statement.entry.hooks}
        return {hook: Roster(s for s in self.statements.values() if hook in s.entry.hooks) for hook in sorted(hooks)}


def load_chapter(
    folder: Path,
    terminology: Terminology,
    overrides: Mapping[str, ParameterEntry],
    dosed: frozenset[str] = frozenset(),
) -> Chapter:
    """Reads, checks and compiles a chapter's folder.

    ``overrides`` are the site's values of parameters marked ``proposal``; ``dosed`` are the drugs that have regimens.
    Raises ``KnowledgeError``.
    """
    header, entry = _header(folder, dosed)
    drug = entry.key if header.name == DRUG_HEADER else None
    parameters = _parameters(folder, overrides)
    names = ChapterNames(entry.key, terminology, parameters, frozenset(entry.open_world))
    units = terminology.units() | {parameter.unit for parameter in parameters.values()} - {"d", "wk", "mo", "a"}
    recommendations = load_recommendations(folder, terminology)
    made = statements_per_disease(folder, recommendations, entry.drugs, terminology)
    written = chain(_statements(folder), made)
    statements = _unique(((item.id, item, path.name) for path, item in written), "statement")
    names.statements = frozenset(statements)
    facts = FactBook(
        names, _unique(((i.fact, i, path.name) for path, i in _facts(folder)), "fact"), units
    ).compile_all()
    compiler = StatementCompiler(names, units, facts, entry.drugs or ([drug] if drug else []))
    chapter = Chapter(
        entry.key,
        drug,
        entry,
        compile_expression(entry.population, names, units, header.name, "population", condition=True).evaluate,
        parameters,
        facts,
        {key: compiler.compile(item, file) for key, (item, file) in statements.items()},
        names.key_numbers,
        recommendations=recommendations,
        regimens=_regimens(folder, entry, terminology),
    )
    _check_references(chapter)
    return chapter


def _header(folder: Path, dosed: frozenset[str]) -> tuple[Path, ChapterEntry]:
    path = next(folder / name for name in HEADERS if (folder / name).exists())
    entry = validated(ChapterEntry, with_shared(read_yaml(path), path.name), path, path.stem)
    return path, _for_dosed(entry, dosed)


def _regimens(folder: Path, entry: ChapterEntry, terminology: Terminology) -> RegimenFile | None:
    path = folder / REGIMENS
    if not path.exists():
        return None
    if not (folder / DRUG_HEADER).exists() or entry.key not in terminology.sets.drugs:
        raise KnowledgeError(f"{folder.name}/{REGIMENS}", "file", "belongs beside the header of a known drug")
    return read_regimens(path, terminology, {source.id for source in entry.sources})


def _for_dosed(entry: ChapterEntry, dosed: frozenset[str]) -> ChapterEntry:
    """A header may name all drugs with regimens by one word."""
    if DOSED not in entry.drugs:
        return entry
    return entry.model_copy(update={"drugs": [*(name for name in entry.drugs if name != DOSED), *sorted(dosed)]})


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


def _check_references(chapter: Chapter) -> None:
    reasons = {reason.code for reason in chapter.entry.override_reasons}
    documents = {source.id for source in chapter.entry.sources}
    for statement in chapter.statements.values():
        entry, file = statement.entry, statement.file
        for field, named, known in (
            ("override_reasons", entry.override_reasons, reasons),
            ("source.document", [entry.source.document], documents),
            ("approval", [entry.approval] if entry.approval else [], {item.id for item in chapter.entry.approvals}),
        ):
            unknown = sorted(set(named) - set(known))
            if unknown:
                raise KnowledgeError(file, f"{entry.id}.{field}", f"unknown: {', '.join(unknown)}")
