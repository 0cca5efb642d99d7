"""Reads and checks the card texts: both languages must have the same entries with the same placeholders."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, cast, get_args

from pydantic import Field

from cards.chart.records import Gap
from cards.errors import KnowledgeError
from cards.knowledge.model import SEVERITIES, Entry, FindingKind, Severity
from cards.yaml_files import read_yaml, validated

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")


class SummaryTexts(Entry):
    about_drug: str
    missing: str
    not_recorded: str
    unsettled: str
    stale: str
    pending: str
    unreadable: str
    not_fetched: str
    due: str
    also: str
    partly: str
    unchecked: str


class StateTexts(Entry):
    missing: str
    not_recorded: str
    unsettled: str
    stale: str
    pending: str
    unreadable: str
    not_fetched: str
    nothing_found: str


class DetailTexts(Entry):
    draft: str
    drafted: str
    record: str
    more_evidence: str
    clears: str
    unchecked_heading: str
    unchecked: str
    unchecked_more: str
    source: str
    sources: str


class LinkTexts(Entry):
    statement: str
    index: str


class SuggestionTexts(Entry):
    order: str
    order_all: str
    refer: str
    prescribe: str
    prescribe_group: str
    prescribe_all: str
    vaccinate: str
    delete: str
    change: str
    hold: str
    stop: str
    end_later: str
    move_vaccine: str
    add_infusion: str
    add_infusion_no_dose: str
    prescriber_chooses: str


class ChangeTexts(Entry):
    set_dose: str
    set_route: str
    set_interval: str
    set_regimen: str
    set_minutes: str
    clear_dose: str
    move_draft: str
    move_second: str
    add_note: str
    reason_from: str


class DoseTexts(Entry):
    language: str
    amount: str
    between: str
    at_most: str
    in_mg: str
    every_one: str
    every: str
    times_one: str
    times: str
    once: str
    repeated: str
    at_weeks: str
    at_days: str
    from_week: str
    course: str
    then: str
    or_: str
    following: str
    larger_of: str
    limit_dose: str
    limit_day: str
    limit_period: str
    infusion: str
    doubtful_grade: str
    rounded_up: str
    by_label: str
    not_known: str
    unit: dict[str, str]
    units: dict[str, str]


class CardTexts(Entry):
    """One language."""

    list_: str = Field(alias="list")
    clause: str
    colon: str
    brackets: str
    between_sentences: str
    more: str
    summary: SummaryTexts
    severity: dict[Severity, str]
    state: StateTexts
    detail: DetailTexts
    gap: dict[Gap, str]
    clears: dict[str, str]
    kind: dict[FindingKind, str]
    topic: dict[str, str]
    fact: dict[str, str]
    locator: dict[str, str]
    link: LinkTexts
    suggestion: SuggestionTexts
    change: ChangeTexts
    dose: DoseTexts
    route: dict[str, str]


@cache
def card_texts(language: str) -> CardTexts:
    """The texts of one language; English for a language that is not there. Raises ``KnowledgeError``."""
    return _all_texts()["zh" if language == "zh" else "en"]


@cache
def _all_texts() -> Mapping[str, CardTexts]:
    raw = {language: read_yaml(FOLDER / f"{language}.yaml") for language in LANGUAGES}
    english = dict(_leaves(raw["en"]))
    for language in LANGUAGES[1:]:
        _check_same(english, dict(_leaves(raw[language])), f"{language}.yaml")
    texts = {language: validated(CardTexts, raw[language], FOLDER / f"{language}.yaml", language) for language in raw}
    for language, entry in texts.items():
        _check_complete(entry, f"{language}.yaml")
    return texts


def _leaves(content: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if not isinstance(content, dict):
        yield path, str(content)
        return
    for key, value in cast("dict[str, Any]", content).items():
        yield from _leaves(value, f"{path}.{key}".lstrip("."))


def _check_same(english: Mapping[str, str], other: Mapping[str, str], file: str) -> None:
    odd = sorted(english.keys() ^ other.keys())
    if odd:
        raise KnowledgeError(file, odd[0], "stands in one language only")
    for path, text in english.items():
        if _placeholders(text) != _placeholders(other[path]):
            raise KnowledgeError(file, path, f"placeholders differ from English: {sorted(_placeholders(text))}")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _check_complete(texts: CardTexts, file: str) -> None:
    kinds = set(get_args(FindingKind))
    for field, known, needed in (
        ("severity", texts.severity, set(SEVERITIES)),
        ("gap", texts.gap, set(Gap)),
        ("kind", texts.kind, kinds),
        ("clears", texts.clears, kinds),
    ):
        missing = sorted(str(name) for name in needed - set(known))
        if missing:
            raise KnowledgeError(file, field, f"lacks {', '.join(missing)}")
