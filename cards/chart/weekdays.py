"""The days of the week that words name: ``every Monday and Thursday``, 每周一、四."""

import re

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG = r"(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_LATIN = re.compile(rf"\b(?:every|each|on)\s+({_LONG}\b(?:\s*(?:,|and|&|/|\+)+\s*(?:every\s+|on\s+)?{_LONG}\b)*)")
_EACH = re.compile(rf"\b{_LONG}\b")
_CHINESE = re.compile(
    r"(?:每周|每星期|每逢周|逢周)([一二三四五六日天](?:\s*[、,，及和]\s*(?:周|星期)?[一二三四五六日天])*)(?!\s*[次\d])"
)
_DAYS = {**dict(zip("一二三四五六日", _NAMES, strict=True)), "天": "sun"}


def weekdays_in_words(text: str) -> frozenset[str]:
    """As FHIR writes them; 每周一次 is once a week and no Monday."""
    plain = text.lower()[:500]
    found = {day[1][:3] for named in _LATIN.finditer(plain) for day in _EACH.finditer(named[1])}
    return frozenset(found | {_DAYS[day] for named in _CHINESE.finditer(plain) for day in named[1] if day in _DAYS})
