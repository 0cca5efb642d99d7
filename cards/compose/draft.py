"""A suggestion on its way to a card."""

from dataclasses import dataclass

from cards.compose.escape import plain
from cards.compose.fhir import Json
from cards.compose.phrasebook import Phrasebook
from cards.findings import Proposal


@dataclass(slots=True, eq=False)
class Draft:
    """A suggestion before it gets its identifier."""

    label: str
    actions: list[Json]
    kind: str
    names: tuple[str, ...] = ()  # what it orders, where several orders can be placed together


def note_of(proposal: Proposal, phrases: Phrasebook) -> str:
    note = proposal.suggestion.note
    return plain(note.in_language(phrases.language)) if note else ""


def described(label: str, note: str, phrases: Phrasebook) -> str:
    return f"{label}{phrases.texts.clause}{note}" if note else label
