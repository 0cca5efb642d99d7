"""What is no HTTP at all is refused by the server before any application sees it; here in the usual shape."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.errors import BadRequestError, error_response


class OutcomeProtocol(HttpToolsProtocol):
    transport: Any

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the server's own wording
        response = error_response(BadRequestError("this is no HTTP request"))
        headers = [*response.raw_headers, (b"connection", b"close")]
        lines = [b"HTTP/1.1 400 Bad Request", *(name + b": " + value for name, value in headers), b"", b""]
        self.transport.write(b"\r\n".join(lines) + bytes(response.body))
        self.transport.close()
