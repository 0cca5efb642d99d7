"""What composing the cards of one call needs, gathered in one place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from cards.chart.records import Medication
from cards.knowledge.model import Statement
from cards.knowledge.placeholders import blanked
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
    _names: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

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
        copied: dict[str, Any] = _copied(dict(self.chart.draft_resource(reference)))
        return copied

    def name(self, key: str, chapter: str = "") -> str:
        """What a concept or derived fact is called."""
        found = self._names.get((key, chapter))
        if found is None:
            found = self._names[key, chapter] = self._name(key, chapter)
        return found

    def _name(self, key: str, chapter: str) -> str:
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
        return blanked(statement.say.in_language(self.language).strip())

    def listed(self, names: list[str] | tuple[str, ...]) -> str:
        return self.texts.list_.join(names)

    def title(self, document: str) -> str:
        source = self.knowledge.source(document)
        return source.title.in_language(self.language) if source else document

    def subject(self, statement: Statement) -> str:
        """What a statement is about, without saying that it holds."""
        kind = self.texts.kind[statement.kind]
        return self.texts.topic.get(topic_of(statement)) or kind[:1].upper() + kind[1:]


def _copied(value: Any) -> Any:
    """A deep copy of JSON; ``copy.deepcopy`` costs several times as much."""
    if isinstance(value, dict):
        return {name: _copied(member) for name, member in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_copied(member) for member in cast("list[Any]", value)]
    return value


def topic_of(statement: Statement) -> str:
    """What it is about: ``hbv`` of ``inebilizumab.hbv.….screening-missing``, else ``myo-preg`` of ``MYO-PREG-…``."""
    parts = statement.id.split(".")
    if len(parts) > 2:
        return parts[1]
    coded = statement.id.lower().split("-")
    return "-".join(coded[:2]) if len(coded) > 2 else statement.kind
