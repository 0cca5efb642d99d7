"""Sends one process more than it can serve and looks at what it does: answers, refusals, memory.

    python bench/load.py [--seconds 30] [--factor 2] [--size 60000] [--json]

First measures how many calls a second it serves when a few callers wait for their answers, then sends ``factor`` times
as many for ``seconds``, whether they are answered or not, as callers do that know nothing of one another.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bodies import request_of
from run import PATH, Server

FEW = 4
MOST_CONNECTIONS = 1000


@dataclass
class Observed:
    """``answers``: 200, or status and stable code of a refusal. ``memory``: MB, once a second."""

    answers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


class Callers:
    """Connections to the server that are used again."""

    def __init__(self, port: int, body: bytes) -> None:
        head = f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        self._request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        self._port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.open = 0

    async def call(self, observed: Observed) -> None:
        began = time.perf_counter()
        try:
            async with self._connection() as (reader, writer):
                writer.write(self._request)
                status, answer = await _answer(reader)
        except (OSError, asyncio.IncompleteReadError) as error:
            observed.answers[f"broken connection: {type(error).__name__}"] += 1
            return
        observed.answers[_name(status, answer)] += 1
        if status == 200:
            observed.seconds.append(time.perf_counter() - began)

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        if self._idle:
            pair = self._idle.pop()
        else:
            self.open += 1
            pair = await asyncio.open_connection("127.0.0.1", self._port)
        yield pair
        self._idle.append(pair)

    async def close(self) -> None:
        for _, writer in self._idle:
            writer.close()
            await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    return int(head.split(b" ", 2)[1]), await reader.readexactly(length)


def _name(status: int, answer: bytes) -> str:
    if status == 200:
        return "200"
    return f"{status} {json.loads(answer)['issue'][0]['details']['coding'][0]['code']}"


async def served_a_second(callers: Callers, seconds: float) -> float:
    observed = Observed()
    until = time.perf_counter() + seconds

    async def one() -> None:
        while time.perf_counter() < until:
            await callers.call(observed)

    await asyncio.gather(*(one() for _ in range(FEW)))
    return observed.answers["200"] / seconds


async def overload(callers: Callers, rate: float, seconds: float, server: Server) -> Observed:
    observed = Observed()
    calls: set[asyncio.Task[None]] = set()
    began = time.perf_counter()
    sent = 0
    while (passed := time.perf_counter() - began) < seconds:
        while sent < passed * rate and len(calls) < MOST_CONNECTIONS:
            calls.add(task := asyncio.create_task(callers.call(observed)))
            task.add_done_callback(calls.discard)
            sent += 1
        if passed > len(observed.memory):
            observed.memory.append(server.megabytes())
        await asyncio.sleep(0.002)
    await asyncio.gather(*calls)
    return observed


async def measured(options: argparse.Namespace, server: Server) -> dict[str, Any]:
    callers = Callers(server.port, request_of(options.size))
    await served_a_second(callers, 0.5)
    capacity = await served_a_second(callers, max(1.0, options.seconds / 6))
    observed = await overload(callers, capacity * options.factor, options.seconds, server)
    after = Observed()
    await callers.call(after)
    await callers.close()
    return {
        "served a second": round(capacity),
        "sent a second": round(sum(observed.answers.values()) / options.seconds),
        "answers": dict(observed.answers),
        "median ms": round(statistics.median(observed.seconds) * 1000) if observed.seconds else None,
        "slowest ms": round(max(observed.seconds, default=0) * 1000),
        "memory MB": [round(amount) for amount in observed.memory],
        "afterwards": next(iter(after.answers)),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=30)
    arguments.add_argument("--factor", type=float, default=2)
    arguments.add_argument("--size", type=int, default=60_000)
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        own = {"BIOLOGIC_CDS_DATA_DIR": folder, "BIOLOGIC_CDS_LOG_LEVEL": "WARNING"}
        command = [sys.executable, "-m", "service.cli", "serve"]
        server = Server("biologic-cds", command, environment=own | {"PYTHONPATH": str(Path(__file__).parents[1])})
        server.start()
        try:
            found = asyncio.run(measured(options, server))
        finally:
            server.stop()
    print(json.dumps(found) if options.json else "\n".join(f"{name}: {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
