"""``compose(assessment, chart, knowledge, …) -> cards``: the findings of one call as few, complete CDS Hooks cards."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cards.compose.card import card
from cards.compose.context import CardContext
from cards.compose.grouping import grouped
from cards.compose.phrasebook import phrasebook
from cards.findings import Assessment

if TYPE_CHECKING:
    from cards.chart.chart import Chart
    from cards.knowledge.loader import Knowledge


def compose(
    assessment: Assessment,
    chart: "Chart",
    knowledge: "Knowledge",
    *,
    language: str,
    base_url: str,
    new_id: Callable[[], str],
) -> list[dict[str, Any]]:
    """The cards, most urgent first; none when there is nothing to say.

    ``base_url`` is the public address of the service; without one the cards carry no links.
    What depends on the knowledge alone is shared by the cards of many calls: they are to be read, not changed.
    """
    phrases = phrasebook(knowledge, "zh" if language == "zh" else "en")
    context = CardContext(chart, phrases, base_url.rstrip("/"), new_id)
    return [card(group, context) for group in grouped(assessment, phrases)]
