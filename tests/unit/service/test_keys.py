"""Key sets: which keys are used, when they are read again, and what happens while they cannot be read."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from signing import Signer, key_set

from service.trust import key_source
from service.trust.jwks import BadKeySetError, usable_keys
from service.trust.key_source import KeySource, KeysUnreadableError, from_file, from_url

EC, RSA = Signer("k1", "ES384"), Signer("k2", "RS384")
ALGORITHMS = ("ES384", "RS384")
URL = "https://ehr.example/jwks.json"


def keys_of(*members: Any) -> set[tuple[str, str]]:
    return set(usable_keys(json.dumps({"keys": members}).encode(), ALGORITHMS))


def test_a_key_is_found_by_id_and_algorithm() -> None:
    assert keys_of(EC.public, RSA.public) == {("k1", "ES384"), ("k2", "RS384")}


def test_a_key_that_names_no_algorithm_serves_those_of_its_kind() -> None:
    anonymous = {name: value for name, value in RSA.public.items() if name not in ("alg", "use")}
    assert set(usable_keys(json.dumps({"keys": [anonymous]}).encode(), ("ES384", "RS384", "RS256"))) == {
        ("k2", "RS384"),
        ("k2", "RS256"),
    }


@pytest.mark.parametrize(
    "change",
    [
        {"kid": None},
        {"kid": 5},
        {"use": "enc"},
        {"key_ops": ["encrypt"]},
        {"alg": "ES512"},
        {"crv": "P-256"},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"x": "AAAA"},
        {"x": 5},
        {"y": "!"},
        {"d": "AAAA"},
    ],
)
def test_other_keys_are_passed_over(change: dict[str, Any]) -> None:
    assert keys_of(EC.public | change, RSA.public) == {("k2", "RS384")}


def test_short_and_endless_rsa_keys_are_passed_over() -> None:
    for length in (128, 4096):
        assert keys_of(RSA.public | {"n": "x" + "A" * (length * 4 // 3)}) == set()


def test_the_first_of_two_keys_with_one_id_counts() -> None:
    found = usable_keys(json.dumps(key_set(EC, Signer("k9", "ES384"))).replace('"k9"', '"k1"').encode(), ALGORITHMS)
    assert found["k1", "ES384"].as_dict(private=False)["x"] == EC.public["x"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"keys": {}}', b'{"keys": [1]}', b"<html>", b"\xff"])
def test_what_is_no_key_set_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(BadKeySetError):
        usable_keys(content, ALGORITHMS)


class Published:
    """A key set that a test changes, and a clock that a test moves."""

    def __init__(self, *signers: Signer) -> None:
        self.signers: tuple[Signer, ...] | None = signers
        self.reads = 0
        self.now = 1000.0
        self.source = KeySource("t", ALGORITHMS, self.read, lambda: self.now)

    async def read(self) -> bytes:
        self.reads += 1
        if self.signers is None:
            raise KeysUnreadableError("down")
        return json.dumps(key_set(*self.signers)).encode()

    async def has(self, signer: Signer) -> bool:
        return await self.source.find(signer.kid, signer.algorithm) is not None


async def test_a_set_is_read_when_first_needed_and_then_kept() -> None:
    published = Published(EC)
    assert published.reads == 0
    assert [await published.has(EC) for _ in range(3)] == [True] * 3
    assert published.reads == 1


async def test_a_key_serves_only_its_own_algorithm() -> None:
    assert await Published(EC).source.find("k1", "RS384") is None


async def test_an_unknown_key_id_has_the_set_read_again_but_not_at_once() -> None:
    published = Published(EC)
    assert await published.has(EC)
    published.signers = (EC, RSA)
    assert not await published.has(RSA)
    published.now += key_source.PAUSE_SECONDS
    assert await published.has(RSA)
    assert published.reads == 2


async def test_a_withdrawn_key_is_forgotten_in_time() -> None:
    published = Published(EC, RSA)
    assert await published.has(EC)
    published.signers = (RSA,)
    assert await published.has(EC)
    published.now += key_source.FRESH_SECONDS + 1
    assert not await published.has(EC)


async def test_known_keys_serve_while_the_set_cannot_be_read_but_not_for_ever() -> None:
    published = Published(EC)
    assert await published.has(EC)
    published.signers = None
    published.now += key_source.FRESH_SECONDS + 1
    assert await published.has(EC)
    published.now += key_source.LONGEST_SECONDS
    assert not await published.has(EC)
    published.signers = (EC,)
    published.now += key_source.PAUSE_SECONDS
    assert await published.has(EC)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(302, headers={"location": "https://evil.example"}),
        httpx.ConnectError,
        httpx.ReadTimeout,
        httpx.Response(200, text="x" * 300_000),
    ],
)
async def test_a_set_that_cannot_be_had_is_no_set(respx_mock: respx.MockRouter, answer: Any) -> None:
    respx_mock.get(URL).mock(side_effect=[answer])
    async with httpx.AsyncClient() as client:
        with pytest.raises(KeysUnreadableError):
            await from_url(URL, client)()


async def test_a_set_is_read_from_its_address(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(URL).respond(text="content")
    async with httpx.AsyncClient() as client:
        assert await from_url(URL, client)() == b"content"


async def test_a_replaced_file_counts(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with pytest.raises(KeysUnreadableError):
        await from_file(path)()
    path.write_bytes(b"new")
    assert await from_file(path)() == b"new"
