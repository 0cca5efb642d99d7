"""A PostgreSQL of the tests' own, where its programs are installed: no network, gone afterwards."""

import asyncio
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import asyncpg
import pytest

_ACCOUNT = "postgres"  # it refuses to run as root


@dataclass(frozen=True)
class PostgresServer:
    """``folder`` holds its data and its socket."""

    programs: Path
    folder: Path

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"t{uuid.uuid4().hex}"
        asyncio.run(self._execute(f"CREATE DATABASE {name}"))
        return self.url(name)

    def url(self, name: str) -> str:
        return f"postgresql://{_ACCOUNT}@/{name}?host={self.folder}"

    def start(self) -> None:
        quick = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=60"
        self._control("start", "-w", "-o", f"-k {self.folder} {quick}")

    def stop(self, mode: str = "fast") -> None:
        self._control("stop", "-w", "-m", mode)

    def create(self) -> None:
        _run([self.programs / "initdb", "-D", self.folder / "data", "-U", _ACCOUNT, "-A", "trust", "--no-sync"])

    def _control(self, *words: str) -> None:
        _run([self.programs / "pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-s", *words])

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(host=str(self.folder), user=_ACCOUNT, database=_ACCOUNT)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@cache
def programs() -> Path | None:
    """Where PostgreSQL's programs are: Debian keeps them out of the search path."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def postgres_server() -> Generator[PostgresServer]:
    """Skips the test where there is none."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL programs on this machine (Debian: apt-get install postgresql)")
    # Of its own, as the account cannot enter pytest's folders; short, as the path of a socket has to be.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _ACCOUNT)
        server = PostgresServer(found, folder)
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder)


def _run(command: list[str | Path]) -> None:
    account = _ACCOUNT if os.geteuid() == 0 else None
    done = subprocess.run(command, user=account, capture_output=True, text=True, cwd="/", check=False)
    assert done.returncode == 0, done.stderr
