"""Memory as this service wants it of the interpreter and the C library: kept, since calls come one after the other."""

import ctypes
import gc
from contextlib import suppress

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # names of glibc's mallopt(3)
_KEPT = 64 * 1024 * 1024  # several of the largest bodies, with what is made of them
_LARGEST = 32 * 1024 * 1024  # more is not taken by glibc


def settle_memory() -> None:
    settle_garbage_collector()
    keep_freed_memory()


def settle_garbage_collector() -> None:
    """Take what start-up built out of every later collection: scanning it made the slowest answers."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def keep_freed_memory() -> None:
    """Let the next call have the memory of the last one.

    By itself the C library hands large blocks back to the system at once and takes new ones for the next call. The
    system clears them page by page on first use, which for 2 MB costs more than reading them from the network.
    """
    with suppress(OSError, AttributeError):  # another C library than glibc
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_MMAP_THRESHOLD, _LARGEST)
        mallopt(_TRIM_THRESHOLD, _KEPT)
