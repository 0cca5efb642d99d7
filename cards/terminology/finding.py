"""Finds the concepts of one kind by their codes and words."""

from collections.abc import Iterable, Mapping

from cards.terminology.matching import CodeIndex, TextIndex
from cards.terminology.model import Concept
from cards.terminology.systems import LABELS, system_of

Codings = Iterable[tuple[str | None, str | None]]


class Finder:
    """Codes first; text only where no code of a known system was understood as anything."""

    def __init__(self, concepts: Mapping[str, Concept], *, longest: bool = False) -> None:
        self._codes = CodeIndex()
        self._texts = TextIndex(longest=longest)
        for key, concept in concepts.items():
            for system, codes in concept.codes.items():
                for code in codes:
                    self._codes.add(system, code, key)
            self._texts.add(key, concept.text, concept.not_text)

    def by_code(self, codings: Codings) -> dict[str, str]:
        found: dict[str, str] = {}
        for uri, code in codings:
            system = system_of(uri)
            if system is None or not code:
                continue
            for concept in self._codes.find(system, code):
                found.setdefault(concept, f"{LABELS[system]} {code}")
        return found

    def by_text(self, texts: Iterable[str]) -> dict[str, str]:
        return self._texts.said(texts)

    def find(self, codings: Codings, texts: Iterable[str]) -> dict[str, str]:
        found = self.by_code(codings)
        return found or self.by_text(texts)
