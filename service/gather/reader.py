"""Reading from the client's FHIR server: one call's address, token and budget.

The address and the links come from callers and servers, so: only servers that the tenant may use, no redirects, next
links only on the same origin, and never more pages, bytes or time than the call may cost.
"""

from dataclasses import dataclass
from urllib.parse import urljoin

import structlog

from service.gather.access import FhirAccess, origin
from service.gather.budget import Budget, Limits
from service.gather.fetching import Fetching
from service.gather.prefetch import Part, State, interpret, joined
from service.gather.sifting import sifted
from service.protocol.request import HookRequest

log = structlog.get_logger(__name__)
_FAILED = Part(State.FAILED)


def open_reader(access: FhirAccess, request: HookRequest, limits: Limits, patient_id: str) -> "Reader | None":
    """A reader for this call only, if it names a server that may be asked. The budget ends no later than the token."""
    if not request.fhir_server:
        return None
    base = access.base(request.fhir_server)
    if base is None:
        log.warning("fhir server not usable", reason="not among those this caller may name")
        return None
    authorization, seconds = request.fhir_authorization, limits.seconds
    if authorization is not None and authorization.expires_in is not None:
        seconds = min(seconds, authorization.expires_in)
    if seconds <= 0:
        log.warning("fhir server not usable", reason="the token has expired")
        return None
    return Reader(base, patient_id, limits.pages, Fetching(access.client, Budget(limits, seconds), authorization))


@dataclass(frozen=True, slots=True)
class Reader:
    """``base`` ends in a slash."""

    base: str
    patient_id: str
    pages: int
    fetching: Fetching

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
        if page.next_page is None or len(visited) >= self.pages:
            return None
        try:
            url = urljoin(self.base, page.next_page)
        except ValueError:
            return None
        return url if origin(url) == origin(self.base) and url not in visited else None

    async def _page(self, url: str, expected: str, *, is_search: bool) -> Part:
        content = await self.fetching.get(url, expected)
        if content is None or content.strip() == b"null":  # only a prefetch may say null for "there is none"
            return _FAILED
        part = interpret(content, expected, is_search=is_search)
        if part.state is State.ABSENT:
            return _FAILED
        return sifted(part, expected, self.patient_id)
