"""A process that is sent twice what it can serve: it answers what it can and says so to the others."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.enable_socket
SCRIPT = Path(__file__).parents[2] / "bench" / "load.py"
SECONDS = 6
DOCUMENTED = {"200", "503 overloaded", "503 call-timeout", "429 too-many-calls"}


@pytest.fixture(scope="module")
def observed() -> dict[str, Any]:
    command = [sys.executable, SCRIPT, "--json", "--seconds", str(SECONDS), "--factor", "2"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_there_is_no_error_but_the_documented_ones(observed: dict[str, Any]) -> None:
    assert observed["answers"].keys() <= DOCUMENTED
    assert observed["sent a second"] > observed["served a second"]


def test_it_goes_on_serving(observed: dict[str, Any]) -> None:
    assert observed["answers"]["200"] > observed["served a second"] * SECONDS * 0.3
    assert observed["afterwards"] == "200"


def test_its_memory_is_steady(observed: dict[str, Any]) -> None:
    """Each call under way holds its body; nothing but those may come to it."""
    first, *_, last = observed["memory MB"]
    assert last < first + 130
