"""Answers of any size, packed and unpacked, are read up to a limit."""

import gzip
from collections.abc import AsyncGenerator

import httpx
import pytest

from service.outbound.body import Allowance, BodyRefusedError, limited_body


def response(content: bytes, encoding: str | None = None, chunk: int = 100) -> httpx.Response:
    async def stream() -> AsyncGenerator[bytes]:
        for start in range(0, len(content), chunk):
            yield content[start : start + chunk]

    return httpx.Response(200, content=stream(), headers={"content-encoding": encoding} if encoding else {})


@pytest.mark.parametrize("encoding", [None, "identity"])
async def test_a_body_within_the_limit_is_read(encoding: str | None) -> None:
    assert await limited_body(response(b"x" * 1000, encoding), Allowance(1000)) == b"x" * 1000


async def test_a_larger_one_is_refused() -> None:
    with pytest.raises(BodyRefusedError):
        await limited_body(response(b"x" * 1001), Allowance(1000))


async def test_packed_bodies_are_unpacked() -> None:
    assert await limited_body(response(gzip.compress(b"x" * 1000), "gzip"), Allowance(1000)) == b"x" * 1000


async def test_what_unpacks_to_more_is_refused_without_unpacking_it_all() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    allowance = Allowance(1000)
    with pytest.raises(BodyRefusedError):
        await limited_body(response(bomb, "gzip", chunk=len(bomb)), allowance)
    assert allowance.left == -1


@pytest.mark.parametrize(("content", "encoding"), [(b"plain", "gzip"), (b"x", "br"), (b"x", "gzip, gzip")])
async def test_what_cannot_be_unpacked_is_refused(content: bytes, encoding: str) -> None:
    with pytest.raises(BodyRefusedError):
        await limited_body(response(content, encoding), Allowance(1000))


async def test_several_bodies_share_one_whole() -> None:
    whole = Allowance(250)
    for _ in range(2):
        await limited_body(response(b"x" * 100), Allowance(200, whole))
    with pytest.raises(BodyRefusedError):
        await limited_body(response(b"x" * 100), Allowance(200, whole))
