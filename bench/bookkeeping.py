"""What counting and the audit trail cost, for the cards of every fixture: right after the answer, and behind it.

python bench/bookkeeping.py
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from bodies import request_of

from service.assessment import load_advisor
from service.call import Answer, Caller, Desk
from service.hooks import HOOKS, Hook
from service.ledger import Account, Ledger
from service.protocol.request import decode_request
from service.settings import Settings
from service.store.store import Store, open_store
from service.trust.tenant import Tenant, demo_tenant
from service.web.nesting import check_nesting

FIXTURES = Path(__file__).parents[1] / "fhir_fixtures"
Call = tuple[Hook, Answer]
ROUNDS = 20


def answers(settings: Settings, tenant: Tenant) -> list[Call]:
    """The answer to each fixture."""
    desk, hooks = Desk(settings, load_advisor(settings)), {hook.name: hook for hook in HOOKS}
    found: list[Call] = []
    for file in sorted(FIXTURES.glob("*/request.json")):
        content = file.read_bytes()
        hook = hooks[json.loads(content)["hook"]]
        asked = desk.answer(hook, decode_request(content), Caller(tenant, "en", "http://127.0.0.1"))
        found.append((hook, asyncio.run(asked)))
    return found


def enter(ledger: Ledger, tenant: Tenant, calls: Iterable[Call]) -> None:
    for hook, answer in calls:
        with Account(ledger, hook, "0123456789abcdef") as account:
            account.tenant, account.hook_instance = tenant, "3d5dde53-4dce-5a9a-9e9b-69d911a562e0"
            account.answered(tenant, answer)


async def measure(settings: Settings, tenant: Tenant, calls: list[Call]) -> None:
    async with open_store(settings) as store:
        before, behind, rows = await _once(settings, store, tenant, calls)
    count = len(calls) * ROUNDS
    print(f"before the answer: {before / count * 1e6:.0f} us a call (figures, shown cards, audit entry)")
    print(f"behind the answer: {behind / count * 1e6:.0f} us of processor time a call, {rows / count:.1f} rows")


async def _once(settings: Settings, store: Store, tenant: Tenant, calls: list[Call]) -> tuple[float, float, int]:
    ledger = Ledger(store.writer, settings, "0123456789ab")
    enter(ledger, tenant, calls)
    best = min(_timed(ledger, tenant, calls) for _ in range(ROUNDS - 1))
    rows = store.writer.waiting
    began = time.process_time()
    while store.writer.waiting:
        await asyncio.sleep(0.05)
    return best * ROUNDS, time.process_time() - began, rows


def _timed(ledger: Ledger, tenant: Tenant, calls: list[Call]) -> float:
    began = time.perf_counter()
    enter(ledger, tenant, calls)
    return time.perf_counter() - began


def nesting() -> None:
    for size in (60_000, 200_000, 2_000_000):
        body = request_of(size)
        times: list[float] = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            check_nesting(body, 100)
            times.append(time.perf_counter() - began)
        print(f"depth of {size // 1000} KB: {min(times) * 1e6:.0f} us")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate({"data_dir": folder, "audit_key": "0123456789abcdef" * 2})
        tenant = demo_tenant(settings)
        calls = answers(settings, tenant)
        asyncio.run(measure(settings, tenant, calls))
    nesting()


if __name__ == "__main__":
    main()
