"""Which entries of the source documents are implemented, and why the others are not."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from cards.knowledge.loader import Knowledge
from cards.knowledge.model import Entry
from cards.words import Words
from cards.yaml_files import entries

FILE = Path(__file__).parent / "coverage.yaml"


class DocumentEntry(Entry):
    """The entries of one document by id; those that are no entry here say why, or which other entry speaks for them."""

    document: str
    names: Words
    entries: list[str] = Field(min_length=1)
    left_out: dict[str, str] = Field(default_factory=dict[str, str])
    as_: dict[str, str] = Field(default_factory=dict[str, str], alias="as")


@dataclass(frozen=True, slots=True)
class Coverage:
    """One document: every entry stands in exactly one of ``implemented``, ``left_out``, ``by_another`` and ``open``.

    ``faults`` are explanations that are themselves wrong.
    """

    document: str
    names: Words
    implemented: tuple[str, ...]
    left_out: Mapping[str, str]
    by_another: Mapping[str, str]
    open: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.open and not self.faults


def coverage(knowledge: Knowledge) -> list[Coverage]:
    """The state of every document, in the order of the file."""
    known = implemented_ids(knowledge)
    return [_of_document(item, known) for item in _documents()]


@cache
def _documents() -> tuple[DocumentEntry, ...]:
    return tuple(entries(FILE, DocumentEntry, "document"))


def implemented_ids(knowledge: Knowledge) -> frozenset[str]:
    """Statements, regimen records and recommendations; of these last ``disease`` and ``disease/drug``."""
    found: set[str] = set()
    for chapter in knowledge.chapters.values():
        found |= chapter.statements.keys()
        found |= {record.id for record in chapter.regimens.records} if chapter.regimens else set()
        for item in chapter.recommendations:
            found |= {item.disease, *(f"{item.disease}/{drug}" for drug in item.named)}
    return frozenset(found)


def _of_document(item: DocumentEntry, known: frozenset[str]) -> Coverage:
    explained = item.left_out.keys() | item.as_.keys()
    return Coverage(
        document=item.document,
        names=item.names,
        implemented=tuple(name for name in item.entries if name in known and name not in item.as_),
        left_out={name: why for name, why in item.left_out.items() if name not in known},
        by_another=item.as_,
        open=tuple(name for name in item.entries if name not in known | explained),
        faults=tuple(_faults(item, known)),
    )


def _faults(item: DocumentEntry, known: frozenset[str]) -> list[str]:
    twice = sorted({name for name in item.entries if item.entries.count(name) > 1})
    strange = sorted((item.left_out.keys() | item.as_.keys()) - set(item.entries))
    both = sorted(item.left_out.keys() & (known | item.as_.keys()))
    nowhere = sorted(f"{name} as {other}" for name, other in item.as_.items() if other not in known)
    return [
        *(f"{name}: listed twice" for name in twice),
        *(f"{name}: explained, but not listed" for name in strange),
        *(f"{name}: left out, but also implemented" for name in both),
        *(f"{name}: no such entry" for name in nowhere),
    ]
