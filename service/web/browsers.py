"""Calls from pages in browsers."""

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import CorsRefusedError, error_response
from service.web.request_id import REQUEST_ID

_VARY = (b"vary", b"Origin")
# What lets a page read an answer; the same for all answers, so nothing is worked out for each.
TO_OTHERS = (_VARY,)
TO_PAGES = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", REQUEST_ID.encode()),
    _VARY,
)


class Browsers(CORSMiddleware):
    """Browser-based clients call from any origin; no cookie is used, so there is nothing for a foreign page to ride on.

    In demo mode a page on the public network (the CDS Hooks sandbox) may call this service on the loopback.
    """

    def __init__(self, app: ASGIApp, *, demo: bool) -> None:
        super().__init__(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "POST", "OPTIONS"],
            allow_headers=["Authorization", "Content-Type", REQUEST_ID],
            expose_headers=[REQUEST_ID],
            allow_private_network=demo,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Preflights end here; ``Boundary`` marks all other answers."""
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def simple_response(self, scope: Scope, receive: Receive, send: Send, request_headers: Headers) -> None:  # noqa: ARG002 - no preflight
        await self.app(scope, receive, send)

    def preflight_response(self, request_headers: Headers) -> Response:
        """A refusal in the same shape as every other one."""
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        refusal = error_response(CorsRefusedError("browsers may send no such method, header or origin here"))
        cors = {name: value for name, value in response.headers.items() if name.startswith(("access-control", "vary"))}
        refusal.headers.update(cors)
        return refusal
