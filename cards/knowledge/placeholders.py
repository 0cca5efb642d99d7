"""Places in a statement's words that are filled from the order: ``{expected}``, ``{grade}``."""

import re
from collections.abc import Callable

from cards.dosing.view import PLACEHOLDERS
from cards.errors import KnowledgeError
from cards.knowledge.model import Statement
from cards.words import Words

_PLACE = re.compile(r"\{([a-z]+)\}")
BLANK = "…"


def places(words: Words) -> frozenset[str]:
    return frozenset(_PLACE.findall(words.en))


def check_placeholders(entry: Statement, file: str) -> None:
    """Every place has something to fill it, in both languages alike. Raises ``KnowledgeError``."""
    for words in (entry.say, *(wording.say for wording in entry.say_if)):
        unknown = sorted(places(words) - PLACEHOLDERS)
        if unknown:
            raise KnowledgeError(file, f"{entry.id}.say", f"unknown places: {', '.join(unknown)}")
        if places(words) != frozenset(_PLACE.findall(words.zh)):
            raise KnowledgeError(file, f"{entry.id}.say", "the places differ between the languages")


def filled(words: Words, by: Callable[[str], Words | None]) -> Words:
    """``words`` with every place filled; what cannot be filled is left blank."""

    def text(language: str) -> str:
        def said(found: re.Match[str]) -> str:
            known = by(found[1])
            return known.in_language(language) if known else BLANK

        return _PLACE.sub(said, words.in_language(language))

    return Words(en=text("en"), zh=text("zh"))


def blanked(text: str) -> str:
    """The text of a statement where no order is at hand."""
    return _PLACE.sub(BLANK, text)
