"""The name of a call in the log: what the caller named it, or a name of our own."""

import os
import re

REQUEST_ID = "X-Request-ID"
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def request_id(offered: bytes | None) -> str:
    """The caller's if it is a plain token, as it goes into the log."""
    if offered is not None and _SAFE_ID.fullmatch(offered_text := offered.decode("latin-1")):
        return offered_text
    return random_id()


def random_id() -> str:
    """As good as a uuid, whose object costs more than its digits."""
    return os.urandom(16).hex()
