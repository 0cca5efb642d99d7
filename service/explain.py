"""Explaining one request from a file: the verdict on every statement in scope, without network or store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from service.assessment import Advisor, Call
from service.call import check_hook, received
from service.errors import BadRequestError, WrongHookError
from service.gather.gather import Gathered, read_prefetch
from service.gather.prefetch import State
from service.gather.templates import resource_type
from service.hooks import HOOKS, Hook
from service.protocol.extension import overrides
from service.protocol.request import ABSENT, HookRequest, decode_json, decode_request, present
from service.settings import Language, Settings


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line may set; ``None`` leaves it to the request and the settings."""

    hook: str | None = None
    today: date | None = None
    language: Language | None = None


class _Recorded(msgspec.Struct):
    """A recorded HTTP exchange, with the request as its body."""

    body: msgspec.Raw
    hook: msgspec.Raw = ABSENT


_recorded = msgspec.json.Decoder(_Recorded)
Verdict = Mapping[str, Any]


def explain_file(path: Path, options: Options, settings: Settings, advisor: Advisor) -> Sequence[Verdict]:
    request = read_request(path)
    hook = _hook(options.hook or request.hook)
    if options.hook is None:
        check_hook(hook, request)
    situation = hook.read_context(request.context)
    everything = received(situation, _from_prefetch(request))
    return advisor.explain_request(everything, _call(hook, request, options, settings))


def read_request(path: Path) -> HookRequest:
    """The request in the file: bare, or as the ``body`` of a recorded exchange."""
    content = path.read_bytes()
    try:
        recorded = decode_json(content, _recorded)
    except BadRequestError:
        return decode_request(content)
    return decode_request(content if present(recorded.hook) else bytes(recorded.body))


def _hook(name: str) -> Hook:
    for hook in HOOKS:
        if hook.name == name:
            return hook
    raise WrongHookError(f"no such hook here; known: {', '.join(hook.name for hook in HOOKS)}", "hook")


def _from_prefetch(request: HookRequest) -> Gathered:
    parts = read_prefetch(request.prefetch)
    resources = tuple(resource for part in parts.values() for resource in part.resources)
    incomplete = (key for key, part in parts.items() if part.state is not State.COMPLETE)
    return Gathered(resources, frozenset(resource_type(key) for key in incomplete))


def _call(hook: Hook, request: HookRequest, options: Options, settings: Settings) -> Call:
    asked = overrides(request.extension)
    return Call(
        hook=hook.name,
        today=options.today or asked.today or date.today(),
        language=options.language or settings.language,
        region=asked.region or settings.region,
        base_url=settings.base_url or "",
    )
