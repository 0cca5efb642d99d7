"""The endpoints as an OpenAPI document describes them, at ``/openapi.json``: for integrators and for tests."""

from typing import Any

from service.hooks import HOOKS

Json = dict[str, Any]


def _text(about: str, **more: Any) -> Json:
    return {"type": "string", "minLength": 1, "description": about, **more}


def _object(about: str, required: list[str], properties: Json) -> Json:
    return {"type": "object", "description": about, "required": required, "properties": properties}


def _list(items: Json, least: int = 0) -> Json:
    return {"type": "array", "items": items, "minItems": least}


_ANYTHING: Json = {"type": "object"}
_CONTEXT = _object(
    "What the hook is about; more members are ignored.",
    ["patientId"],
    {
        "patientId": _text("FHIR id of the patient, with or without `Patient/`.", example="p1"),
        "encounterId": {"type": ["string", "null"]},
        "selections": _list(_text("order-select only: the selected drafts as `Type/id`.")),
        "draftOrders": _object("Order hooks only: a FHIR Bundle.", [], {"entry": _list(_ANYTHING)}),
    },
)
_AUTHORIZATION = _object("A token for `fhirServer`.", ["access_token"], {"access_token": _text("Bearer token.")})
REQUEST = _object(
    "A CDS Hooks request.",
    ["hook", "hookInstance", "context"],
    {
        "hook": _text("The hook of the service called.", enum=[hook.name for hook in HOOKS]),
        "hookInstance": _text("Unique for each call.", format="uuid"),
        "context": _CONTEXT,
        "fhirServer": {"type": ["string", "null"], "description": "Base URL for what was not prefetched."},
        "fhirAuthorization": _AUTHORIZATION,
        "prefetch": {"type": ["object", "null"], "description": "By the keys in `/cds-services`."},
        "extension": _ANYTHING,
    },
)
_REASON = _object(
    "Why it was overridden.",
    [],
    {
        "reason": _object("A coded one.", ["code"], {"code": _text("Of the card's reasons, or the client's own.")}),
        "userComment": {"type": ["string", "null"]},
    },
)
_ENTRY = _object(
    "What became of one card.",
    ["card", "outcome", "outcomeTimestamp"],
    {
        "card": _text("The card's uuid.", maxLength=256),
        "outcome": _text("With `accepted`, accepted suggestions are required.", enum=["accepted", "overridden"]),
        "outcomeTimestamp": _text("With time zone.", format="date-time"),
        "acceptedSuggestions": _list(_object("One of the card's.", ["id"], {"id": _text("Its uuid.")})),
        "overrideReason": _REASON,
    },
)
FEEDBACK = _object("A CDS Hooks feedback report.", ["feedback"], {"feedback": _list(_ENTRY, least=1)})
_OUTCOME = _object(
    "A FHIR R4 OperationOutcome; `issue[0].details.coding[0].code` is stable, see docs/errors.md.",
    ["resourceType", "issue"],
    {"resourceType": {"const": "OperationOutcome"}, "issue": _list(_ANYTHING, least=1)},
)
SERVICE_IDS: Json = {"enum": [hook.service_id for hook in HOOKS]}


def takes(body: Json) -> Json:
    """For a route that reads its body itself."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": body}}}}


def answers(about: str, *required: str) -> dict[int | str, Json]:
    """JSON with the members ``required``, or an OperationOutcome."""
    body = _object(about, list(required), {})
    return {
        200: {"description": about, "content": {"application/json": {"schema": body}}},
        "default": {"description": "What went wrong.", "content": {"application/json": {"schema": _OUTCOME}}},
    }
