"""Reading from the client's FHIR server: one call's address, token and limits.

The address comes from the caller, so: https (plain http only to this machine), no redirects, next links only on the
same origin, no cookies kept, answers only up to a size. The token goes into the request header and nowhere else.
"""

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit

import httpx
import structlog

from service.gather.prefetch import Part, State, interpret, joined
from service.protocol.request import FhirAuthorization, HookRequest
from service.settings import is_loopback

log = structlog.get_logger(__name__)
_FAILED = Part(State.FAILED)


@dataclass(frozen=True, slots=True)
class Limits:
    seconds: float
    page_bytes: int
    pages: int


def new_client() -> httpx.AsyncClient:
    """The connection pool all calls share. It keeps no cookies, proxies or passwords that could cross between calls."""
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(cookies=no_cookies, trust_env=False, follow_redirects=False)


def usable_server(address: str) -> bool:
    """Whether patient data may be asked for at ``address``."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.username or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def open_reader(client: httpx.AsyncClient, request: HookRequest, limits: Limits) -> "Reader | None":
    """A reader for this call only, if it names a server that may be asked. The budget ends no later than the token."""
    if not request.fhir_server:
        return None
    if not usable_server(request.fhir_server):
        log.warning("fhir server not usable", reason="https is needed, or http to this machine")
        return None
    authorization, seconds = request.fhir_authorization, limits.seconds
    if authorization is not None and authorization.expires_in is not None:
        seconds = min(seconds, authorization.expires_in)
    if seconds <= 0:
        log.warning("fhir server not usable", reason="the token has expired")
        return None
    deadline = asyncio.get_running_loop().time() + seconds
    return Reader(client, request.fhir_server.rstrip("/") + "/", limits, deadline, authorization)


@dataclass(frozen=True, slots=True)
class Reader:
    """``base`` ends in a slash; ``deadline`` is in the time of the event loop and counts for the whole call."""

    client: httpx.AsyncClient
    base: str
    limits: Limits
    deadline: float
    authorization: FhirAuthorization | None = field(default=None, repr=False)

    async def fetch(self, relative: str, expected: str) -> Part:
        """A read, or a search with all its pages."""
        is_search = "?" in relative
        first = await self._page(self.base + relative, expected, is_search=is_search)
        return await self.follow(first, expected)

    async def follow(self, first: Part, expected: str) -> Part:
        """``first`` together with the pages behind its next link; what came before a failure is kept."""
        pages, visited = [first], set[str]()
        while (url := self._next(pages[-1], visited)) is not None:
            visited.add(url)
            pages.append(await self._page(url, expected, is_search=True))
        return joined(pages)

    def _next(self, page: Part, visited: set[str]) -> str | None:
        """Where to go on, unless that leaves the origin, runs in a circle or exceeds the limit of pages."""
        if page.next_page is None or len(visited) >= self.limits.pages:
            return None
        url = urljoin(self.base, page.next_page)
        return url if _origin(url) == _origin(self.base) and url not in visited else None

    async def _page(self, url: str, expected: str, *, is_search: bool) -> Part:
        try:
            content = await self._get(url)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            log.warning("fhir call failed", resource=expected, error=type(error).__name__)
            return _FAILED
        if content is None or content.strip() == b"null":  # only a prefetch may say null for "there is none"
            return _FAILED
        part = interpret(content, expected, is_search=is_search)
        return _FAILED if part.state is State.ABSENT else part

    async def _get(self, url: str) -> bytes | None:
        headers = {"Accept": "application/fhir+json"}
        if self.authorization is not None:
            headers["Authorization"] = f"Bearer {self.authorization.access_token}"
        async with (
            asyncio.timeout_at(self.deadline),
            self.client.stream("GET", url, headers=headers, timeout=self.limits.seconds) as response,
        ):
            if response.status_code != HTTPStatus.OK:
                log.warning("fhir call refused", status=response.status_code)
                return None
            return await self._limited(response)

    async def _limited(self, response: httpx.Response) -> bytes | None:
        content = bytearray()
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > self.limits.page_bytes:
                log.warning("fhir answer too large", limit=self.limits.page_bytes)
                return None
        return bytes(content)


def _origin(url: str) -> tuple[str, str | None, int | None] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        return None
    return None if parts.username else (parts.scheme, parts.hostname, port)
