"""What cards call things in one language."""

from functools import lru_cache
from typing import TYPE_CHECKING

from cards.compose.statement_words import Json, StatementWords
from cards.knowledge.model import Severity, Statement
from cards.locale import card_texts

if TYPE_CHECKING:
    from cards.knowledge.loader import Knowledge

OVERRIDE_REASONS = "urn:biologic-cds:override-reason"
MOST_REMEMBERED = 8192


class Phrasebook:
    """Names and texts of one knowledge. No patient changes them, so each is worked out once.

    What is handed out stands on the cards of many calls: nobody may change it.
    """

    def __init__(self, knowledge: "Knowledge", language: str) -> None:
        self.knowledge = knowledge
        self.terminology = knowledge.terminology
        self.language = language
        self.texts = texts = card_texts(language)
        self.name = lru_cache(MOST_REMEMBERED)(self._name)
        self.drug_name = lru_cache(MOST_REMEMBERED)(self._drug_name)
        self.title = lru_cache(MOST_REMEMBERED)(self._title)
        self.override_reason = lru_cache(MOST_REMEMBERED)(self._override_reason)
        self.marks: dict[Severity, str] = {name: f"**{said}**{texts.colon}" for name, said in texts.severity.items()}
        self.marks["info"] = ""
        self.clears = {name: texts.detail.clears.format(what=what) for name, what in texts.clears.items()}
        self._own = {id(statement): StatementWords(statement, self) for statement in _statements(knowledge)}

    def words(self, statement: Statement) -> StatementWords:
        """Of a statement whose words were filled in for a patient nothing is remembered."""
        return self._own.get(id(statement)) or StatementWords(statement, self)

    def listed(self, names: list[str] | tuple[str, ...]) -> str:
        return self.texts.list_.join(names)

    def _name(self, key: str, chapter: str = "") -> str:
        """What a concept or derived fact is called."""
        if self.terminology.kind(key) is not None:
            return self.terminology.name(key, self.language)
        known = self.knowledge.chapters.get(chapter)
        if known is not None and key in known.facts:
            return known.facts[key].entry.says.in_language(self.language)
        return self.texts.fact.get(key) or key.replace("-", " ").replace("_", " ")

    def _drug_name(self, drug: str) -> str:
        """What a card is about: a drug, else the subject of a chapter."""
        if self.terminology.kind(drug) is not None:
            name = self.terminology.name(drug, self.language)
        else:
            chapter = self.knowledge.chapters.get(drug)
            name = chapter.entry.names.in_language(self.language) if chapter else drug
        return name[:1].upper() + name[1:]

    def _title(self, document: str) -> str:
        source = self.knowledge.source(document)
        return source.title.in_language(self.language) if source else document

    def _override_reason(self, code: str) -> Json:
        words = self.knowledge.override_reason(code)
        display = words.in_language(self.language) if words else code
        return {"code": code, "system": OVERRIDE_REASONS, "display": display}


def _statements(knowledge: "Knowledge") -> list[Statement]:
    """Every statement in every wording it can have before an order is at hand."""
    compiled = [item for chapter in knowledge.chapters.values() for item in chapter.statements.values()]
    return [entry for item in compiled for entry in (item.entry, *(entry for entry, _ in item.wordings))]


_opened: dict[str, Phrasebook] = {}


def phrasebook(knowledge: "Knowledge", language: str) -> Phrasebook:
    """The phrasebook of a language; another knowledge gets a new one."""
    known = _opened.get(language)
    if known is None or known.knowledge is not knowledge:
        known = _opened[language] = Phrasebook(knowledge, language)
    return known
