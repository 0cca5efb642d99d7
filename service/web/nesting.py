"""How deeply a JSON body is nested, counted before anything walks down into it.

Each step runs over the whole body inside the interpreter's own string functions, half a microsecond a kilobyte. What is
no valid JSON is not judged here: whoever decodes it says so, and stops at a depth of its own too. That one also stops
the rare body that gets past this count: texts which hold closing brackets ("]") can make it look flatter than it is.
"""

from service.errors import NestedTooDeeplyError

_AS_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))
_NEITHER_BRACKETS_NOR_QUOTES = bytes(set(range(256)) - set(b'{}[]"'))


def check_nesting(body: bytes, limit: int) -> None:
    """Brackets within texts are looked at only if they matter: that would take three times as long."""
    brackets = body.translate(_AS_BRACKETS, _NO_BRACKETS)
    if _may_be_deeper(brackets, limit) and _deeper(brackets, limit) and _deeper(_outside_strings(body), limit):
        raise NestedTooDeeplyError(f"the body is nested deeper than {limit} levels")


def _may_be_deeper(brackets: bytes, limit: int) -> bool:
    """Counted in short pieces, of each as if all of it closed before any of it opened: never less than the truth."""
    width = max(1, limit * 3 // 4)  # half of a piece has to fit upon half of the one before
    depth = 0
    for start in range(0, len(brackets), width):
        opened = brackets.count(b"[", start, start + width)
        if depth + opened > limit:
            return True
        depth = max(0, depth + opened - width) + opened
    return False


def _deeper(brackets: bytes, limit: int) -> bool:
    for _ in range(limit):
        flatter = brackets.replace(b"[]", b"")  # one level less, everywhere
        if len(flatter) == len(brackets):
            return False
        brackets = flatter
    return b"[]" in brackets


def _outside_strings(body: bytes) -> bytes:
    if b"\\" in body:
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    kept = body.translate(_AS_BRACKETS, _NEITHER_BRACKETS_NOR_QUOTES).replace(b'""', b"")
    return b"".join(kept.split(b'"')[::2])
