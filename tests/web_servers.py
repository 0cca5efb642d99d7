"""Real HTTP servers on the loopback, with answers a test decides."""

import json
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Seen:
    """A request that came."""

    path: str
    headers: dict[str, str]


@dataclass
class Reply:
    """``announced``: the Content-Length, where it is to differ from the length of the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None
    delay: float = 0


Answer = Callable[[Seen], Reply]


@dataclass
class WebServer:
    """``answer`` may be replaced while the server runs."""

    url: str
    port: int
    answer: Answer
    seen: list[Seen] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)


def json_reply(content: Any, status: int = 200, **headers: str) -> Reply:
    return Reply(json.dumps(content).encode(), status, {"Content-Type": "application/json"} | headers)


@contextmanager
def web_server(answer: Answer, tls: ssl.SSLContext | None = None) -> Generator[WebServer]:
    server = _Server(("127.0.0.1", 0), _Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    port = server.server_address[1]
    server.site = WebServer(f"{'https' if tls else 'http'}://127.0.0.1:{port}", port, answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.site
    finally:
        server.site.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64  # a call makes all its reads at once
    site: WebServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up on a slow or endless answer is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        seen = Seen(self.path, {name.lower(): value for name, value in self.headers.items()})
        site.seen.append(seen)
        reply = site.answer(seen)
        site.stopping.wait(reply.delay)
        with suppress(OSError):
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        announced = len(reply.body) if reply.announced is None else reply.announced
        self.send_header("Content-Length", str(announced))
        self.end_headers()
        self.wfile.write(reply.body)
        if announced != len(reply.body):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass
