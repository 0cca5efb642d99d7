"""The part of a card that says what could not be checked."""

from cards.compose.context import CardContext
from cards.compose.escape import escaped, escaped_wording
from cards.compose.statement_words import StatementWords
from cards.findings import NotAssessed


def unchecked_lines(
    items: list[NotAssessed], words: list[StatementWords], most: int, context: CardContext
) -> list[str]:
    """A heading and at most so many lines; nothing where everything was checked."""
    if not items:
        return []
    texts = context.texts.detail
    lines = _by_subject(items, [item.subject for item in words], context)
    found = [f"**{texts.unchecked_heading}**", "", *[f"- {line}" for line in lines[:most]]]
    if len(lines) > most:
        found.append("- " + texts.unchecked_more.format(count=len(lines) - most))
    return found


def _by_subject(items: list[NotAssessed], subjects: list[str], context: CardContext) -> list[str]:
    """One line for all of one subject. Not the statement: it would read as if it held."""
    texts, lines = context.texts, list[str]()
    alike: dict[tuple[str, str], list[NotAssessed]] = {}
    for subject, item in zip(subjects, items, strict=True):
        alike.setdefault((subject, item.why), []).append(item)
    for (subject, _), same in alike.items():
        names = dict.fromkeys(
            escaped_wording(context.phrases.name(key, item.chapter)) for item in same for key in item.missing
        )
        notes = dict.fromkeys(_note(item, context) for item in same)
        reasons = texts.clause.join([texts.gap[same[0].why], *(note for note in notes if note)])
        listed = context.phrases.listed([*names] or ["–"])
        lines.append(texts.detail.unchecked.format(subject=escaped_wording(subject), names=listed, why=reasons))
    return lines


def _note(item: NotAssessed, context: CardContext) -> str:
    note = item.note
    if note is None or isinstance(note, str):
        return escaped(note or "").rstrip(".。")
    return escaped(note.in_language(context.phrases.language)).rstrip(".。")
