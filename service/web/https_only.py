"""Refusing what came over plain http, where the service can be reached from other machines."""

from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import HttpsNeededError, error_response

# They say nothing of anyone, and what asks for them does so on the inside: load balancers and the monitoring system.
_OPEN = frozenset({"/health", "/ready", "/metrics"})


class HttpsOnly:
    """``scheme`` is what the connection was, or what a trusted proxy says that the caller's was."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["scheme"] != "https" and scope["path"] not in _OPEN:
            await error_response(HttpsNeededError("https is needed"))(scope, receive, send)
        else:
            await self._app(scope, receive, send)
