"""The Markdown of a card: each finding with its data, its state in words, its source, and what would clear it."""

import re
from collections.abc import Iterator
from functools import cache

from cards.chart.records import Gap, Record
from cards.compose.context import CardContext
from cards.compose.escape import escaped, escaped_wording
from cards.compose.grouping import Group
from cards.compose.states import Known, by_state, tests_of
from cards.findings import Finding, NotAssessed, State

MOST_EVIDENCE = 4
MOST_UNCHECKED = 12
_CLEARING: dict[Known, str] = {"pending": "awaited_result", "stale": "newer_result", "not_recorded": "entry"}


def detail(group: Group, context: CardContext) -> str:
    """Everything the card says below its summary."""
    blocks = [
        *_drafts(group, context),
        "\n".join(line for finding in group.findings for line in _finding(finding, context)),
        "\n".join(_unchecked(group, context)),
        _sources(group, context),
    ]
    return "\n\n".join(block for block in blocks if block)


def _drafts(group: Group, context: CardContext) -> Iterator[str]:
    """Which drafts the card is about, where there are several."""
    texts, drafts = context.texts.detail, {draft.reference: draft for draft in context.chart.drafts}
    orders = dict.fromkeys(finding.order for finding in group.findings if finding.order in drafts)
    if len(drafts) > 1 and orders:
        named = [
            texts.drafted.format(order=escaped(drafts[order].label), reference=escaped(order))
            for order in orders
            if order
        ]
        yield texts.draft.format(orders=context.listed(named))


def _finding(finding: Finding, context: CardContext) -> Iterator[str]:
    texts, statement = context.texts, finding.statement
    mark = f"**{texts.severity[finding.severity]}**{texts.colon}" if finding.severity != "info" else ""
    place = texts.brackets.format(text=escaped_wording(_locator(statement.source.locator, context)))
    yield f"- {mark}{escaped_wording(context.say(statement))}{place}"
    if statement.presentation == "detail":
        return
    known = context.texts.between_sentences.join([*_states(finding, context), *_clears(finding, context)])
    yield from (f"  - {line}" for line in (_evidence(finding, context), known) if line)


def _evidence(finding: Finding, context: CardContext) -> str:
    """The records it rests on; the draft itself is what the card is about and tells nothing new."""
    texts, records = context.texts, shown_evidence(finding, context)
    labels = [escaped(record.label or record.reference) for record in records[:MOST_EVIDENCE]]
    if not labels:
        return ""
    text, left = texts.clause.join(labels), len(records) - MOST_EVIDENCE
    if left > 0:
        text = texts.detail.more_evidence.format(evidence=text, count=left)
    return texts.detail.record.format(evidence=text)


def shown_evidence(finding: Finding, context: CardContext) -> list[Record]:
    drafts = {finding.order, *(draft.reference for draft in context.drafts_of(finding.drug))}
    return [record for record in finding.evidence if record.reference not in drafts]


def _states(finding: Finding, context: CardContext) -> Iterator[str]:
    """In words what is known of each asked test; absence is never worded as a result."""
    if not tests_of(finding):
        yield from _without_tests(finding, context)
    elif finding.state is not State.PRESENT:
        for state, names in by_state([finding], context).items():
            tests = context.listed([escaped_wording(name) for name in names])
            yield getattr(context.texts.state, state).format(tests=tests)


def _without_tests(finding: Finding, context: CardContext) -> Iterator[str]:
    """What the finding had to do without."""
    state, found = context.texts.state, False
    for gap, template in ((Gap.NOT_FETCHED, state.not_fetched), (Gap.UNREADABLE, state.unreadable)):
        names = dict.fromkeys(context.name(m.concept, finding.chapter) for m in finding.missing if m.why is gap)
        if names:
            found = True
            yield template.format(tests=context.listed([escaped_wording(name) for name in names]))
    if not found and finding.state is State.MISSING and not shown_evidence(finding, context):
        yield state.nothing_found


def _clears(finding: Finding, context: CardContext) -> Iterator[str]:
    """What would make the finding go away."""
    texts, kind = context.texts, finding.statement.kind
    if kind == "information":
        return
    what = texts.clears[kind]
    states: list[Known] = [*by_state([finding], context)] if finding.state is not State.PRESENT else []
    if states:
        what = texts.clears[_CLEARING.get(states[0], "usable_result") if len(states) == 1 else "usable_result"]
    yield texts.detail.clears.format(what=what)


def _unchecked(group: Group, context: CardContext) -> Iterator[str]:
    texts, items = context.texts, group.not_assessed
    if items:
        yield f"**{texts.detail.unchecked_heading}**"
        yield ""
    lines = list(_by_subject(items, context))
    yield from (f"- {line}" for line in lines[:MOST_UNCHECKED])
    if len(lines) > MOST_UNCHECKED:
        yield "- " + texts.detail.unchecked_more.format(count=len(lines) - MOST_UNCHECKED)


def _by_subject(items: list[NotAssessed], context: CardContext) -> Iterator[str]:
    """One line for all of one subject. Not the statement: it would read as if it held."""
    texts, known = context.texts, [(context.subject(item.statement), item) for item in items]
    for subject, why in dict.fromkeys((subject, item.why) for subject, item in known):
        same = [item for name, item in known if (name, item.why) == (subject, why)]
        names = dict.fromkeys(escaped_wording(context.name(key, item.chapter)) for item in same for key in item.missing)
        notes = dict.fromkeys(_note(item, context) for item in same)
        reasons = texts.clause.join([texts.gap[why], *(note for note in notes if note)])
        yield texts.detail.unchecked.format(
            subject=escaped_wording(subject), names=context.listed([*names] or ["–"]), why=reasons
        )


def _note(item: NotAssessed, context: CardContext) -> str:
    note = item.note if isinstance(item.note, str) or item.note is None else item.note.in_language(context.language)
    return escaped(note or "").rstrip(".。")


def _sources(group: Group, context: CardContext) -> str:
    statements = [item.statement for item in (*group.findings, *group.not_assessed)]
    titles = [
        escaped_wording(context.title(document)) for document in dict.fromkeys(s.source.document for s in statements)
    ]
    texts = context.texts.detail
    if len(titles) == 1:
        return texts.source.format(title=titles[0])
    return texts.sources.format(titles=context.texts.clause.join(titles))


def _locator(locator: str, context: CardContext) -> str:
    """``推荐意见6`` as ``recommendation 6`` for readers of English."""
    words = context.texts.locator
    return _pattern(tuple(words)).sub(lambda found: words[found[0]], locator) if words else locator


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words))
