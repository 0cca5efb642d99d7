"""Connections go to the address that was checked, and to no other."""

import ssl
from collections.abc import Generator, Sequence
from ipaddress import ip_network

import httpx
import pytest
import trustme
from web_servers import WebServer, json_reply, web_server

from service.outbound.addresses import LOOPBACK_ONLY, Reach
from service.outbound.client import new_client, tls_trusting
from service.outbound.connecting import AddressRefusedError, resolve

pytestmark = pytest.mark.enable_socket
THIS_MACHINE = Reach((ip_network("127.0.0.0/8"),))
NAME = "fhir.hospital.example"


class Names:
    """A name server that answers with each of ``answers`` in turn."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self.answers.pop(0)


@pytest.fixture
def site() -> Generator[WebServer]:
    with web_server(lambda seen: json_reply({"host": seen.headers["host"]})) as server:
        yield server


async def get(site: WebServer, reach: Reach, *answers: Sequence[str], host: str = NAME) -> httpx.Response:
    async with new_client(reach, resolve=Names(*answers).resolve) as client:
        return await client.get(f"http://{host}:{site.port}/", timeout=2)


async def test_the_host_header_is_the_name(site: WebServer) -> None:
    response = await get(site, THIS_MACHINE, ["127.0.0.1"])
    assert response.json() == {"host": f"{NAME}:{site.port}"}


async def test_a_private_address_behind_a_public_name_is_refused(site: WebServer) -> None:
    with pytest.raises(AddressRefusedError):
        await get(site, Reach(), ["127.0.0.1"])
    assert site.seen == []


async def test_one_private_address_among_public_ones_is_refused(site: WebServer) -> None:
    with pytest.raises(AddressRefusedError):
        await get(site, Reach(), ["93.184.216.34", "127.0.0.1"])
    assert site.seen == []


async def test_a_name_is_resolved_once_so_that_rebinding_gains_nothing(site: WebServer) -> None:
    names = Names(["127.0.0.1"], ["169.254.169.254"])
    async with new_client(THIS_MACHINE, resolve=names.resolve) as client:
        assert (await client.get(f"http://{NAME}:{site.port}/")).is_success
    assert names.asked == [NAME]


async def test_the_next_address_is_tried_if_one_does_not_answer(site: WebServer) -> None:
    assert (await get(site, THIS_MACHINE, ["127.0.0.2", "127.0.0.1"])).is_success


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_this_machine_is_found_under_its_own_names(site: WebServer, host: str) -> None:
    async with new_client(LOOPBACK_ONLY) as client:
        assert (await client.get(f"http://{host}:{site.port}/")).is_success


async def test_a_name_nobody_knows_is_a_connection_error(site: WebServer) -> None:
    async def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError

    async with new_client(Reach(), resolve=unknown) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("http://nowhere.example/")
    with pytest.raises(httpx.ConnectError):
        await get(site, Reach(), [])


async def test_numbers_resolve_to_themselves() -> None:
    assert await resolve("127.0.0.1", 80) == ("127.0.0.1",)


async def test_redirects_are_not_followed(site: WebServer) -> None:
    with web_server(lambda _: json_reply({}, 302, Location=site.url)) as elsewhere:
        async with new_client(LOOPBACK_ONLY) as client:
            assert (await client.get(elsewhere.url)).status_code == 302
    assert site.seen == []


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def tls_of(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


async def test_tls_verifies_the_name_though_the_connection_goes_to_a_number(authority: trustme.CA) -> None:
    names: list[str | None] = []
    server_tls = tls_of(authority, NAME)
    server_tls.sni_callback = lambda _socket, name, _context: names.append(name)
    trust = tls_trusting()
    authority.configure_trust(trust)
    with web_server(lambda _: json_reply({}), server_tls) as site:
        async with new_client(THIS_MACHINE, trust, Names(["127.0.0.1"], ["127.0.0.1"]).resolve) as client:
            assert (await client.get(f"https://{NAME}:{site.port}/")).is_success
            with pytest.raises(httpx.ConnectError):
                await client.get(f"https://other.example:{site.port}/")
    assert names[0] == NAME


async def test_an_unknown_authority_is_not_trusted(authority: trustme.CA) -> None:
    with web_server(lambda _: json_reply({}), tls_of(authority, NAME)) as site:
        async with new_client(THIS_MACHINE, resolve=Names(["127.0.0.1"]).resolve) as client:
            with pytest.raises(httpx.ConnectError):
                await client.get(f"https://{NAME}:{site.port}/")
