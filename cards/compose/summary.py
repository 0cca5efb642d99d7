"""The one sentence of a card: the drug, then what matters most, below 140 characters."""

from collections.abc import Sequence
from functools import cache
from string import Formatter

from cards.compose.context import CardContext
from cards.compose.escape import plain
from cards.compose.grouping import Group
from cards.compose.point import SCREENING
from cards.compose.shortening import shortened
from cards.compose.states import by_state

LONGEST = 139  # CDS Hooks: less than 140 characters
DUE = frozenset({"monitoring-due", *SCREENING})
Part = tuple[str, tuple[str, ...]]  # a template, and the names it is to list


def summary(group: Group, context: CardContext) -> str:
    """The summary of any card; it says so when part of what the card is about could not be checked."""
    if not group.points:
        return _unchecked(group, context)
    if not group.not_assessed:
        return _of_findings(group, context, LONGEST)
    partly = context.texts.summary.partly
    return _of_findings(group, context, LONGEST - len(partly)).rstrip(".。") + partly


def _of_findings(group: Group, context: CardContext, longest: int) -> str:
    words = group.points[0].words
    if len(group.points) == 1 or group.section == "alone":
        return about_drug(words.said, group.drug, context, longest)
    parts: list[Part] = []
    if group.section == "screening" and group.severity != "critical":
        tests = by_state(group.points, context)
        parts = [(getattr(context.texts.summary, state), names) for state, names in tests.items()]
    elif group.section == "due" and words.statement.kind in DUE:
        parts = _due(group, context)
    return _joined(parts, group.drug, context, longest) if parts else _with_topics(group, context, longest)


def about_drug(text: str, drug: str, context: CardContext, longest: int = LONGEST) -> str:
    """``text`` with the drug named in it, cut at a clause or a word where it is too long."""
    text, name = plain(text), context.phrases.drug_name(drug)
    if name.casefold() not in shortened(text, longest).casefold():
        text = context.texts.summary.about_drug.format(drug=name, text=_lower_first(text))
    return shortened(text, longest)


@cache
def _field(template: str) -> str:
    return next(name for _, name, _, _ in Formatter().parse(template) if name)


def listed(template: str, names: Sequence[str], longest: int, context: CardContext) -> str:
    """``template`` with as many names as fit, and how many more there are; nothing if not even one fits."""
    field = _field(template)
    room = longest - len(template.format(**{field: ""}))
    for count in range(len(names), 0, -1):
        text = context.texts.list_.join(names[:count])
        if len(text) <= room and count < len(names):
            text = context.texts.more.format(names=text, count=len(names) - count)
        if len(text) <= room:
            return template.format(**{field: text})
    return ""


def _due(group: Group, context: CardContext) -> list[Part]:
    """The tests that are due and not yet ordered."""
    tests = by_state([point for point in group.points if point.words.statement.kind in DUE], context)
    names = tuple(name for state, part in tests.items() if state != "pending" for name in part)
    return [(context.texts.summary.due, names)] if names else []


def _joined(parts: list[Part], drug: str, context: CardContext, longest: int = LONGEST) -> str:
    """The parts in their order of importance, as long as there is room; the first always."""
    texts = context.texts
    head = texts.summary.about_drug.format(drug=context.phrases.drug_name(drug), text="")
    for template, names in parts:
        separator = "" if head.endswith(texts.colon) else texts.clause
        room = longest - len(head) - len(separator)
        text = listed(template, names, room, context) if room > 30 else ""
        if text and len(text) <= room:
            head += separator + text
    return shortened(head, longest)


def _with_topics(group: Group, context: CardContext, longest: int) -> str:
    """The first statement, short, and what else the card is about."""
    first, *others = [point.words for point in group.points]
    kinds = dict.fromkeys([words.kind for words in others if words.statement.kind != "information"])
    kinds.pop(first.kind, None)
    also = listed(context.texts.summary.also, tuple(kinds), longest // 2, context) if kinds else ""
    return about_drug(first.first_clause if also else first.said, group.drug, context, longest - len(also)) + also


def _unchecked(group: Group, context: CardContext) -> str:
    """Nothing was found, but not everything could be checked: never worded as an all-clear."""
    texts, phrases, items = context.texts, context.phrases, group.not_assessed
    keys = dict.fromkeys((name, item.chapter) for item in items for name in item.missing)
    names = tuple(dict.fromkeys(phrases.name(key, chapter) for key, chapter in keys))
    reasons = tuple(dict.fromkeys(texts.gap[item.why] for item in items))
    template = texts.summary.unchecked.replace("{why}", phrases.listed(reasons))
    names = names or tuple(texts.kind[item.statement.kind] for item in items)
    return _joined([(template, names)], group.drug, context)


def _lower_first(text: str) -> str:
    """Lower case after the drug's name, unless the first word is an abbreviation or a name."""
    word = text.split(" ", 1)[0]
    ordinary = word[1:].islower() or len(word) == 1
    return text[:1].lower() + text[1:] if ordinary and word.isascii() else text
