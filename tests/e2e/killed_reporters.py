"""Starts processes that do nothing but store feedback and say what they have stored, and kills one after the other.

Prints every card that was acknowledged. The processes are forks of this one, which has
imported all they need: they are at work at once.
"""

import asyncio
import os
import random
import select
import signal
import sys
import time
import uuid

from service.feedback.entries import Entry, decode_feedback, feedback_rows
from service.settings import Settings
from service.store.address import store_address
from service.store.engine import migrate, open_engine
from service.store.reports import store_feedback

ROUNDS = 50
LONGEST = 0.1
LONGEST_START = 30
ID_LENGTH = 36


async def report(settings: Settings, pipe: int) -> None:
    engine = open_engine(store_address(settings))
    await migrate(engine)

    async def one_after_another() -> None:
        while True:
            cards = [str(uuid.uuid4()) for _ in range(3)]
            await store_feedback(engine, feedback_rows("t", "s", entries(cards)))
            os.write(pipe, "".join(cards).encode())  # all or nothing: it is shorter than what a pipe takes at once

    await asyncio.gather(*(one_after_another() for _ in range(3)))


def entries(cards: list[str]) -> list[Entry]:
    each = '{{"card":"{}","outcome":"overridden","outcomeTimestamp":"2026-11-22T07:18:44Z"}}'
    return decode_feedback(f'{{"feedback":[{",".join(map(each.format, cards))}]}}'.encode())


def acknowledged_until_killed(settings: Settings, *, at_work: bool) -> bytes:
    """``at_work``: only after it has stored something; else at any time, while it prepares the store too."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        asyncio.run(report(settings, sending))
    os.close(sending)
    if at_work:
        select.select([receiving], [], [], LONGEST_START)
    time.sleep(random.uniform(0.0, LONGEST))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WTERMSIG(status) != signal.SIGKILL:
        sys.exit("a reporter ended by itself")
    with os.fdopen(receiving, "rb") as pipe:
        return pipe.read()


def main() -> None:
    settings = Settings()
    for number in range(ROUNDS):
        cards = acknowledged_until_killed(settings, at_work=number % 3 > 0).decode()
        for at in range(0, len(cards), ID_LENGTH):
            print(cards[at : at + ID_LENGTH])


if __name__ == "__main__":
    main()
