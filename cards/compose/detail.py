"""The Markdown of a card: each finding with its data, its state in words, its source, and what would clear it."""

from collections.abc import Iterable

from cards.chart.records import Gap, Record
from cards.compose.context import CardContext
from cards.compose.escape import escaped, escaped_wording
from cards.compose.grouping import Group
from cards.compose.point import Known, Point
from cards.compose.statement_words import StatementWords
from cards.compose.states import by_state, tests_of
from cards.compose.unchecked import unchecked_lines
from cards.findings import State

MOST_EVIDENCE = 4
MOST_UNCHECKED = 12
_LACKING: tuple[tuple[Gap, Known], ...] = ((Gap.NOT_FETCHED, "not_fetched"), (Gap.UNREADABLE, "unreadable"))
_CLEARING: dict[Known, str] = {"pending": "awaited_result", "stale": "newer_result", "not_recorded": "entry"}


def detail(group: Group, words: list[StatementWords], unchecked: list[StatementWords], context: CardContext) -> str:
    """Everything the card says below its summary; ``words`` of its findings, and of what could not be checked."""
    lines: list[str] = []
    for point in group.points:
        _add(point, lines, context)
    blocks = [
        _drafts(group, context),
        "\n".join(lines),
        "\n".join(unchecked_lines(group.not_assessed, unchecked, MOST_UNCHECKED, context)),
        _sources([*words, *unchecked], context),
    ]
    return "\n\n".join([block for block in blocks if block])


def _drafts(group: Group, context: CardContext) -> str:
    """Which drafts the card is about, where there are several."""
    if len(context.chart.drafts) < 2:
        return ""
    texts, drafts = context.texts.detail, {draft.reference: draft for draft in context.chart.drafts}
    orders = dict.fromkeys(point.finding.order for point in group.points if point.finding.order in drafts)
    if len(drafts) < 2 or not orders:
        return ""
    named = [
        texts.drafted.format(order=escaped(drafts[order].label), reference=escaped(order)) for order in orders if order
    ]
    return texts.draft.format(orders=context.phrases.listed(named))


def _add(point: Point, lines: list[str], context: CardContext) -> None:
    """The lines of one finding."""
    words = point.words
    lines.append(f"- {context.phrases.marks[point.finding.severity]}{words.line}")
    if words.statement.presentation == "detail":
        return
    shown = _shown_evidence(point, context)
    evidence = _evidence(shown, context) if shown else ""
    if evidence:
        lines.append(f"  - {evidence}")
    known = context.texts.between_sentences.join(_known(point, shown, context))
    if known:
        lines.append(f"  - {known}")


def _shown_evidence(point: Point, context: CardContext) -> list[Record]:
    """The records it rests on; the draft itself is what the card is about and tells nothing new."""
    finding = point.finding
    if not finding.evidence:
        return []
    drafts = {finding.order, *[draft.reference for draft in context.drafts_of(finding.drug)]}
    return [record for record in finding.evidence if record.reference not in drafts]


def _evidence(records: list[Record], context: CardContext) -> str:
    texts = context.texts
    text = texts.clause.join([escaped(record.label or record.reference) for record in records[:MOST_EVIDENCE]])
    left = len(records) - MOST_EVIDENCE
    if left > 0:
        text = texts.detail.more_evidence.format(evidence=text, count=left)
    return texts.detail.record.format(evidence=text)


def _known(point: Point, shown: list[Record], context: CardContext) -> list[str]:
    """In words what is known of each asked test, and what would make the finding go away."""
    finding, kind = point.finding, point.words.statement.kind
    states = by_state([point], context) if finding.state is not State.PRESENT else {}
    said: list[str] = []
    if states:
        said = [_said(state, names, context) for state, names in states.items()]
    elif (finding.missing or finding.state is State.MISSING) and not tests_of(finding):
        said = _without_tests(point, shown, context)
    if kind != "information":
        said.append(context.phrases.clears[_clearing([*states]) if states else kind])
    return said


def _said(state: str, names: Iterable[str], context: CardContext) -> str:
    """Absence is never worded as a result."""
    template: str = getattr(context.texts.state, state)
    return template.format(tests=context.phrases.listed([escaped_wording(name) for name in names]))


def _clearing(states: list[Known]) -> str:
    return _CLEARING.get(states[0], "usable_result") if len(states) == 1 else "usable_result"


def _without_tests(point: Point, shown: list[Record], context: CardContext) -> list[str]:
    """What a finding that asks for no test had to do without."""
    finding, said = point.finding, list[str]()
    for gap, state in _LACKING:
        names = [missing.concept for missing in finding.missing if missing.why is gap]
        if names:
            known = dict.fromkeys([context.phrases.name(name, finding.chapter) for name in names])
            said.append(_said(state, known, context))
    if not said and finding.state is State.MISSING and not shown:
        said.append(context.texts.state.nothing_found)
    return said


def _sources(words: list[StatementWords], context: CardContext) -> str:
    titles = {item.statement.source.document: item.title for item in words}
    texts = context.texts.detail
    if len(titles) == 1:
        return texts.source.format(title=words[0].title)
    return texts.sources.format(titles=context.texts.clause.join(titles.values()))
