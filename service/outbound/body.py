"""Reading an answer up to a size, also where it is compressed: a small answer may unpack to a very large one."""

import zlib
from collections.abc import Callable

import httpx

Unpack = Callable[[bytes, int], bytes]
_GZIP = 16 + zlib.MAX_WBITS


class BodyRefusedError(httpx.RequestError):
    """The answer is too large, or packed in a way that was not asked for."""


class Allowance:
    """How many bytes may still be read, here and as a part of a larger ``whole`` that others draw on too."""

    def __init__(self, size: int, whole: "Allowance | None" = None) -> None:
        self._left = size
        self._whole = whole

    @property
    def left(self) -> int:
        return self._left if self._whole is None else min(self._left, self._whole.left)

    def spend(self, size: int) -> None:
        self._left -= size
        if self._whole is not None:
            self._whole.spend(size)


async def limited_body(response: httpx.Response, allowance: Allowance) -> bytes:
    """The body, unpacked, as long as the allowance lasts."""
    unpack = _unpacking(response.headers.get("content-encoding", "identity"))
    content = bytearray()
    async for packed in response.aiter_raw():
        chunk = unpack(packed, max(0, allowance.left) + 1)
        allowance.spend(len(chunk))
        if allowance.left < 0:
            raise BodyRefusedError("too large")
        content += chunk
    return bytes(content)


def _unpacking(encoding: str) -> Unpack:
    if encoding == "identity":
        return lambda chunk, _: chunk
    if encoding != "gzip":
        raise BodyRefusedError("packed in an unknown way")
    return _gunzip(zlib.decompressobj(_GZIP).decompress)


def _gunzip(decompress: Unpack) -> Unpack:
    def unpack(chunk: bytes, most: int) -> bytes:
        try:
            return decompress(chunk, most)
        except zlib.error:
            raise BodyRefusedError("packed badly") from None

    return unpack
