"""A statement in words, for its evidence page and the command line."""

from collections.abc import Iterable
from typing import Any

from cards.knowledge.approval import approval_in_words
from cards.knowledge.chapter import Chapter
from cards.knowledge.loader import Knowledge
from cards.knowledge.model import Suggestion, Words
from cards.knowledge.placeholders import blanked
from cards.knowledge.statements import ACTIONS, CompiledStatement


def explain(knowledge: Knowledge, identifier: str) -> dict[str, Any] | None:
    """Everything a reader needs to judge a statement; ``None`` if there is none of that id."""
    chapter, statement = knowledge.chapter_of(identifier), knowledge.statement(identifier)
    if chapter is None or statement is None:
        return None
    entry = statement.entry
    return {
        "id": entry.id,
        "drug": chapter.entry.names.model_dump(),
        "kind": entry.kind,
        "severity": entry.severity,
        "reason": entry.reason,
        "escalations": [step.model_dump() for step in entry.escalate],
        "say": _said(entry.say),
        "say_if": [{"when": wording.when, "say": _said(wording.say)} for wording in entry.say_if],
        "hooks": list(entry.hooks),
        "stages": list(entry.stages),
        "applies": entry.applies,
        "fires": entry.fires or "",
        "components": dict(entry.components),
        "unknown": entry.unknown,
        "facts": [_fact(chapter, name) for name in _facts_behind(chapter, statement)],
        "parameters": [_parameter(chapter, name) for name in sorted(_parameters_behind(chapter, statement))],
        "source": source_in_words(knowledge, entry.source.document, entry.source.locator),
        "certainty": entry.certainty,
        "approval": approval_in_words(chapter.approval(entry.approval)),
        "note": entry.note,
        "outside": [item if isinstance(item, str) else ": ".join(*item.items()) for item in entry.outside],
        "sign_off": entry.sign_off,
        "supersedes": [*entry.supersedes, *entry.outranks],
        "clears": _clears(knowledge, statement),
        "override_reasons": [_words(knowledge.override_reason(code)) for code in entry.override_reasons],
        "suggestions": [_suggestion(suggestion) for suggestion in entry.suggest],
    }


def index(knowledge: Knowledge) -> list[dict[str, Any]]:
    """All statements, short, in the order of their files."""
    return [
        {
            "id": s.entry.id,
            "drug": chapter.entry.names.model_dump(),
            "kind": s.entry.kind,
            "severity": s.entry.severity,
            "say": _said(s.entry.say),
            "sign_off": s.entry.sign_off,
            "file": s.file,
        }
        for chapter in knowledge.chapters.values()
        for s in chapter.statements.values()
    ]


def _said(words: Words) -> dict[str, str]:
    """Without an order at hand the places that it fills stay blank."""
    return {language: blanked(text) for language, text in words.model_dump().items()}


def _words(words: Words | None) -> dict[str, str]:
    return words.model_dump() if words else {}


def _facts_behind(chapter: Chapter, statement: CompiledStatement) -> Iterable[str]:
    """The facts a statement names, and those they are made of, each once."""
    seen: dict[str, None] = {}
    waiting = sorted(statement.facts)
    while waiting:
        name = waiting.pop(0)
        if name not in seen and name in chapter.facts:
            seen[name] = None
            waiting += sorted(chapter.facts[name].facts)
    return seen


def _parameters_behind(chapter: Chapter, statement: CompiledStatement) -> set[str]:
    behind = set(statement.parameters)
    for name in _facts_behind(chapter, statement):
        behind |= chapter.facts[name].parameters
    return behind


def _fact(chapter: Chapter, name: str) -> dict[str, Any]:
    entry = chapter.facts[name].entry
    cases = [f"{case.value} when {case.when}" for case in entry.cases]
    if entry.otherwise:
        cases.append(f"{entry.otherwise} otherwise")
    return {"name": name, "says": entry.says.model_dump(), "logic": entry.is_ or "; ".join(cases)}


def _parameter(chapter: Chapter, name: str) -> dict[str, Any]:
    entry = chapter.parameters[name]
    values = entry.value if isinstance(entry.value, list) else [entry.value]
    shown = " - ".join("off" if value is None else str(value).lower() for value in values)
    return {"id": f"P.{name}", "value": shown, "unit": entry.unit, "origin": entry.origin, "locator": entry.locator}


def source_in_words(knowledge: Knowledge, document: str, locator: str) -> dict[str, Any]:
    source = knowledge.source(document)
    title = source.title.model_dump() if source else {"en": document, "zh": document}
    return {"document": document, "title": title, "locator": locator, "url": source.url if source else None}


def _clears(knowledge: Knowledge, statement: CompiledStatement) -> list[dict[str, str]]:
    """What would make the finding go away: the asked results, else the opposite of its condition."""
    terminology = knowledge.terminology
    asked = [
        {"en": f"A usable result: {terminology.name(name, 'en')}", "zh": f"可用的结果：{terminology.name(name, 'zh')}"}
        for name in statement.entry.asks
    ]
    condition = {"en": "The condition above no longer holds", "zh": "上述条件不再成立"}
    return [*asked, condition]


def _suggestion(suggestion: Suggestion) -> str:
    action = next(name for name in ACTIONS if getattr(suggestion, name) is not None)
    value = getattr(suggestion, action)
    shown = value.en if isinstance(value, Words) else f"{value.of}: {value.date}" if action == "end_later" else value
    only_if = f" (only if {suggestion.only_if})" if suggestion.only_if else ""
    return f"{action.replace('_', ' ')}: {shown}{only_if}"
