"""Diagnosis codes that say too little alone: what the words beside them, or the other codes, make of them."""

from collections.abc import Container, Mapping

from cards.terminology.finding import Codings
from cards.terminology.matching import CodeIndex, TextIndex
from cards.terminology.model import CodesWithText, ConditionConcept
from cards.terminology.systems import LABELS, system_of

_SYSTEMS = ("icd10", "icd10cm", "snomed")


class BroadCodes:
    """The rules ``codes_with_text`` of all conditions."""

    def __init__(self, conditions: Mapping[str, ConditionConcept]) -> None:
        self._rules: dict[str, tuple[str, CodesWithText]] = {}
        self._codes, self._words = CodeIndex(), TextIndex()
        for key, concept in conditions.items():
            for number, rule in enumerate(concept.codes_with_text):
                self._add(f"{key}:{number}", concept, rule)

    def _add(self, name: str, concept: ConditionConcept, rule: CodesWithText) -> None:
        self._rules[name] = concept.key, rule
        self._words.add(name, rule.words, concept.not_text)
        for system in _SYSTEMS:
            for code in getattr(rule, system):
                self._codes.add(system, code, name)

    def find(self, codings: Codings, texts: list[str], found: Container[str]) -> dict[str, str]:
        """Concepts by their broad codes; ``found`` are those that other codes of the record name already."""
        coded = {
            name: f"{LABELS[system]} {code}"
            for uri, code in codings
            if code and (system := system_of(uri)) in _SYSTEMS
            for name in self._codes.find(system, code)
        }
        if not coded:
            return {}
        said = self._words.said(texts)
        counting: dict[str, str] = {}
        # Rules that yield to other concepts come last: those may be found by a broad code themselves.
        for name, how in sorted(coded.items(), key=lambda item: bool(self._rules[item[0]][1].unless)):
            key, rule = self._rules[name]
            yields = any(other in found or other in counting for other in rule.unless)
            told = name in said if rule.words else not self._words.speaks_against(name, texts)
            if told and not yields:
                counting[key] = how
        return counting
