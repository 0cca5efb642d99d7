"""The one sentence of a card: the drug, then what matters most, below 140 characters."""

import re
from collections.abc import Sequence
from string import Formatter

from cards.compose.context import CardContext
from cards.compose.escape import plain
from cards.compose.grouping import SCREENING, Group
from cards.compose.states import by_state

LONGEST = 139  # CDS Hooks: less than 140 characters
_CLAUSE = re.compile(r"(?<=[^\d\s]{2})(?:[;:.] |[；：。])| \(|(?<=[\u4e00-\u9fff])\(")
_SHORTEST_CLAUSE = 12


def summary(group: Group, context: CardContext) -> str:
    """The summary of any card."""
    if not group.findings:
        return _unchecked(group, context)
    first = group.findings[0]
    if len(group.findings) == 1 or group.section == "alone":
        return about_drug(context.say(first.statement), group.drug, context)
    if group.section == "screening" and not group.critical:
        return _of_tests(group, context)
    if group.section == "due" and first.statement.kind in {"monitoring-due", *SCREENING}:
        return _due(group, context)
    return _with_topics(group, context)


def about_drug(text: str, drug: str, context: CardContext) -> str:
    """``text`` with the drug named in it, cut at a clause or a word where it is too long."""
    text, name = plain(text), context.drug_name(drug)
    if name.casefold() not in shortened(text, LONGEST).casefold():
        text = context.texts.summary.about_drug.format(drug=name, text=_lower_first(text))
    return shortened(text, LONGEST)


def shortened(text: str, longest: int) -> str:
    """At most ``longest`` characters: the longest run of whole clauses, else of whole words."""
    if len(text) <= longest:
        return text
    ends = [m.start() for m in _CLAUSE.finditer(text) if _SHORTEST_CLAUSE * 3 <= m.start() <= longest]
    if ends:
        return text[: ends[-1]].rstrip()
    cut = text[: longest - 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[longest // 2 :] else cut
    return at_word.rstrip(" ,;:，；：、") + "…"


def first_clause(text: str) -> str:
    """What stands before the first colon, semicolon, full stop or bracket."""
    found = next((m.start() for m in _CLAUSE.finditer(text) if m.start() >= _SHORTEST_CLAUSE), len(text))
    return text[:found].rstrip(" .。")


def listed(template: str, names: Sequence[str], longest: int, context: CardContext) -> str:
    """``template`` with as many names as fit, and how many more there are; nothing if not even one fits."""
    field = next(name for _, name, _, _ in Formatter().parse(template) if name)
    for count in range(len(names), 0, -1):
        text = context.listed(tuple(names[:count]))
        if count < len(names):
            text = context.texts.more.format(names=text, count=len(names) - count)
        filled = template.format(**{field: text})
        if len(filled) <= longest:
            return filled
    return ""


def _of_tests(group: Group, context: CardContext) -> str:
    """What has no result, what is too old and what is awaited."""
    tests = by_state(group.findings, context)
    parts = [(getattr(context.texts.summary, state), names) for state, names in tests.items()]
    return _joined(parts, group.drug, context) if parts else _with_topics(group, context)


def _due(group: Group, context: CardContext) -> str:
    wanted = [f for f in group.findings if f.statement.kind in {"monitoring-due", *SCREENING}]
    tests = by_state(wanted, context)
    names = tuple(name for state, part in tests.items() if state != "pending" for name in part)
    if not names:
        return _with_topics(group, context)
    return _joined([(context.texts.summary.due, names)], group.drug, context)


def _joined(parts: list[tuple[str, tuple[str, ...]]], drug: str, context: CardContext) -> str:
    """The parts in their order of importance, as long as there is room; the first always."""
    texts = context.texts
    head = texts.summary.about_drug.format(drug=context.drug_name(drug), text="")
    for template, names in parts:
        separator = texts.clause if not head.endswith(_ends_of(texts.summary.about_drug)) else ""
        room = LONGEST - len(head) - len(separator)
        text = listed(template, names, room, context) if room > 30 else ""
        if text and len(text) <= room:
            head += separator + text
    return shortened(head, LONGEST)


def _ends_of(template: str) -> str:
    return template.format(drug="", text="")


def _with_topics(group: Group, context: CardContext) -> str:
    """The first statement, short, and what else the card is about."""
    texts = context.texts
    first, *others = group.findings
    kinds = dict.fromkeys(texts.kind[f.statement.kind] for f in others if f.statement.kind != "information")
    kinds.pop(texts.kind[first.statement.kind], None)
    also = listed(texts.summary.also, tuple(kinds), 70, context) if kinds else ""
    head = first_clause(context.say(first.statement)) if also else context.say(first.statement)
    name = context.drug_name(group.drug)
    if name.casefold() not in head.casefold():
        head = texts.summary.about_drug.format(drug=name, text=_lower_first(head))
    return shortened(plain(head), LONGEST - len(also)) + also


def _unchecked(group: Group, context: CardContext) -> str:
    """Nothing was found, but not everything could be checked: never worded as an all-clear."""
    texts, items = context.texts, group.not_assessed
    keys = dict.fromkeys(name for item in items for name in item.missing)
    names = tuple(dict.fromkeys(context.name(key, group.drug) for key in keys))
    reasons = tuple(dict.fromkeys(texts.gap[item.why] for item in items))
    template = texts.summary.unchecked.replace("{why}", context.listed(reasons))
    names = names or tuple(texts.kind[item.statement.kind] for item in items)
    return _joined([(template, names)], group.drug, context)


def _lower_first(text: str) -> str:
    """Lower case after the drug's name, unless the first word is an abbreviation or a name."""
    word = text.split(" ", 1)[0]
    ordinary = word[1:].islower() or len(word) == 1
    return text[:1].lower() + text[1:] if ordinary and word.isascii() else text
