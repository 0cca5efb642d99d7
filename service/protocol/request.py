"""A hook request, decoded only as far as every hook needs it.

Context and resources stay raw JSON: turning 200 KB into Python objects costs more than all the rest of a call.
Members that CDS Hooks does not define are ignored, as a client may be of a newer version than this service.
"""

import re
from typing import Any, Generic, TypeAlias, TypeVar

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.structs import astuple

from service.errors import BadRequestError, MissingFieldError, NestedTooDeeplyError, NotJsonError
from service.protocol.bundle import ABSENT, Bundle


def present(raw: Raw) -> bool:
    """Whether a raw member was sent and is not null."""
    return bytes(raw) not in (b"", b"null")


class FhirAuthorization(Struct, rename="camel"):
    """The token for the client's FHIR server. Transient: it lives as long as the call and is never written down."""

    access_token: str = msgspec.field(name="access_token")
    expires_in: float | None = msgspec.field(name="expires_in", default=None)

    def __repr__(self) -> str:
        return "FhirAuthorization(access_token=…)"


Answered: TypeAlias = Bundle | UnsetType | None  # ``None`` is null


class UsualPrefetch(Struct, rename="camel", forbid_unknown_fields=True):
    """What the keys hold in nearly every call: decoding it along with the request spares reading its bytes twice.

    In the order of the templates. A key that this service did not ask for makes a prefetch unusual.
    """

    patient: Raw = ABSENT
    conditions: Answered = UNSET
    observations: Answered = UNSET
    medication_requests: Answered = UNSET
    medication_statements: Answered = UNSET
    medication_administrations: Answered = UNSET
    immunizations: Answered = UNSET
    immunization_recommendations: Answered = UNSET
    allergies: Answered = UNSET
    adverse_events: Answered = UNSET
    procedures: Answered = UNSET
    service_requests: Answered = UNSET
    diagnostic_reports: Answered = UNSET
    imaging_studies: Answered = UNSET


Sent = TypeVar("Sent")


class Request(Struct, Generic[Sent], rename="camel"):
    hook: str
    hook_instance: str
    context: Raw
    fhir_server: str | None = None
    fhir_authorization: FhirAuthorization | None = None
    prefetch: Sent | None = None
    extension: Raw = ABSENT


HookRequest: TypeAlias = Request[UsualPrefetch] | Request[dict[str, Raw]]
Decoded = TypeVar("Decoded")
_usual_request = msgspec.json.Decoder(Request[UsualPrefetch])
_any_request = msgspec.json.Decoder(Request[dict[str, Raw]])
_MISSING = re.compile(r"missing required field `(?P<name>\w+)`(?: - at `\$\.?(?P<where>[^`]*)`)?")
_WHERE = re.compile(r" - at `\$\.?(?P<where>[^`]*)`")


def decode_request(body: bytes) -> HookRequest:
    """The request in ``body``; raises a 400 that names the member at fault."""
    request = _usual(body) or decode_json(body, _any_request)
    for name, value in (("hook", request.hook), ("hookInstance", request.hook_instance)):
        if not value:
            raise MissingFieldError(f"`{name}` is empty", name)
    if request.fhir_authorization is not None and not request.fhir_server:
        raise MissingFieldError("`fhirAuthorization` needs `fhirServer`", "fhirServer")
    return request


def _usual(body: bytes) -> HookRequest | None:
    """``None`` where the prefetch needs a closer look: at a failure, or at anything else than answers to searches."""
    if b'"OperationOutcome"' in body:
        return None
    try:
        request = _usual_request.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    for answer in astuple(request.prefetch) if request.prefetch else ():
        if isinstance(answer, Bundle) and answer.resource_type != "Bundle":
            return None
    return request


def decode_json(body: bytes | Raw, decoder: "msgspec.json.Decoder[Decoded]", prefix: str = "") -> Decoded:
    """Decode, turning each way JSON can be wrong into the matching error. Values are never echoed."""
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise _shape_error(str(error), prefix) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotJsonError("the body is not valid JSON") from None
    except RecursionError:
        raise NestedTooDeeplyError("the body is nested too deeply") from None


def _shape_error(message: str, prefix: str) -> BadRequestError:
    if missing := _MISSING.search(message):
        path = _join(prefix, missing["where"], missing["name"])
        return MissingFieldError(f"`{path}` is required", path)
    where = _WHERE.search(message)
    path = _join(prefix, where["where"] if where else None)
    return BadRequestError(f"{path or 'body'}: {_WHERE.sub('', message)}", path or None)


def _join(*parts: str | None) -> str:
    return ".".join(part for part in parts if part)


def compact(value: Any) -> bytes:
    """JSON bytes of an answer. Decimals become numbers with their digits kept: 1.10 stays 1.10."""
    return _encoder.encode(value)


_encoder = msgspec.json.Encoder(decimal_format="number")
