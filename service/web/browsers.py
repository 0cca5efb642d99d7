"""Calls from pages in browsers."""

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from service.errors import CorsRefusedError, error_response
from service.web.boundary import REQUEST_ID


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

    def preflight_response(self, request_headers: Headers) -> Response:
        """A refusal in the same shape as every other one."""
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        refusal = error_response(CorsRefusedError("browsers may send no such method, header or origin here"))
        cors = {name: value for name, value in response.headers.items() if name.startswith(("access-control", "vary"))}
        refusal.headers.update(cors)
        return refusal
