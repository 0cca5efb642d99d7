"""Makes sentences short: clauses, then words are left out, never letters."""

import re

_CLAUSE = re.compile(r"(?<=[^\d\s]{2})(?:[;:.] |[；：。])")
# Not the short ones inside a word: nucleos(t)ide, 核苷(酸).
_REMARK = re.compile(r"(?: |(?<=[\u4e00-\u9fff]))\([^()]{4,}\)")
_SHORTEST_CLAUSE = 12


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
