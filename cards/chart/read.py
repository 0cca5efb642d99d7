"""``read_chart``: what arrived for one call, ready to be asked."""

from datetime import date

from cards.chart.chart import Chart
from cards.chart.received import Received
from cards.terminology import Terminology


def read_chart(received: Received, terminology: Terminology, today: date, hook: str) -> Chart:
    """Indexes the resources; each is decoded when a statement first asks for its concept. Never raises on content."""
    return Chart(received, terminology, today, hook)
