"""What composing the cards of one call needs, gathered in one place."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cards.chart.records import Medication
from cards.compose.phrasebook import Phrasebook

if TYPE_CHECKING:
    from cards.chart.chart import Chart


class CardContext:
    """One call: its chart, the language and address of the cards, and what several cards ask of the chart alike."""

    def __init__(self, chart: "Chart", phrases: Phrasebook, base_url: str, new_id: Callable[[], str]) -> None:
        self.chart = chart
        self.phrases = phrases
        self.texts = phrases.texts
        self.base_url = base_url
        self.new_id = new_id
        self.on_order = chart.hook != "patient-view"  # whether the hook has drafts that a suggestion may change
        self.who_and_when = _who_and_when(chart)
        self._drafts_of: dict[str, list[Medication]] = {}

    def drafts_of(self, concept: str) -> list[Medication]:
        """The drafts of a drug or group that a suggestion can name; none where the hook has no drafts."""
        found = self._drafts_of.get(concept)
        if found is None:
            known = self.chart.medications(concept).items if self.on_order else ()
            found = [item for item in known if item.draft and "/" in item.reference]
            self._drafts_of[concept] = found
        return found

    def draft(self, reference: str) -> dict[str, Any]:
        """A copy of a draft, to be changed."""
        copied: dict[str, Any] = copied_json(self.chart.draft_resource(reference))
        return copied


def _who_and_when(chart: "Chart") -> dict[str, Any]:
    """The middle part of every new order."""
    found: dict[str, Any] = {"subject": {"reference": f"Patient/{chart.patient_id}"}}
    if chart.encounter_id:
        found["encounter"] = {"reference": f"Encounter/{chart.encounter_id}"}
    found["authoredOn"] = chart.today.isoformat()
    return found


def copied_json(value: Any) -> Any:
    """A deep copy of JSON as it was decoded; ``copy.deepcopy`` costs several times as much."""
    kind = value.__class__
    if kind is dict:
        return {name: copied_json(member) if member.__class__ in _HOLDERS else member for name, member in value.items()}
    if kind is list:
        return [copied_json(member) if member.__class__ in _HOLDERS else member for member in value]
    return value


_HOLDERS = frozenset({dict, list})
