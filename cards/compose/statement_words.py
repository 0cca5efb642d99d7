"""What the cards of one language say of one statement, whoever the patient is."""

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cards.compose.escape import escaped_wording, plain
from cards.compose.shortening import first_clause, shortened
from cards.knowledge.model import Statement
from cards.knowledge.placeholders import blanked

if TYPE_CHECKING:
    from cards.compose.offers import Offer
    from cards.compose.phrasebook import Phrasebook

Json = dict[str, Any]
SERVICE = "biologic-cds"
TOPICS = "urn:biologic-cds:topic"
LONGEST_LINK = 80


class StatementWords:
    """Each part is worked out when it is first asked for."""

    def __init__(self, statement: Statement, phrases: "Phrasebook") -> None:
        self.statement = statement
        self.phrases = phrases
        self.offers: dict[tuple[str, str], Offer] = {}  # by action and what is ordered

    @cached_property
    def said(self) -> str:
        return blanked(self.statement.say.in_language(self.phrases.language).strip())

    @cached_property
    def line(self) -> str:
        """What is said and where it is written, for Markdown."""
        place = escaped_wording(_translated(self.statement.source.locator, self.phrases.texts.locator))
        return escaped_wording(self.said) + self.phrases.texts.brackets.format(text=place)

    @cached_property
    def first_clause(self) -> str:
        return first_clause(self.said)

    @cached_property
    def topic(self) -> str:
        return topic_of(self.statement)

    @cached_property
    def kind(self) -> str:
        return self.phrases.texts.kind[self.statement.kind]

    @cached_property
    def subject(self) -> str:
        """What it is about, without saying that it holds."""
        return self.phrases.texts.topic.get(self.topic) or self.kind[:1].upper() + self.kind[1:]

    @cached_property
    def title(self) -> str:
        """Of its source, for Markdown."""
        return escaped_wording(self.phrases.title(self.statement.source.document))

    @cached_property
    def source(self) -> Json:
        display = self.phrases.texts.topic.get(self.topic) or self.kind
        label = f"{SERVICE}{self.phrases.texts.colon}{self.phrases.title(self.statement.source.document)}"
        return {"label": label, "topic": {"code": self.topic, "system": TOPICS, "display": display}}

    @cached_property
    def place(self) -> Json:
        """Where it is written, for machines."""
        source = self.statement.source
        return {"document": source.document, "locator": source.locator}

    @cached_property
    def link_label(self) -> str:
        said = shortened(first_clause(plain(self.said)), LONGEST_LINK)
        return self.phrases.texts.link.statement.format(statement=said)

    @cached_property
    def page(self) -> str:
        """The name of its evidence page."""
        return quote(self.statement.id, safe="")

    @cached_property
    def reason(self) -> list[Json]:
        """Why something is ordered, as FHIR has it."""
        return [{"text": self.said}]

    @cached_property
    def override_reasons(self) -> list[Json]:
        return [self.phrases.override_reason(code) for code in self.statement.override_reasons]


def topic_of(statement: Statement) -> str:
    """What it is about: ``hbv`` of ``inebilizumab.hbv.….screening-missing``, else ``myo-preg`` of ``MYO-PREG-…``."""
    parts = statement.id.split(".")
    if len(parts) > 2:
        return parts[1]
    coded = statement.id.lower().split("-")
    return "-".join(coded[:2]) if len(coded) > 2 else statement.kind


def _translated(locator: str, words: dict[str, str]) -> str:
    """``推荐意见6`` as ``recommendation 6`` for readers of English."""
    return _pattern(tuple(words)).sub(lambda found: words[found[0]], locator) if words else locator


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words))
