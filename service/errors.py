"""The one tree of errors a caller can meet. Each has an HTTP status and a code that stays the same between versions.

Every answer outside 2xx is a FHIR OperationOutcome that carries the code in ``issue[0].details.coding[0].code``.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

import msgspec
from starlette.responses import Response

from service.metrics.meters import refused

CODE_SYSTEM = "urn:biologic-cds:error"


class ServiceError(Exception):
    """Base of all. ``text`` is for the integrator and must not hold patient data or tokens."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal-error"
    issue: ClassVar[str] = "exception"  # http://hl7.org/fhir/issue-type
    headers: ClassVar[Mapping[str, str]] = {}

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


class NestedTooDeeplyError(BadRequestError):
    code = "nested-too-deeply"
    issue = "structure"


class MissingFieldError(BadRequestError):
    code = "missing-field"
    issue = "required"


class WrongHookError(BadRequestError):
    code = "wrong-hook"
    issue = "not-supported"


class BadFeedbackError(BadRequestError):
    code = "bad-feedback"


class CorsRefusedError(BadRequestError):
    """A browser asked whether it may send what it may not."""

    code = "cors-refused"
    issue = "not-supported"


class UnauthorizedError(ServiceError):
    """No valid token came with the call. The caller is told no more than that; ``reason`` is for the log."""

    status = 401
    code = "unauthorized"
    issue = "login"
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": "Bearer"}

    def __init__(self, reason: str, tenant: str | None = None) -> None:
        super().__init__("a valid token is needed")
        self.reason = reason
        self.tenant = tenant


class ServiceNotPermittedError(ServiceError):
    """A caller that is known, but may not call this service."""

    status = 403
    code = "service-not-permitted"
    issue = "forbidden"


class HttpsNeededError(ServiceError):
    status = 403
    code = "https-needed"
    issue = "security"


class NotFoundError(ServiceError):
    status = 404
    code = "not-found"
    issue = "not-found"


class UnknownServiceError(ServiceError):
    status = 404
    code = "unknown-service"
    issue = "not-found"


class UnknownStatementError(ServiceError):
    status = 404
    code = "unknown-statement"
    issue = "not-found"


class MethodNotAllowedError(ServiceError):
    status = 405
    code = "method-not-allowed"
    issue = "not-supported"


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
    """What had to be on disk could not be written; the caller should send the same again later."""

    status = 503
    code = "store-unavailable"
    issue = "transient"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "5"}


class TooManyCallsError(ServiceError):
    """One tenant has more calls under way than its share."""

    status = 429
    code = "too-many-calls"
    issue = "throttled"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}


class OverloadedError(ServiceError):
    """All tenants together have more calls under way than this process takes."""

    status = 503
    code = "overloaded"
    issue = "throttled"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}


class CallTimeoutError(ServiceError):
    """The time for one call was over before there was an answer."""

    status = 503
    code = "call-timeout"
    issue = "timeout"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}


class InternalError(ServiceError):
    pass


_FRAMEWORK: Mapping[int, type[ServiceError]] = {404: NotFoundError, 405: MethodNotAllowedError}


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
    refused.labels(code=error.code).inc()  # here, since every refusal comes through here
    outcome = operation_outcome(error.code, error.issue, error.text, error.expression)
    return Response(msgspec.json.encode(outcome), error.status, error.headers, media_type="application/json")


def framework_error_response(status: int, headers: Mapping[str, str]) -> Response:
    """The same shape for what the web framework itself refuses (unknown path, wrong method)."""
    error = _FRAMEWORK.get(status, BadRequestError)(HTTPStatus(status).phrase)
    response = error_response(error)
    response.status_code = status
    response.headers.update(headers)
    return response
