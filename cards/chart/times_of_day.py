"""At which times of the day a dose is taken: coded, as a clock time, or in words."""

import re
from collections.abc import Iterable

_CODES = {
    **dict.fromkeys(("MORN", "MORN.early", "MORN.late", "WAKE", "ACM", "CM", "PCM"), "morning"),
    **dict.fromkeys(("NOON", "ACD", "CD", "PCD"), "noon"),
    **dict.fromkeys(("AFT", "AFT.early", "AFT.late"), "afternoon"),
    **dict.fromkeys(("EVE", "EVE.early", "EVE.late", "ACV", "CV", "PCV"), "evening"),
    **dict.fromkeys(("NIGHT", "HS", "PHS"), "night"),
}
_WORDS = {
    "morning": re.compile(r"\b(?:morning|mornings|breakfast|qam|a\.?m\.?)(?![a-z])|早|晨|上午"),
    "noon": re.compile(r"\b(?:noon|midday|lunch)\b|中午|午餐|午饭"),
    "afternoon": re.compile(r"\bafternoons?\b|下午"),
    "evening": re.compile(r"\b(?:evening|evenings|dinner|supper|qpm|p\.?m\.?)(?![a-z])|晚(?!于)|傍晚"),
    "night": re.compile(r"\b(?:night|nightly|bedtime|qhs|qn|hs)\b|睡前|夜间"),
}
_EITHER = re.compile(r"\bor\b|或")
_CLOCK = re.compile(r"\d{2}:\d{2}")
_BEGINS = ((4, "night"), (11, "morning"), (14, "noon"), (17, "afternoon"), (22, "evening"))


def coded_times(when: Iterable[str], clock: Iterable[str]) -> frozenset[str]:
    """Parts of the day and clock times; a meal that is not named is no time."""
    parts = (_CODES[code] for code in when if code in _CODES)
    return frozenset((*parts, *(found[0] for time in clock if (found := _CLOCK.match(time)))))


def times_in_words(text: str) -> frozenset[str]:
    """Every part of the day that a text names; alternatives name none."""
    plain = text.lower()[:500]
    found = frozenset(part for part, words in _WORDS.items() if words.search(plain))
    return frozenset() if len(found) > 1 and _EITHER.search(plain) else found


def are_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two doses are surely taken at different times; a clock time lies in its part of the day."""
    if not one or not other:
        return False
    if all(_is_clock(time) for time in one | other):
        return one.isdisjoint(other)
    return {_part(time) for time in one}.isdisjoint(_part(time) for time in other)


def _is_clock(time: str) -> bool:
    return time[0].isdigit()


def _part(time: str) -> str:
    if not _is_clock(time):
        return time
    hour = int(time[:2])
    return next((part for before, part in _BEGINS if hour < before), "night")
