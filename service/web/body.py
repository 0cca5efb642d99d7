"""Reading a JSON body within limits."""

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Receive

from service.errors import BadRequestError, BodyTooLargeError, UnsupportedMediaTypeError
from service.settings import Settings
from service.web.nesting import check_nesting

_JSON = frozenset({"application/json", "application/fhir+json"})


async def read_json_body(request: Request, settings: Settings) -> bytes:
    """The body, unparsed, within the limits of size and depth; a missing content type is taken for JSON."""
    limit = settings.body_limit_bytes
    _check_headers(request.headers, limit)
    body = await _limited(request.receive, limit)
    check_nesting(body, settings.json_depth_limit)
    return body


def _check_headers(headers: Headers, limit: int) -> None:
    media_type = headers.get("content-type", "application/json")
    if media_type not in _JSON and media_type.partition(";")[0].strip().lower() not in _JSON:
        raise UnsupportedMediaTypeError("the body must be application/json")
    if headers.get("content-encoding", "identity") != "identity":
        raise UnsupportedMediaTypeError("compressed bodies are not read")
    announced = headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > limit:
        raise _too_large(limit)


async def _limited(receive: Receive, limit: int) -> bytes:
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BadRequestError("the connection was closed before the body was complete")
        chunk, more = message.get("body", b""), message.get("more_body", False)
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _too_large(limit: int) -> BodyTooLargeError:
    return BodyTooLargeError(f"the body may have {limit} bytes at most")
