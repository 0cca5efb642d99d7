"""The outermost layer: a request id for every call, and a clean answer where something unforeseen happened."""

import re
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import InternalError, error_response
from service.logs import describe

log = structlog.get_logger(__name__)
REQUEST_ID = "X-Request-ID"
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Boundary:
    """Takes the caller's request id if it is a plain token (it goes into the log), else makes one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope).get(REQUEST_ID))
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self._guarded(scope, receive, _with_id(send, request_id))
        finally:
            structlog.contextvars.unbind_contextvars("request_id")

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:  # noqa: BLE001 - the last resort: an answer and a log line instead of a dead socket
            log.error("unforeseen error", **describe(error))
            if not started:
                await error_response(InternalError("an internal error; see the log"))(scope, receive, send)


def _request_id(offered: str | None) -> str:
    return offered if offered and _SAFE_ID.fullmatch(offered) else uuid.uuid4().hex


def _with_id(send: Send, request_id: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)[REQUEST_ID] = request_id
        await send(message)

    return sending
