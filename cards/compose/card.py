"""One complete CDS Hooks card."""

from functools import lru_cache
from urllib.parse import quote

from cards.compose.context import CardContext, topic_of
from cards.compose.detail import MOST_UNCHECKED, detail
from cards.compose.escape import plain
from cards.compose.fhir import Json
from cards.compose.grouping import Group
from cards.compose.machine import extension
from cards.compose.suggestions import suggestions
from cards.compose.summary import first_clause, shortened, summary
from cards.knowledge.model import Statement

SERVICE = "biologic-cds"
TOPICS = "urn:biologic-cds:topic"
OVERRIDE_REASONS = "urn:biologic-cds:override-reason"
LONGEST_LINK = 80


def card(group: Group, context: CardContext) -> Json:
    """The card of one group of findings; what is empty is left out, as CDS Hooks demands."""
    offered = suggestions(group, context)
    written: Json = {
        "uuid": context.new_id(),
        "summary": summary(group, context),
        "detail": detail(group, context),
        "indicator": group.severity,
        "source": _source(_statements(group)[0], context),
        "suggestions": offered,
        "selectionBehavior": "any" if offered else "",
        "overrideReasons": _override_reasons(group, context),
        "links": _links(group, context),
        "extension": extension(group.findings, group.not_assessed),
    }
    return {name: value for name, value in written.items() if value}


def _statements(group: Group) -> list[Statement]:
    return [item.statement for item in (*group.findings, *group.not_assessed)]


def _source(statement: Statement, context: CardContext) -> Json:
    topic = topic_of(statement)
    display = context.texts.topic.get(topic) or context.texts.kind[statement.kind]
    label = f"{SERVICE}{context.texts.colon}{context.title(statement.source.document)}"
    source: Json = {"label": label, "topic": {"code": topic, "system": TOPICS, "display": display}}
    return source | ({"url": context.base_url} if context.base_url else {})


def _override_reasons(group: Group, context: CardContext) -> list[Json]:
    """What a clinician may answer to a warning or a critical finding."""
    pressing = [finding for finding in group.findings if finding.severity != "info"]
    codes = dict.fromkeys(code for finding in pressing for code in finding.statement.override_reasons)
    found: list[Json] = []
    for code in codes:
        words = context.knowledge.override_reason(code)
        display = words.in_language(context.language) if words else code
        found.append({"code": code, "system": OVERRIDE_REASONS, "display": display})
    return found


def _links(group: Group, context: CardContext) -> list[Json]:
    """The evidence page of every finding, and of what could not be checked as far as it is shown."""
    if not context.base_url:
        return []
    texts, pages = context.texts.link, f"{context.base_url}/evidence"
    unchecked = [item.statement for item in group.not_assessed[:MOST_UNCHECKED]]
    shown = {statement.id: statement for statement in (*(f.statement for f in group.findings), *unchecked)}
    links = [
        {
            "label": texts.statement.format(statement=_short(statement, context)),
            "url": f"{pages}/{quote(identifier, safe='')}",
            "type": "absolute",
        }
        for identifier, statement in shown.items()
    ]
    more = len(group.not_assessed) > MOST_UNCHECKED
    return [*links, {"label": texts.index, "url": pages, "type": "absolute"}] if more else links


def _short(statement: Statement, context: CardContext) -> str:
    return _label(context.say(statement))


@lru_cache(maxsize=8192)
def _label(said: str) -> str:
    return shortened(first_clause(plain(said)), LONGEST_LINK)
