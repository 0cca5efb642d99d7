"""One complete CDS Hooks card."""

from cards.compose.context import CardContext
from cards.compose.detail import MOST_UNCHECKED, detail
from cards.compose.fhir import Json
from cards.compose.grouping import Group
from cards.compose.machine import extension
from cards.compose.statement_words import StatementWords
from cards.compose.suggestions import suggestions
from cards.compose.summary import summary


def card(group: Group, context: CardContext) -> Json:
    """The card of one group of findings; what is empty is left out, as CDS Hooks demands."""
    offered = suggestions(group, context)
    words = [point.words for point in group.points]
    unchecked = [context.phrases.words(item.statement) for item in group.not_assessed]
    written: Json = {
        "uuid": context.new_id(),
        "summary": summary(group, context),
        "detail": detail(group, words, unchecked, context),
        "indicator": group.severity,
        "source": _source((words or unchecked)[0], context),
        "suggestions": offered,
        "selectionBehavior": "any" if offered else "",
        "overrideReasons": _override_reasons(group),
        "links": _links(words, unchecked, context) if context.base_url else [],
        "extension": extension(group),
    }
    return {name: value for name, value in written.items() if value}


def _source(words: StatementWords, context: CardContext) -> Json:
    return words.source | ({"url": context.base_url} if context.base_url else {})


def _override_reasons(group: Group) -> list[Json]:
    """What a clinician may answer to a warning or a critical finding."""
    found: dict[str, Json] = {}
    for point in group.points:
        if point.finding.severity != "info":
            for reason in point.words.override_reasons:
                found.setdefault(reason["code"], reason)
    return list(found.values())


def _links(words: list[StatementWords], unchecked: list[StatementWords], context: CardContext) -> list[Json]:
    """The evidence page of every finding, and of what could not be checked as far as it is shown."""
    pages, links = f"{context.base_url}/evidence", dict[str, Json]()
    for item in (*words, *unchecked[:MOST_UNCHECKED]):
        links[item.statement.id] = {"label": item.link_label, "url": f"{pages}/{item.page}", "type": "absolute"}
    found = list(links.values())
    if len(unchecked) > MOST_UNCHECKED:
        found.append({"label": context.texts.link.index, "url": pages, "type": "absolute"})
    return found
