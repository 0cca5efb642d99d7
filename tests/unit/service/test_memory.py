"""What one call has freed is there for the next one, without the system clearing it anew."""

import subprocess
import sys

import pytest

PROGRAM = """
import resource
from service.memory import settle_memory

settle_memory()
for _ in range(3):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    pieces = [bytes(bytearray(250_000)) for _ in range(8)]
    whole = b"".join(pieces)
    del pieces, whole
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
print(faults)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of glibc")
def test_large_blocks_are_used_again() -> None:
    faults = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout
    assert int(faults) < 50  # 4 MB of new pages would be a thousand
