"""Which FHIR servers may be asked for a tenant's patients, and the connections to them."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, urlsplit

import httpx

from service.outbound.addresses import LOOPBACK_ONLY
from service.outbound.client import new_client
from service.settings import is_loopback

Origin = tuple[str, str, int | None]


@dataclass(frozen=True, slots=True)
class FhirAccess:
    """``servers`` as ``base_of`` writes them; ``None`` stands for any server on this machine."""

    client: httpx.AsyncClient
    servers: frozenset[str] | None

    @classmethod
    def to_loopback(cls) -> Self:
        return cls(new_client(LOOPBACK_ONLY), None)

    def base(self, address: str) -> str | None:
        """``address`` ending in a slash, if patient data may be asked for there."""
        base = base_of(address)
        if base is None:
            return None
        if self.servers is None:
            return base if is_loopback(urlsplit(base).hostname or "") else None
        return base if base in self.servers else None


def base_of(address: str) -> str | None:
    """The one spelling of a server's address, ending in a slash; ``None`` for what is no address to read from.

    That needs https, or plain http on this machine, and neither a user nor a query.
    """
    parts = _split(address)
    at = None if parts is None else origin(address)
    if parts is None or at is None or parts.query or parts.fragment:
        return None
    scheme, host, port = at
    if scheme != "https" and not (scheme == "http" and is_loopback(host)):
        return None
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}{'' if port is None else f':{port}'}{parts.path.rstrip('/')}/"


def origin(url: str) -> Origin | None:
    """Scheme, host and port (``None``: the usual one); ``None`` where there is no host, or a user name in front."""
    parts = _split(url)
    if parts is None or not parts.hostname or parts.username is not None:
        return None
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname, None if parts.port == usual else parts.port


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number shows only when it is asked for
    except ValueError:
        return None
    return parts
