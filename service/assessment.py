"""The seam to the clinical part: everything the service asks of ``cards``, and nothing else of it.

The service works against ``Advisor``; tests put their own in. The real one is loaded when the application is built.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol

from cards import advise as judgement
from cards.chart.received import Received
from cards.knowledge import Knowledge, load_knowledge
from cards.knowledge import explain as evidence
from cards.knowledge.coverage import coverage
from cards.knowledge.overview import about_drug, drugs_with_knowledge
from service.settings import Language, Region, Settings

Card = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """What an assessment depends on besides the data."""

    hook: str
    today: date
    language: Language
    region: Region
    base_url: str


class Advisor(Protocol):
    @property
    def version(self) -> str:
        """Of the knowledge; another one whenever a file or a site's setting is another."""
        ...

    def concerns(self, received: Received, call: Call) -> bool:
        """Whether any drafted order is of a kind the knowledge speaks about. Cheap: asked before data are fetched."""
        ...

    def advise(self, received: Received, call: Call, new_id: Callable[[], str]) -> list[Card]:
        """The cards for one call; ``new_id`` gives cards and suggestions their uuid."""
        ...

    def explain_request(self, received: Received, call: Call) -> Sequence[Mapping[str, Any]]:
        """The verdict on every statement in scope."""
        ...

    def explain(self, statement_id: str) -> Mapping[str, Any] | None:
        """One statement in full, in words; ``None`` if there is none of that id."""
        ...

    def index(self) -> Sequence[Mapping[str, Any]]:
        """All statements, short: id, drug, kind, severity and what they say."""
        ...

    def drug(self, key: str) -> Mapping[str, Any] | None:
        """Everything about one drug, in words; ``None`` if nothing is known of it."""
        ...


class KnowledgeAdvisor:
    """The real one: judges by the knowledge files."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @property
    def version(self) -> str:
        return self.knowledge.version

    def concerns(self, received: Received, call: Call) -> bool:
        return judgement.concerns(self.knowledge, received, today=call.today, hook=call.hook)

    def advise(self, received: Received, call: Call, new_id: Callable[[], str]) -> list[Card]:
        return judgement.advise(
            self.knowledge,
            received,
            today=call.today,
            hook=call.hook,
            language=call.language,
            region=call.region,
            base_url=call.base_url,
            new_id=new_id,
        )

    def explain_request(self, received: Received, call: Call) -> Sequence[Mapping[str, Any]]:
        return judgement.explain_request(
            self.knowledge, received, today=call.today, hook=call.hook, language=call.language, region=call.region
        )

    def explain(self, statement_id: str) -> Mapping[str, Any] | None:
        return evidence.explain(self.knowledge, statement_id)

    def index(self) -> Sequence[Mapping[str, Any]]:
        return evidence.index(self.knowledge)

    def drug(self, key: str) -> Mapping[str, Any] | None:
        return about_drug(self.knowledge, key)

    def drugs(self) -> Sequence[str]:
        """Every drug the knowledge has something to say about."""
        return drugs_with_knowledge(self.knowledge)

    def coverage(self) -> Sequence[Mapping[str, Any]]:
        """How much of each source document is implemented."""
        found = coverage(self.knowledge)
        return [asdict(item) | {"names": item.names.model_dump(), "complete": item.complete} for item in found]


def load_advisor(settings: Settings) -> KnowledgeAdvisor:
    """Loads and checks the knowledge; raises ``KnowledgeError`` naming file, field and reason."""
    return KnowledgeAdvisor(load_knowledge(settings.site_dir, snomed_extension=settings.snomed_extension))
