"""The evidence pages that cards link to: what a statement says, when it fires, on what it rests and what clears it."""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.responses import HTMLResponse, RedirectResponse

from service.call import Desk
from service.errors import UnknownStatementError

router = APIRouter(include_in_schema=False)
_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    trim_blocks=True,
    lstrip_blocks=True,
)
# Nothing is loaded from elsewhere and nothing runs: the page shows text only.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_OPTIONAL: dict[str, Any] = {
    "escalations": [],
    "hooks": [],
    "stages": [],
    "components": {},
    "applies": "",
    "fires": "",
    "unknown": "",
    "facts": [],
    "parameters": [],
    "certainty": "",
    "note": "",
    "sign_off": False,
    "clears": [],
    "override_reasons": [],
    "suggestions": [],
}


@router.get("/", response_class=Response)
async def start() -> Response:
    return RedirectResponse("evidence")


@router.get("/evidence", response_class=Response)
async def evidence_index(request: Request) -> Response:
    """All statements, by drug and kind."""
    desk: Desk = request.app.state.desk
    statements = sorted(desk.advisor.index(), key=_drug_and_kind)
    grouped = (list(members) for _, members in groupby(statements, _drug_and_kind))
    groups = [(members[0]["drug"], members[0]["kind"], members) for members in grouped]
    return _page("index.html", groups=groups, region=desk.settings.region)


@router.get("/evidence/drug/{drug}", response_class=Response)
async def drug_page(drug: str, request: Request) -> Response:
    """All that is known of one drug: its regimens, recommendations and statements."""
    desk: Desk = request.app.state.desk
    found = desk.advisor.drug(drug)
    if found is None:
        raise UnknownStatementError("no drug of this name; see /evidence")
    return _page("drug.html", d=found, region=desk.settings.region)


@router.get("/evidence/{statement_id}", response_class=Response)
async def evidence_page(statement_id: str, request: Request) -> Response:
    desk: Desk = request.app.state.desk
    statement = desk.advisor.explain(statement_id)
    if statement is None:
        raise UnknownStatementError("no statement of this id; see /evidence")
    return _page("statement.html", s=_OPTIONAL | dict(statement), region=desk.settings.region)


def _drug_and_kind(statement: Mapping[str, Any]) -> tuple[str, str]:
    return statement["drug"]["en"], statement["kind"]


def _page(name: str, **values: Any) -> Response:
    return HTMLResponse(_templates.get_template(name).render(values), headers=_HEADERS)
