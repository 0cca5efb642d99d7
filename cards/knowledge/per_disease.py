"""Makes statements of the recommendations, from the patterns of ``per-disease.yaml``."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from cards.errors import KnowledgeError
from cards.knowledge.model import Entry, Statement
from cards.knowledge.recommendations import Recommendation, Recommended
from cards.terminology import Terminology
from cards.yaml_files import entries, table, validated

PATTERNS = "per-disease.yaml"
LATER = ("refractory-option", "case-report")
ByLanguage = dict[str, dict[str, str]]


class Pattern(Entry):
    """A statement in which ``{disease}``, ``{drug}``, ``{choice}``, ``{concepts}`` and ``{locator}`` are filled in.

    In its words also ``{names}`` of the disease, the drugs ``{named}``, ``{when}`` a drug is used, and a ``{remark}``.
    """

    for_each: Literal["disease with named drugs", "disease without named drugs", "drug of a later line"]
    statement: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Filling:
    """What the placeholders of one statement stand for, in each language; ``drugs`` bring it up."""

    values: ByLanguage
    drugs: tuple[str, ...]


def statements_per_disease(
    folder: Path, items: Sequence[Recommendation], drugs: Iterable[str], terminology: Terminology
) -> Iterator[tuple[Path, Statement]]:
    """The statements that the patterns make of the recommendations, for drafts of the chapter's ``drugs``."""
    path = folder / PATTERNS
    if not path.exists():
        return
    every = {member for drug in drugs for member in terminology.group(drug) if terminology.kind(member) == "drug"}
    for pattern in entries(path, Pattern, "for_each"):
        for item in items:
            for filling in _fillings(pattern, item, every, terminology):
                content = _filled(pattern.statement, filling.values["en"], filling.values)
                name = str(content.get("id"))
                yield path, validated(Statement, content | {"drugs": list(filling.drugs)}, path, name)


def _fillings(pattern: Pattern, item: Recommendation, every: set[str], terminology: Terminology) -> Iterator[_Filling]:
    if not item.cited:
        return
    if pattern.for_each == "drug of a later line":
        for drug in item.drugs:
            if drug.choice in LATER:
                yield _Filling(_values(item, terminology, drug), (drug.drug,))
    elif bool(item.drugs) is (pattern.for_each == "disease with named drugs"):
        spoken_for = {member for part in item.elsewhere for name in part.drugs for member in terminology.group(name)}
        yield _Filling(_values(item, terminology), tuple(sorted(every - spoken_for - set(item.named))))


def _values(item: Recommendation, terminology: Terminology, drug: Recommended | None = None) -> ByLanguage:
    return {language: _in_language(item, terminology, drug, language) for language in ("en", "zh")}


def _in_language(
    item: Recommendation, terminology: Terminology, drug: Recommended | None, language: str
) -> dict[str, str]:
    comma = "、" if language == "zh" else ", "
    when = drug.condition if drug else None
    return {
        "{disease}": item.disease,
        "{concepts}": ", ".join(item.concepts),
        "{locator}": item.locator,
        "{drug}": drug.drug if drug else "",
        "{choice}": drug.choice if drug else "",
        "{names}": terminology.name(item.disease, language),
        "{named}": comma.join(_with_grade(other, terminology, language) for other in item.drugs),
        "{when}": when.in_language(language) if when else "",
        "{remark}": ("" if language == "zh" else " ") + item.remark.in_language(language) if item.remark else "",
    }


def _with_grade(item: Recommended, terminology: Terminology, language: str) -> str:
    name = terminology.name(item.drug, language)
    if item.grade is None:
        return name
    return f"{name}({item.grade}级)" if language == "zh" else f"{name} (grade {item.grade})"


def _filled(content: Any, values: dict[str, str], by_language: ByLanguage) -> Any:
    members = table(content)
    if members is not None:
        return {key: _filled(value, by_language.get(key, values), by_language) for key, value in members.items()}
    if isinstance(content, list):
        return [_filled(value, values, by_language) for value in cast(list[Any], content)]
    if isinstance(content, str):
        for name, value in values.items():
            content = content.replace(name, value)
        if left := re.search(r"\{\w*\}", content):
            raise KnowledgeError(PATTERNS, left[0], f"nothing stands for it in: {content}")
    return content
