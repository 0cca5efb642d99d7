"""Finds the concepts of a code or a text."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

PREFIXED = frozenset({"icd10", "icd10cm", "atc"})


def normalised(text: str) -> str:
    """One spelling: full-width folded, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def plain_code(system: str, code: str) -> str:
    """ICD codes are compared without dots: national editions write them either way, with up to six digits."""
    return code.strip().upper().replace(".", "") if system in PREFIXED else code.strip()


class CodeIndex:
    """Codes to concept keys; ICD and ATC by prefix, everything else exactly."""

    def __init__(self) -> None:
        self._exact: dict[tuple[str, str], tuple[str, ...]] = {}

    def add(self, system: str, code: str, concept: str) -> None:
        for part in _expanded(system, code):
            key = (system, plain_code(system, part))
            known = self._exact.get(key, ())
            self._exact[key] = known if concept in known else (*known, concept)

    def find(self, system: str, code: str) -> tuple[str, ...]:
        if system not in PREFIXED:
            return self._exact.get((system, code.strip()), ())
        plain = plain_code(system, code)
        found: dict[str, None] = {}
        for length in range(1, len(plain) + 1):
            for concept in self._exact.get((system, plain[:length]), ()):
                found[concept] = None
        return tuple(found)


def _expanded(system: str, code: str) -> Iterable[str]:
    """``C00-C43`` as its categories."""
    match = re.fullmatch(r"([A-Z])(\d\d)-([A-Z])(\d\d|9A)", code)
    if system not in {"icd10", "icd10cm"} or match is None:
        return [code]
    first, low, last, high = match.groups()
    categories: list[str] = []
    for letter in range(ord(first), ord(last) + 1):
        start = int(low) if chr(letter) == first else 0
        stop = (99 if high == "9A" else int(high)) if chr(letter) == last else 99
        categories += [f"{chr(letter)}{number:02d}" for number in range(start, stop + 1)]
    return [*categories, "O9A"] if high == "9A" else categories


class TextIndex:
    """Phrases to concept keys. Latin phrases match as whole words, Chinese ones anywhere."""

    def __init__(self) -> None:
        self._phrases: list[tuple[re.Pattern[str], str]] = []
        self._barred: dict[str, re.Pattern[str]] = {}
        self.find = lru_cache(maxsize=20_000)(self._find)

    def add(self, concept: str, phrases: Iterable[str], barred: Iterable[str]) -> None:
        wanted = [normalised(phrase) for phrase in phrases]
        if wanted:
            self._phrases.append(
                (re.compile("|".join(_whole(p) for p in sorted(wanted, key=len, reverse=True))), concept)
            )
        words = [re.escape(normalised(word)) for word in barred]
        if words:
            self._barred[concept] = re.compile("|".join(words))

    def _find(self, text: str) -> tuple[str, ...]:
        plain = normalised(text[:500])
        return tuple(
            concept
            for pattern, concept in self._phrases
            if pattern.search(plain) and not (concept in self._barred and self._barred[concept].search(plain))
        )


def _whole(phrase: str) -> str:
    escaped = re.escape(phrase)
    start = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", phrase) else ""
    end = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", phrase) else ""
    return f"{start}{escaped}{end}"
