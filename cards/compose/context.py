"""What composing the cards of one call needs, gathered in one place."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cards.chart.records import Medication
from cards.knowledge.model import Statement
from cards.locale import CardTexts

if TYPE_CHECKING:
    from cards.chart.chart import Chart
    from cards.knowledge.loader import Knowledge


@dataclass(frozen=True, slots=True)
class CardContext:
    """One call: its chart, the knowledge, and the language and address of the cards."""

    chart: "Chart"
    knowledge: "Knowledge"
    language: str
    base_url: str
    new_id: Callable[[], str]
    texts: CardTexts

    @property
    def on_order(self) -> bool:
        """Whether the hook has drafts that a suggestion may change."""
        return self.chart.hook != "patient-view"

    def drafts_of(self, concept: str) -> list[Medication]:
        """The drafts of a drug or group that a suggestion can name; none where the hook has no drafts."""
        if not self.on_order:
            return []
        known = self.chart.medications(concept).items
        return [item for item in known if item.draft and "/" in item.reference]

    def draft(self, reference: str) -> dict[str, Any]:
        """A copy of a draft, to be changed."""
        return copy.deepcopy(dict(self.chart.draft_resource(reference)))

    def name(self, key: str, chapter: str = "") -> str:
        """What a concept or derived fact is called."""
        terminology = self.knowledge.terminology
        if terminology.kind(key) is not None:
            return terminology.name(key, self.language)
        known = self.knowledge.chapters.get(chapter)
        if known is not None and key in known.facts:
            return known.facts[key].entry.says.in_language(self.language)
        return self.texts.fact.get(key) or key.replace("-", " ").replace("_", " ")

    def drug_name(self, drug: str) -> str:
        """What a card is about: a drug, else the subject of a chapter."""
        terminology = self.knowledge.terminology
        if terminology.kind(drug) is not None:
            name = terminology.name(drug, self.language)
        else:
            chapter = self.knowledge.chapters.get(drug)
            name = chapter.entry.names.in_language(self.language) if chapter else drug
        return name[:1].upper() + name[1:]

    def say(self, statement: Statement) -> str:
        return statement.say.in_language(self.language).strip()

    def listed(self, names: list[str] | tuple[str, ...]) -> str:
        return self.texts.list_.join(names)

    def title(self, document: str) -> str:
        source = self.knowledge.source(document)
        return source.title.in_language(self.language) if source else document

    def subject(self, statement: Statement) -> str:
        """What a statement is about, without saying that it holds."""
        kind = self.texts.kind[statement.kind]
        return self.texts.topic.get(topic_of(statement)) or kind[:1].upper() + kind[1:]


def topic_of(statement: Statement) -> str:
    """What a statement is about: the part of its id after the drug, else its kind."""
    parts = statement.id.split(".")
    return parts[1] if len(parts) > 2 else statement.kind
