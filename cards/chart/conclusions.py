"""What the conclusion of a report says about a finding: affirmed, expressly excluded, or neither.

Words are read clause by clause. A guess (possible, 待排) neither affirms nor excludes.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

from cards.chart import fhir
from cards.chart.records import Record
from cards.terminology import Terminology

NORMAL = "normal-examination"  # the concept of a coded conclusion that records a normal examination
_LONGEST = 4000
# A question mark stays with what it queries: ``间质性肺炎？`` is a guess.
_SENTENCE = re.compile(r"[。；;\n!！]|(?<=[?？])|\.(?=\s|$)|\b(?:but|however|although)\b|但是?|然而")
_CLAUSE = re.compile(r"[，,]")
_GUESS = re.compile(
    r"\b(?:possib\w+|probab\w+|suspect\w*|suspicious|suggest\w*|query|maybe|may|might|(?:can ?not|can't|not) (?:be )?"
    r"(?:excluded?|ruled? out)|(?:cannot|not) exclude)\b"
    r"|疑似|可疑|疑|可能|待排|待查|待除外|不除外|不排除|不能排除|不能除外",
    re.IGNORECASE,
)
_QUERIED = re.compile(r"[^(（:：]*[?？]")  # ``间质性改变(NSIP？)`` asks for the pattern, not for the disease
_NO = (
    r"\b(?:no|not|without|negative for|absence of|free of|ruled? out|excludes?|excluded|neither|nor)\b"
    r"|未见|未发现|未查见|未示|未提示|未及|没有|排除|除外|否认|无(?!法|症状)"
)
# What is denied then is a change of the finding, not the finding.
_CHANGE = r"chang|progress|worsen|improv|increas|decreas|变化|进展|好转|吸收|加重|增多|减少"
_DENIED_BEFORE = re.compile(rf"(?:{_NO})(?!.*(?:{_CHANGE}))", re.IGNORECASE)
_DENIED_AFTER = re.compile(
    r"^\W*(?:(?:is|are|was|were|has been|have been)\s+)?(?:not (?:seen|present|identified|evident|demonstrated|found)"
    r"|absent|negative|excluded|ruled out)\b"
    r"|^[\s:：]*(?:肺|炎|病|病变|改变|征象|表现)*[\s:：]*(?:未见|无|阴性|已?排除|没有)\s*$",
    re.IGNORECASE,
)
# ``No effusion, interstitial lung disease or nodules``: the denial goes on, as long as no verb begins anew.
_LIST_DENIED = re.compile(r"^\s*(?:there (?:is|are) )?(?:no|without|negative for)\b", re.IGNORECASE)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|with|shows?|seen|present|consistent|there)\b", re.IGNORECASE)
_OR = re.compile(r"\b(?:or|nor)\b", re.IGNORECASE)


class Said(StrEnum):
    AFFIRMED = "affirmed"
    EXCLUDED = "excluded"
    GUESSED = "guessed"


def conclusions_of(report: Record) -> bool:
    """Whether the report carries a conclusion at all."""
    return bool(_texts(report.raw) or fhir.objects(report.raw.get("conclusionCode")))


def said_of(report: Record, finding: str, terminology: Terminology) -> frozenset[Said]:
    """All that the report's conclusion says of a finding (a key of the condition value sets)."""
    said = set(_in_words(_texts(report.raw), finding, terminology))
    for concept in fhir.objects(report.raw.get("conclusionCode")):
        said |= _coded(concept, finding, terminology)
    return frozenset(said)


def _texts(raw: fhir.Json) -> list[str]:
    values = (raw.get("conclusion"), raw.get("valueString"))
    worded = fhir.texts(raw.get("valueCodeableConcept"))
    return [text[:_LONGEST] for value in values if (text := fhir.string(value)) is not None] + worded


def _coded(concept: fhir.Json, finding: str, terminology: Terminology) -> set[Said]:
    """A code affirms unless its own words deny it; a normal examination excludes."""
    texts = fhir.texts(concept)
    said = set(_in_words(texts, finding, terminology))
    if said:
        return said
    found = {match.concept for match in terminology.conditions(fhir.codings(concept), texts)}
    if finding in found:
        return {Said.AFFIRMED}
    return {Said.EXCLUDED} if NORMAL in found else set()


def _in_words(texts: Iterable[str], finding: str, terminology: Terminology) -> Iterator[Said]:
    concept = terminology.sets.conditions[finding]
    named, barred = _phrases(tuple(concept.text)), _phrases(tuple(concept.not_text))
    for sentence in (part for text in texts for part in _SENTENCE.split(text)):
        listed = False
        for clause in _CLAUSE.split(sentence):
            begins = bool(_LIST_DENIED.match(clause))
            listed = begins or (listed and not _VERB.search(clause))
            if barred is not None and barred.search(clause):
                continue
            for match in named.finditer(clause) if named is not None else ():
                said = _clause_says(clause[: match.start()], clause[match.end() :], clause)
                yield _in_list(sentence) if listed and not begins and said is Said.AFFIRMED else said


def _clause_says(before: str, after: str, clause: str) -> Said:
    if _GUESS.search(clause) or _QUERIED.match(after):
        return Said.GUESSED
    if _DENIED_BEFORE.search(before) or _DENIED_AFTER.search(after):
        return Said.EXCLUDED
    return Said.AFFIRMED


def _in_list(sentence: str) -> Said:
    """Without an ``or`` nobody can tell where a list of what is denied ends."""
    return Said.EXCLUDED if _OR.search(sentence) else Said.GUESSED


@lru_cache(maxsize=200)
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """Latin phrases as whole words, Chinese ones anywhere; the longest first."""
    if not phrases:
        return None
    plain = sorted({phrase.lstrip("=") for phrase in phrases}, key=len, reverse=True)
    parts = (
        rf"(?<![A-Za-z0-9]){re.escape(p)}(?![A-Za-z0-9])" if p.isascii() and p[-1:].isalnum() else re.escape(p)
        for p in plain
    )
    return re.compile("|".join(parts), re.IGNORECASE)
