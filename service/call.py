"""One hook call from request body to cards."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from os import urandom

from msgspec import Raw

from cards.chart.received import Received
from service.assessment import Advisor, Call, Card
from service.errors import WrongHookError
from service.gather import medications
from service.gather.budget import Limits
from service.gather.gather import NOTHING, Gathered, complete, read_medications, read_prefetch
from service.gather.prefetch import Part, State
from service.gather.reader import Reader, open_reader
from service.hooks import Hook, Situation
from service.protocol.extension import NONE, overrides
from service.protocol.request import HookRequest
from service.settings import Language, Settings
from service.trust.tenant import Tenant


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and what the transport knows of the call."""

    tenant: Tenant
    language: Language
    base_url: str


@dataclass(frozen=True, slots=True)
class Answer:
    cards: list[Card]
    gathered: Gathered | None  # None: the call was none of our business, so nothing was gathered
    patient_id: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the answering of calls shares."""

    settings: Settings
    advisor: Advisor
    today: Callable[[], date] = date.today

    async def answer(self, hook: Hook, request: HookRequest, caller: Caller) -> Answer:
        check_hook(hook, request)
        situation = hook.read_context(request.context)
        reader = open_reader(caller.tenant.fhir, request, self._limits, situation.patient_id)
        parts = read_prefetch(request.prefetch)
        call = self.call(hook, request, caller)
        situation = await _with_medications(situation, parts, reader)
        if hook.about_orders and not _all_sent(parts) and not self.advisor.concerns(received(situation), call):
            return Answer([], None, situation.patient_id)
        gathered = await complete(parts, reader, situation.patient_id)
        more = await read_medications(gathered.resources, situation.drafts, reader)
        cards = self.advisor.advise(received(situation, gathered, more), call, new_ids().__next__)
        return Answer(cards, gathered, situation.patient_id)

    def call(self, hook: Hook, request: HookRequest, caller: Caller) -> Call:
        asked = overrides(request.extension) if self.settings.demo_mode else NONE
        region = asked.region or caller.tenant.region
        return Call(hook.name, asked.today or self.today(), caller.language, region, caller.base_url)

    @property
    def _limits(self) -> Limits:
        settings = self.settings
        return Limits(
            seconds=settings.fhir_time_budget_seconds,
            page_bytes=settings.fhir_page_limit_bytes,
            pages=settings.fhir_page_limit,
            call_bytes=settings.fhir_size_budget_bytes,
        )


def check_hook(hook: Hook, request: HookRequest) -> None:
    if request.hook != hook.name:
        raise WrongHookError(f"{hook.service_id} answers the hook {hook.name} only", "hook")


def _all_sent(parts: Mapping[str, Part]) -> bool:
    """Nothing would have to be fetched, so whether the orders concern us need not be asked first."""
    return all(part.state is State.COMPLETE for part in parts.values())


async def _with_medications(situation: Situation, parts: Mapping[str, Part], reader: Reader | None) -> Situation:
    """The situation with the Medications its drafts only point at: without them nobody knows what is being ordered."""
    sent = chain.from_iterable(part.resources for part in parts.values())
    found = medications.pointed_at(situation.drafts, sent)
    found += await read_medications(situation.drafts, found, reader)
    return replace(situation, drafts=situation.drafts + found) if found else situation


def received(situation: Situation, gathered: Gathered = NOTHING, more: tuple[Raw, ...] = ()) -> Received:
    return Received(
        resources=gathered.resources + more,
        absent=gathered.absent,
        drafts=situation.drafts,
        selections=situation.selections,
        select_all=situation.select_all,
        patient_id=situation.patient_id,
        encounter_id=situation.encounter_id,
    )


# The digit of a UUID that says of which variant it is, made of a random one.
_VARIANTS = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}
_AT_ONCE = 64


def new_ids() -> Iterator[str]:
    """Random UUIDs (version 4) as text for one call, which needs dozens: the system is asked for them at once."""
    while True:
        many = urandom(16 * _AT_ONCE).hex()
        for start in range(0, len(many), 32):
            one = many[start : start + 32]
            yield f"{one[:8]}-{one[8:12]}-4{one[13:16]}-{_VARIANTS[one[16]]}{one[17:20]}-{one[20:]}"
