"""Conditions as problems: active, only suspected, or resolved; with what their words add to their codes."""

import re

from msgspec.structs import replace

from cards.chart import fhir
from cards.chart.dates import day_of, first_day, period, shown
from cards.chart.intervals import Day
from cards.chart.records import Problem
from cards.chart.source import Source
from cards.terminology import Terminology

_VOID = frozenset({"refuted", "entered-in-error"})
_SUSPECTED = frozenset({"unconfirmed", "provisional", "differential"})
_ACTIVE = frozenset({"active", "recurrence", "relapse"})
_RESOLVED = frozenset({"inactive", "remission", "resolved", "completed"})
# A diagnosis in words may deny itself, be about a relative, or be a question.
_DENIED = re.compile(
    r"^\s*(?:no\b|not\b|denie[sd]|without\b|negative for|ruled? out|excluded?\b|family history|fh\b"
    r"|无(?!症状|痛)|否认|未见|排除|除外|家族)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:possible|probable|suspected|suspicion of|query)\b|疑似|可疑|待排|待查|不除外|[?？]", re.IGNORECASE
)
Found = dict[str, str]


def concepts_in(concept: object, terminology: Terminology) -> Found:
    """The condition concepts of a CodeableConcept, and what recognised each."""
    codings, texts = fhir.codings(concept), fhir.texts(concept)
    found = {match.concept: match.matched_by for match in terminology.conditions(codings, texts)}
    for wider in list(found):
        found |= terminology.narrower(wider, texts)
    denied = any(_DENIED.match(text) for text in texts)
    return {key: how for key, how in found.items() if not (denied and how.startswith("text"))}


def read_problems(source: Source) -> dict[str, list[Problem]]:
    """All conditions of the record by concept."""
    found: dict[str, list[Problem]] = {}
    for content in source.all("Condition"):
        if fhir.coded_status(content.get("verificationStatus")) in _VOID:
            source.put_aside(content, "refuted or entered in error")
            continue
        problem = read_problem(content, source)
        for concept, how in _concepts(content, problem, source).items():
            found.setdefault(concept, []).append(replace(problem, matched_by=how))
    return found


def _concepts(content: fhir.Json, problem: Problem, source: Source) -> Found:
    """A relapse, by words or by clinicalStatus, is one only with the day it began."""
    terminology = source.terminology
    found = concepts_in(content.get("code"), terminology)
    narrower = terminology.narrowing
    if problem.relapse_status:
        found |= {key: "clinicalStatus relapse" for key, wider in narrower.items() if wider in found}
    if problem.onset is None and narrower.keys() & found.keys():
        source.put_aside(content, "relapse without an onset date")
        found = {key: how for key, how in found.items() if key not in narrower}
    return found


def read_problem(content: fhir.Json, source: Source) -> Problem:
    clinical = fhir.coded_status(content.get("clinicalStatus"))
    verification = fhir.coded_status(content.get("verificationStatus"))
    texts = fhir.texts(content.get("code"))
    onset, _ = period(content.get("onsetPeriod"))
    onset = first_day(content.get("onsetDateTime"), content.get("onsetString")) or onset
    ended = _ended(content)
    resolved = clinical in _RESOLVED or (clinical not in _ACTIVE and _is_over(content, ended, source))
    asked = verification != "confirmed" and any(_ASKED.search(text) for text in texts)
    name = fhir.wording(content.get("code")) or "condition"
    when = onset or day_of(content.get("recordedDate"))
    return Problem(
        reference=fhir.local_reference(content),
        label=", ".join(part for part in (name, clinical, shown(when)) if part),
        raw=content,
        active=not resolved,
        suspected=verification in _SUSPECTED or asked,
        resolved=resolved,
        relapse_status=clinical == "relapse",
        onset=onset,
        recorded=day_of(content.get("recordedDate")),
        ended=ended,
        text=name,
    )


def _ended(content: fhir.Json) -> Day | None:
    start, end = period(content.get("abatementPeriod"))
    return first_day(content.get("abatementDateTime"), content.get("abatementString")) or end or start


def _is_over(content: fhir.Json, ended: Day | None, source: Source) -> bool:
    """Without a clinical status an abatement in the past says that it is over."""
    return content.get("abatementBoolean") is True or (ended is not None and not source.is_future(ended))
