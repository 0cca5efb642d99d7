"""The logs of a running service, to look at in a test."""

import io
import logging
from collections.abc import Generator
from contextlib import contextmanager, redirect_stderr

import structlog

from service.logs import configure_logs


@contextmanager
def logs_as_served(level: str = "INFO") -> Generator[io.StringIO]:
    """Written to a buffer; afterwards everything is as it was."""
    buffer = io.StringIO()
    handlers, before = logging.root.handlers[:], logging.root.level
    logging.root.handlers.clear()
    with redirect_stderr(buffer):
        configure_logs(level)
    try:
        yield buffer
    finally:
        structlog.reset_defaults()
        logging.root.handlers[:] = handlers
        logging.root.setLevel(before)
