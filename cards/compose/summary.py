"""The one sentence of a card: the drug, then what matters most, below 140 characters."""

import re
from collections.abc import Sequence
from functools import cache
from string import Formatter

from cards.compose.context import CardContext
from cards.compose.escape import plain
from cards.compose.grouping import SCREENING, Group
from cards.compose.states import by_state

LONGEST = 139  # CDS Hooks: less than 140 characters
_CLAUSE = re.compile(r"(?<=[^\d\s]{2})(?:[;:.] |[；：。])")
# Not the short ones inside a word: nucleos(t)ide, 核苷(酸).
_REMARK = re.compile(r"(?: |(?<=[\u4e00-\u9fff]))\([^()]{4,}\)")
_SHORTEST_CLAUSE = 12
DUE = frozenset({"monitoring-due", *SCREENING})


def summary(group: Group, context: CardContext) -> str:
    """The summary of any card; it says so when part of what the card is about could not be checked."""
    if not group.findings:
        return _unchecked(group, context)
    if not group.not_assessed:
        return _of_findings(group, context, LONGEST)
    partly = context.texts.summary.partly
    return _of_findings(group, context, LONGEST - len(partly)).rstrip(".。") + partly


def _of_findings(group: Group, context: CardContext, longest: int) -> str:
    first = group.findings[0]
    if len(group.findings) == 1 or group.section == "alone":
        return about_drug(context.say(first.statement), group.drug, context, longest)
    parts: list[tuple[str, tuple[str, ...]]] = []
    if group.section == "screening" and not group.critical:
        tests = by_state(group.findings, context)
        parts = [(getattr(context.texts.summary, state), names) for state, names in tests.items()]
    elif group.section == "due" and first.statement.kind in DUE:
        parts = _due(group, context)
    return _joined(parts, group.drug, context, longest) if parts else _with_topics(group, context, longest)


def about_drug(text: str, drug: str, context: CardContext, longest: int = LONGEST) -> str:
    """``text`` with the drug named in it, cut at a clause or a word where it is too long."""
    text, name = plain(text), context.drug_name(drug)
    if name.casefold() not in shortened(text, longest).casefold():
        text = context.texts.summary.about_drug.format(drug=name, text=_lower_first(text))
    return shortened(text, longest)


def shortened(text: str, longest: int) -> str:
    """At most ``longest`` characters: without remarks in brackets, as many clauses as fit, else as many words."""
    if len(text) <= longest:
        return text
    text = _REMARK.sub("", text)
    if len(text) <= longest:
        return text
    ends = [m.start() for m in _CLAUSE.finditer(text) if _SHORTEST_CLAUSE * 3 <= m.start() <= longest]
    if ends:
        return text[: ends[-1]].rstrip()
    cut = text[: longest - 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[longest // 2 :] else cut
    return at_word.rstrip(" ,;:，；：、") + "…"


def first_clause(text: str) -> str:
    """What stands before the first colon, semicolon or full stop, without remarks in brackets."""
    text = _REMARK.sub("", text)
    found = next((m.start() for m in _CLAUSE.finditer(text) if m.start() >= _SHORTEST_CLAUSE), len(text))
    return text[:found].rstrip(" .。")


@cache
def _field(template: str) -> str:
    return next(name for _, name, _, _ in Formatter().parse(template) if name)


def listed(template: str, names: Sequence[str], longest: int, context: CardContext) -> str:
    """``template`` with as many names as fit, and how many more there are; nothing if not even one fits."""
    field = _field(template)
    for count in range(len(names), 0, -1):
        text = context.listed(tuple(names[:count]))
        if count < len(names):
            text = context.texts.more.format(names=text, count=len(names) - count)
        filled = template.format(**{field: text})
        if len(filled) <= longest:
            return filled
    return ""


def _due(group: Group, context: CardContext) -> list[tuple[str, tuple[str, ...]]]:
    """The tests that are due and not yet ordered."""
    tests = by_state([f for f in group.findings if f.statement.kind in DUE], context)
    names = tuple(name for state, part in tests.items() if state != "pending" for name in part)
    return [(context.texts.summary.due, names)] if names else []


def _joined(parts: list[tuple[str, tuple[str, ...]]], drug: str, context: CardContext, longest: int = LONGEST) -> str:
    """The parts in their order of importance, as long as there is room; the first always."""
    texts = context.texts
    head = texts.summary.about_drug.format(drug=context.drug_name(drug), text="")
    for template, names in parts:
        separator = "" if head.endswith(texts.colon) else texts.clause
        room = longest - len(head) - len(separator)
        text = listed(template, names, room, context) if room > 30 else ""
        if text and len(text) <= room:
            head += separator + text
    return shortened(head, longest)


def _with_topics(group: Group, context: CardContext, longest: int) -> str:
    """The first statement, short, and what else the card is about."""
    texts = context.texts
    first, *others = group.findings
    kinds = dict.fromkeys(texts.kind[f.statement.kind] for f in others if f.statement.kind != "information")
    kinds.pop(texts.kind[first.statement.kind], None)
    also = listed(texts.summary.also, tuple(kinds), longest // 2, context) if kinds else ""
    head = first_clause(context.say(first.statement)) if also else context.say(first.statement)
    return about_drug(head, group.drug, context, longest - len(also)) + also


def _unchecked(group: Group, context: CardContext) -> str:
    """Nothing was found, but not everything could be checked: never worded as an all-clear."""
    texts, items = context.texts, group.not_assessed
    keys = dict.fromkeys((name, item.chapter) for item in items for name in item.missing)
    names = tuple(dict.fromkeys(context.name(key, chapter) for key, chapter in keys))
    reasons = tuple(dict.fromkeys(texts.gap[item.why] for item in items))
    template = texts.summary.unchecked.replace("{why}", context.listed(reasons))
    names = names or tuple(texts.kind[item.statement.kind] for item in items)
    return _joined([(template, names)], group.drug, context)


def _lower_first(text: str) -> str:
    """Lower case after the drug's name, unless the first word is an abbreviation or a name."""
    word = text.split(" ", 1)[0]
    ordinary = word[1:].islower() or len(word) == 1
    return text[:1].lower() + text[1:] if ordinary and word.isascii() else text
