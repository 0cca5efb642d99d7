"""Structured logs: one JSON object a line on standard error.

Never logged: bodies, tokens, patient data, and what could hold them (full paths, exception texts of libraries).
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, cast

import msgspec
import structlog

# Their INFO lines hold full URLs, and with them patient ids.
_TALKATIVE = ("httpx", "httpcore", "alembic", "aiosqlite", "sqlalchemy", "uvicorn.access")

Event = MutableMapping[str, Any]


def _render(_logger: Any, _name: str, event: Event) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()


def _without_traceback_text(_logger: Any, _name: str, event: Event) -> Event:
    """Keep where an error happened and of which type, not its text: that may quote what a caller sent."""
    info = cast(object, event.pop("exc_info", None))
    if info is True:
        info = sys.exc_info()
    error = cast(tuple[object, ...], info)[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event.update(describe(error))
    return event


def describe(error: BaseException) -> dict[str, Any]:
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return {"error": type(error).__name__, "frames": frames[-12:]}


def configure_logs(level: str) -> None:
    """Our own lines and those of the libraries, in one format."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, _without_traceback_text, _render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _without_traceback_text, _render],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
