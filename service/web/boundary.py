"""The outermost layer: a request id for every call, and a clean answer whatever went wrong."""

from collections.abc import Iterable

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import InternalError, ServiceError, error_response
from service.logs import describe
from service.web.browsers import TO_OTHERS, TO_PAGES
from service.web.request_id import REQUEST_ID, request_id

log = structlog.get_logger(__name__)
_REQUEST_ID = REQUEST_ID.lower().encode()


class Boundary:
    """Every answer carries the id under which the log speaks of the call, and may be read by pages in browsers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        offered, from_page = _of_interest(scope["headers"])
        name = request_id(offered)
        scope.setdefault("state", {})["request_id"] = name
        answer = _Answer(send, ((_REQUEST_ID, name.encode()), *(TO_PAGES if from_page else TO_OTHERS)))
        structlog.contextvars.bind_contextvars(request_id=name)
        try:
            await self._guarded(scope, receive, answer)
        finally:
            structlog.contextvars.unbind_contextvars("request_id")

    async def _guarded(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        try:
            await self._app(scope, receive, answer.send)
        except ServiceError as error:
            log.info("refused", status=error.status, code=error.code)
            refusal = error
        except Exception as error:  # noqa: BLE001 - the last resort: an answer and a log line instead of a dead socket
            log.error("unforeseen error", **describe(error))
            refusal = InternalError("an internal error; see the log")
        else:
            return
        if not answer.started:
            await error_response(refusal)(scope, receive, answer.send)


class _Answer:
    """The way to the caller, with ``more`` headers."""

    def __init__(self, send: Send, more: Iterable[tuple[bytes, bytes]]) -> None:
        self._send = send
        self._more = more
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            message["headers"] = [*message.get("headers", ()), *self._more]
        await self._send(message)


def _of_interest(headers: Iterable[tuple[bytes, bytes]]) -> tuple[bytes | None, bool]:
    """The request id that came along, and whether a page in a browser calls."""
    offered: bytes | None = None
    from_page = False
    for name, value in headers:
        if name == _REQUEST_ID and offered is None:
            offered = value
        elif name == b"origin":
            from_page = True
    return offered, from_page
