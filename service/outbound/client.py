"""The HTTP client with which one tenant's servers are called."""

import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx

from service.outbound.addresses import Reach
from service.outbound.connecting import CheckedNetwork, CheckedTransport, Resolve, resolve


def tls_trusting(ca_file: Path | None = None) -> ssl.SSLContext:
    """Verifies servers by the usual public authorities and, if given, by a hospital's own."""
    context = httpx.create_ssl_context(trust_env=False)
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


def new_client(reach: Reach, tls: ssl.SSLContext | None = None, resolve: Resolve = resolve) -> httpx.AsyncClient:
    """Keeps no cookies, proxies or passwords that could cross between calls, and follows no redirect."""
    transport = CheckedTransport(CheckedNetwork(reach, resolve), tls or tls_trusting())
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(
        transport=transport,
        cookies=no_cookies,
        headers={"Accept-Encoding": "gzip"},
        trust_env=False,
        follow_redirects=False,
    )
