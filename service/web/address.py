"""The address at which this service was called: the base of audiences and of links."""

from functools import lru_cache

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.types import Scope

from service.errors import BadRequestError
from service.settings import Settings, is_loopback


def called_address(request: Request, settings: Settings) -> str:
    """As configured, else as the caller wrote it into the Host header, without a trailing slash.

    Where tokens count, the caller may write only names of the loopback: with any other name a token that was made for
    that other service would be good here.
    """
    if settings.base_url is not None:
        return settings.base_url
    address, local = _written(request.headers.get("host"), *_as_received(request.scope))
    if settings.tenants and not local:
        raise BadRequestError("called under a name of another machine; set BIOLOGIC_CDS_PUBLIC_URL if it is right")
    return address


def _as_received(scope: Scope) -> tuple[str, tuple[str, int] | None, str]:
    server = scope.get("server")
    root = scope.get("app_root_path", scope.get("root_path", ""))
    return scope.get("scheme", "http"), None if server is None else tuple(server), root


@lru_cache(maxsize=256)
def _written(host: str | None, scheme: str, server: tuple[str, int] | None, root: str) -> tuple[str, bool]:
    """The address, and whether it is one of this machine."""
    headers = [] if host is None else [(b"host", host.encode("latin-1"))]
    url = URL(scope={"scheme": scheme, "server": server, "path": f"{root.rstrip('/')}/", "headers": headers})
    return str(url).rstrip("/"), is_loopback(url.hostname or "")
