"""The one tree of errors a caller can meet. Each has an HTTP status and a code that stays the same between versions.

Every answer outside 2xx is a FHIR OperationOutcome that carries the code in ``issue[0].details.coding[0].code``.
"""

from http import HTTPStatus
from typing import Any, ClassVar

import msgspec
from starlette.responses import Response

CODE_SYSTEM = "urn:biologic-cds:error"


class ServiceError(Exception):
    """Base of all. ``text`` is for the integrator and must not hold patient data or tokens."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal-error"
    issue: ClassVar[str] = "exception"  # http://hl7.org/fhir/issue-type

    def __init__(self, text: str, expression: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.expression = expression


class BadRequestError(ServiceError):
    status = 400
    code = "bad-request"
    issue = "invalid"


class NotJsonError(BadRequestError):
    code = "not-json"
    issue = "structure"


class MissingFieldError(BadRequestError):
    code = "missing-field"
    issue = "required"


class WrongHookError(BadRequestError):
    code = "wrong-hook"
    issue = "not-supported"


class BadFeedbackError(BadRequestError):
    code = "bad-feedback"


class UnknownServiceError(ServiceError):
    status = 404
    code = "unknown-service"
    issue = "not-found"


class UnknownStatementError(ServiceError):
    status = 404
    code = "unknown-statement"
    issue = "not-found"


class DataUnavailableError(ServiceError):
    """Nothing can be assessed: no data came and none could be fetched."""

    status = 412
    code = "data-unavailable"
    issue = "incomplete"


class BodyTooLargeError(ServiceError):
    status = 413
    code = "body-too-large"
    issue = "too-long"


class UnsupportedMediaTypeError(ServiceError):
    status = 415
    code = "unsupported-media-type"
    issue = "not-supported"


class StoreUnavailableError(ServiceError):
    """Feedback could not be written; the caller should send it again."""

    status = 503
    code = "store-unavailable"
    issue = "transient"


class InternalError(ServiceError):
    pass


_FRAMEWORK = {
    404: ("not-found", "not-found"),
    405: ("method-not-allowed", "not-supported"),
}


def operation_outcome(code: str, issue: str, text: str, expression: str | None = None) -> dict[str, Any]:
    """A FHIR R4 OperationOutcome with one error."""
    entry: dict[str, Any] = {
        "severity": "error",
        "code": issue,
        "details": {"coding": [{"system": CODE_SYSTEM, "code": code}], "text": text},
    }
    if expression is not None:
        entry["expression"] = [expression]
    return {"resourceType": "OperationOutcome", "issue": [entry]}


def error_response(error: ServiceError) -> Response:
    outcome = operation_outcome(error.code, error.issue, error.text, error.expression)
    return Response(msgspec.json.encode(outcome), error.status, media_type="application/json")


def framework_error_response(status: int, headers: dict[str, str] | None) -> Response:
    """The same shape for what the web framework itself refuses (unknown path, wrong method)."""
    code, issue = _FRAMEWORK.get(status, ("bad-request", "invalid"))
    outcome = operation_outcome(code, issue, HTTPStatus(status).phrase)
    return Response(msgspec.json.encode(outcome), status, headers, media_type="application/json")
