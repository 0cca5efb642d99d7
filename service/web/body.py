"""Reading a JSON body within limits."""

from starlette.requests import ClientDisconnect, Request

from service.errors import BadRequestError, BodyTooLargeError, UnsupportedMediaTypeError
from service.settings import Settings
from service.web.nesting import check_nesting

_JSON = frozenset({"application/json", "application/fhir+json"})


async def read_json_body(request: Request, settings: Settings) -> bytes:
    """The body, unparsed, within the limits of size and depth; a missing content type is taken for JSON."""
    headers = request.headers
    media_type = headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if media_type not in _JSON:
        raise UnsupportedMediaTypeError("the body must be application/json")
    if headers.get("content-encoding", "identity") != "identity":
        raise UnsupportedMediaTypeError("compressed bodies are not read")
    try:
        body = await _limited(request, settings.body_limit_bytes)
    except ClientDisconnect:
        raise BadRequestError("the connection was closed before the body was complete") from None
    check_nesting(body, settings.json_depth_limit)
    return body


async def _limited(request: Request, limit: int) -> bytes:
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > limit:
        raise BodyTooLargeError(f"the body may have {limit} bytes at most")
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise BodyTooLargeError(f"the body may have {limit} bytes at most")
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
