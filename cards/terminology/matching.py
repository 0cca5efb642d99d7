"""Finds the concepts of a code or a text."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

PREFIXED = frozenset({"icd10", "icd10cm", "atc"})
WHOLE_TEXT = "="
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LONGEST_TEXT = 500


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
        for part in expanded(system, code):
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


def expanded(system: str, code: str) -> Iterable[str]:
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


_SPACE = re.compile(r"(?<![a-z0-9]) +| +(?![a-z0-9])")


def squeezed(text: str) -> str:
    """Without spaces, except between two Latin words or numbers: 维生素d3 400iu is not 维生素d3400iu."""
    return _SPACE.sub("", text)


@dataclass(frozen=True, slots=True)
class _Text:
    """One text in the two spellings in which phrases are looked for, and the concepts it names."""

    plain: str
    squeezed: str
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase with Chinese characters is looked for without spaces. ``literal`` says cheaply that it is not there."""

    literal: str
    expression: str
    wide: bool
    concept: str

    def places(self, text: _Text) -> Iterator["_Place"]:
        written = text.squeezed if self.wide else text.plain
        if self.literal in written:
            for match in _compiled(self.expression).finditer(written):
                yield _Place(self.concept, self.wide, match.start(), match.end())


@dataclass(frozen=True, slots=True)
class _Place:
    concept: str
    wide: bool
    start: int
    end: int

    def lies_within(self, other: "_Place") -> bool:
        longer = other.end - other.start > self.end - self.start
        return self.wide == other.wide and longer and other.start <= self.start and self.end <= other.end


class TextIndex:
    """Phrases to concept keys. Latin phrases match as whole words, Chinese ones anywhere and whatever the spaces.

    A phrase that begins with ``=`` has to be the whole text. ``longest``: a name that is part of a longer name does
    not count beside it, as in 泼尼松龙, which is not 泼尼松.
    """

    def __init__(self, *, longest: bool = False) -> None:
        self._longest = longest
        self._phrases: list[_Phrase] = []
        self._barred: dict[str, list[_Phrase]] = {}
        self._read = lru_cache(maxsize=20_000)(self._read_once)

    def add(self, concept: str, phrases: Iterable[str], barred: Iterable[str] = ()) -> None:
        self._phrases += _phrases(concept, phrases, _whole)
        self._barred[concept] = list(_phrases(concept, barred, _beginning))

    def said(self, texts: Iterable[str]) -> dict[str, str]:
        """The concepts that texts about one thing name, each with its text; what one text bars, all bar."""
        heard = [(text, self._read(text[:_LONGEST_TEXT])) for text in texts if text]
        found = {concept: f"text: {text[:80]}" for text, read in heard for concept in read.found}
        return {concept: how for concept, how in found.items() if not self._is_barred(concept, heard)}

    def speaks_against(self, concept: str, texts: Iterable[str]) -> bool:
        """Whether a text bars the concept."""
        return self._is_barred(concept, [(text, self._read(text[:_LONGEST_TEXT])) for text in texts if text])

    def _is_barred(self, concept: str, heard: list[tuple[str, _Text]]) -> bool:
        bars = self._barred[concept]
        return any(True for _, text in heard for bar in bars for _ in bar.places(text))

    def _read_once(self, text: str) -> _Text:
        plain = normalised(text).translate(_DASHES)
        read = _Text(plain, squeezed(plain))
        places = [place for phrase in self._phrases for place in phrase.places(read)]
        if self._longest:
            places = [place for place in places if not any(place.lies_within(other) for other in places)]
        return replace(read, found=tuple(dict.fromkeys(place.concept for place in places)))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled at first use: most phrases never occur."""
    return re.compile(expression)


def _phrases(concept: str, phrases: Iterable[str], shape: Callable[[str], str]) -> Iterator[_Phrase]:
    for phrase in dict.fromkeys(normalised(phrase).translate(_DASHES) for phrase in phrases):
        wide = bool(_WIDE.search(phrase))
        spelled = squeezed(phrase) if wide else phrase
        yield _Phrase(spelled.removeprefix(WHOLE_TEXT), shape(spelled), wide, concept)


def _whole(phrase: str) -> str:
    if phrase.startswith(WHOLE_TEXT):
        return rf"\A{re.escape(phrase[1:])}\Z"
    end = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", phrase) else ""
    start = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", phrase) else ""
    return f"{start}{re.escape(phrase)}{end}"


def _beginning(word: str) -> str:
    """``anti`` bars antibody but not quantitative."""
    return rf"(?<![a-z]){re.escape(word)}" if re.match(r"[a-z]", word) else re.escape(word)
