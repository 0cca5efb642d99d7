"""The door into the chart."""

from datetime import date

from cards.chart.chart import Chart
from cards.chart.received import Received
from cards.chart.source import Source
from cards.terminology import Terminology


def read_chart(received: Received, terminology: Terminology, today: date, hook: str) -> Chart:
    """Sorts what was received; everything else is read when it is asked for."""
    return Chart(Source(received, terminology, today), hook, received.encounter_id)
