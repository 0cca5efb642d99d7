"""``compose(assessment, chart, knowledge, …) -> cards``: the findings of one call as few, complete CDS Hooks cards."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cards.compose.card import card
from cards.compose.context import CardContext
from cards.compose.grouping import grouped
from cards.findings import Assessment
from cards.locale import card_texts

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
    """
    language = "zh" if language == "zh" else "en"
    context = CardContext(chart, knowledge, language, base_url.rstrip("/"), new_id, card_texts(language))
    return [card(group, context) for group in grouped(assessment)]
