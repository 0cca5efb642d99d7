"""Calls of the hooks: from the request line to the cards, and what is kept of each."""

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from service.call import Answer, Caller, Desk
from service.hooks import HOOKS, Hook
from service.ledger import Account
from service.protocol.language import preferred_language
from service.protocol.request import compact, decode_request
from service.trust.door import Door
from service.trust.tenant import Tenant
from service.web.address import called_address
from service.web.body import read_json_body
from service.web.gate import Gate

log = structlog.get_logger(__name__)


class HookCalls:
    """Answers calls of hooks ahead of the framework's router, whose way to an endpoint costs as much as all of ours.

    ``service.routes`` has the same endpoint, to document it and for whatever is not exactly one of these paths.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._hooks = {f"/cds-services/{hook.service_id}": hook for hook in HOOKS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hook = self._hooks.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "POST" else None
        if hook is None:
            await self._app(scope, receive, send)
        else:
            response = await answer_call(hook, Request(scope, receive))
            await response(scope, receive, send)


async def answer_call(hook: Hook, request: Request) -> Response:
    state = request.app.state
    gate: Gate = state.gate
    with Account(state.ledger, hook, request.scope["state"]["request_id"]) as account:
        async with gate.call():
            address = called_address(request, state.desk.settings)
            tenant = await admitted(request, hook, address)
            with gate.share_of(tenant.id):
                account.tenant = tenant
                language = preferred_language(request.headers.get("accept-language"), tenant.language)
                answer = await _answer(request, hook, account, Caller(tenant, language, address))
                return _Cards(account, tenant, answer)


async def admitted(request: Request, hook: Hook, address: str, below: str = "") -> Tenant:
    """Whose call it is. Asked before the body is read: who may not call costs no more than that."""
    door: Door = request.app.state.door
    called = f"{address}/cds-services/{hook.service_id}{below}"
    tenant = await door.admit(request.headers.getlist("authorization"), called)
    tenant.check_may_call(hook.service_id)
    return tenant


async def _answer(request: Request, hook: Hook, account: Account, caller: Caller) -> Answer:
    desk: Desk = request.app.state.desk
    content = await read_json_body(request, desk.settings)
    await request.app.state.gate.turn()
    hook_request = decode_request(content)
    account.hook_instance = hook_request.hook_instance
    return await desk.answer(hook, hook_request, caller)


class _Cards(Response):
    """The answer. Books are kept once it is on its way: the caller does not wait for that."""

    media_type = "application/json"

    def __init__(self, account: Account, tenant: Tenant, answer: Answer) -> None:
        super().__init__(compact({"cards": answer.cards}))
        self._account, self._tenant, self._answer = account, tenant, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._account.answered(self._tenant, self._answer)
            _log_call(self._account, self._tenant, self._answer)


def _log_call(account: Account, tenant: Tenant, answer: Answer) -> None:
    gathered = answer.gathered
    log.info(
        "call",
        tenant=tenant.id,
        service=account.hook.service_id,
        cards=len(answer.cards),
        resources=len(gathered.resources) if gathered else 0,
        fetched=gathered.fetched if gathered else (),
        incomplete=sorted(gathered.absent) if gathered else (),
        milliseconds=account.milliseconds,
    )
