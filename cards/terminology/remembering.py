"""What codes and words meant when they came before: it depends on the value sets alone."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from cards.terminology.finding import Codings

MOST = 2000  # as many different ones, and the longest unused are forgotten
LONGEST = 400  # characters; what is longer is looked up anew, so that nobody can fill the memory
Coded = tuple[tuple[str | None, str | None], ...]
Worded = tuple[str, ...]
Found = TypeVar("Found")


def remembering(find: Callable[[Coded, Worded], Found]) -> Callable[[Codings, Iterable[str]], Found]:
    """``find``, which looks up the same codings and texts only once."""
    remembered = lru_cache(maxsize=MOST)(find)

    def found(codings: Codings, texts: Iterable[str]) -> Found:
        coded, worded = tuple(codings), tuple(texts)
        length = 0
        for text in worded:
            length += len(text)
        for system, code in coded:
            length += len(system or "") + len(code or "")
        return remembered(coded, worded) if length <= LONGEST else find(coded, worded)

    return found
