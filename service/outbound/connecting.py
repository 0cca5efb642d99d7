"""Connecting only to addresses that were checked.

A name is resolved once, all its addresses are checked, and the connection goes to one of those very addresses: a name
that resolves to something else a moment later (DNS rebinding) gains nothing. TLS still verifies the name, and the Host
header still carries it, since both are taken from the URL.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, cast

import httpcore
import httpx

from service.outbound.addresses import Reach

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
_MOST_CONNECTIONS = 100  # of one tenant: a slow server of one cannot use up those of another
_KEPT_CONNECTIONS = 20
_KEPT_SECONDS = 5.0


class AddressRefusedError(httpx.RequestError):
    """The host resolved to an address that may not be connected to."""


async def resolve(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Opens connections for httpcore, to addresses within ``reach`` only."""

    def __init__(self, reach: Reach, resolve: Resolve = resolve) -> None:
        self._reach = reach
        self._resolve = resolve
        self._network = cast(httpcore.AsyncNetworkBackend, httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._checked(host, port, timeout)
        # One that does not answer must not use up the time of the others.
        share = None if timeout is None else timeout / len(addresses)
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(addresses[-1], port, share, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)

    async def _checked(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        try:
            addresses = await asyncio.wait_for(self._resolve(host, port), timeout)
        except TimeoutError:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from None
        except (OSError, UnicodeError):
            raise httpcore.ConnectError("the name could not be resolved") from None
        if not addresses:
            raise httpcore.ConnectError("the name has no address")
        if not all(self._reach.permits(host, address) for address in addresses):
            raise AddressRefusedError("the host has an address that may not be connected to")
        return addresses


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over a pool that connects through ``network``."""

    def __init__(self, network: CheckedNetwork, tls: ssl.SSLContext) -> None:
        super().__init__(verify=tls, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=_MOST_CONNECTIONS,
            max_keepalive_connections=_KEPT_CONNECTIONS,
            keepalive_expiry=_KEPT_SECONDS,
            network_backend=network,
        )
