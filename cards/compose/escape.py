"""Makes any text safe inside a card's Markdown.

Clients differ: the public sandbox renders raw HTML and makes links of bare addresses, others print the text as it is.
So markup characters are escaped, the three HTML ones as entities (also harmless where no Markdown is understood),
line breaks and control characters go, and bare addresses are broken up with an invisible joiner.
"""

import re
import unicodedata
from functools import lru_cache

JOINER = "\u2060"  # WORD JOINER: invisible, and no part of an address
LONGEST = 300  # characters of one text of the record; the record itself has the rest
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"[\\`*_\[\]|~&<>]")
_LINE_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=#:])")
_ADDRESS = re.compile(r"(?i)(?<=http)(?=s?:)|(?<=ftp)(?=:)|(?<=www)(?=\.)|(?<=mailto)(?=:)|(?<=xmpp)(?=:)|(?=@)")


def plain(text: str, longest: int | None = None) -> str:
    """One line: no line breaks, control or direction-changing characters; cut where it is too long."""
    visible = text if text.isprintable() else _visible(text)
    line = " ".join(visible.split())
    return line if longest is None or len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _visible(text: str) -> str:
    kinds = ((c, unicodedata.category(c)) for c in text)
    return "".join(
        " " if kind in {"Cc", "Zl", "Zp"} else c for c, kind in kinds if kind not in {"Cf", "Cs", "Co", "Cn"}
    )


def escaped(text: str, longest: int | None = LONGEST) -> str:
    """``text`` so that Markdown shows it literally, wherever in a line it is put."""
    line = plain(text, longest)
    if "@" in line or ":" in line or "www" in line.casefold():
        line = _ADDRESS.sub(JOINER, line)
    line = _MARKUP.sub(lambda found: _ENTITIES.get(found[0], "\\" + found[0]), line)
    return _LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else "\\" + found[3], line)


@lru_cache(maxsize=8192)
def escaped_wording(text: str) -> str:
    """``escaped`` for our own texts, which recur on every card; never for what stands in a record."""
    return escaped(text, None)
