"""The token of a call: a JSON Web Token that is signed by the caller and made for this one call.

Everything that is wrong with one is an ``UnauthorizedError``; its reason goes into the log and to nobody else.
"""

from collections.abc import Sequence
from math import isfinite
from typing import Annotated

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.util import urlsafe_b64decode
from msgspec import Meta, Raw, Struct

from service.errors import UnauthorizedError
from service.protocol.request import ABSENT
from service.trust.jwks import Algorithm, VerifyingKey

_LONGEST_TOKEN = 8192
_CLOCKS_DIFFER = 60  # seconds a caller's clock may be ahead; nothing is added to ``exp``, which callers choose freely
_LONGEST_LIFE = 3600  # each token is remembered until it ends, so it has to end

Text = Annotated[str, Meta(min_length=1)]


class Header(Struct):
    """``crit`` and ``b64`` change what a signature covers; no caller needs them, so they are refused."""

    alg: Algorithm
    kid: Text
    typ: str | None = None
    jku: str | None = None
    crit: Raw = ABSENT
    b64: Raw = ABSENT


class Claims(Struct):
    """``tenant``: the hospital, where one issuer speaks for several."""

    iss: Text
    aud: str | list[str]
    exp: float
    iat: float
    jti: Text
    nbf: float | None = None
    tenant: str | None = None


class Token(Struct):
    """Not to be believed before ``check_signature``."""

    text: str
    header: Header
    claims: Claims


class _Registry(jws.JWSRegistry):
    max_header_length = 4096
    max_payload_length = _LONGEST_TOKEN


_header = msgspec.json.Decoder(Header)
_claims = msgspec.json.Decoder(Claims)


def bearer(authorization: Sequence[str]) -> str:
    """The token in the ``Authorization`` headers of a call."""
    if len(authorization) != 1:
        raise UnauthorizedError("no token" if not authorization else "several tokens")
    scheme, _, token = authorization[0].partition(" ")
    if scheme.lower() != "bearer":
        raise UnauthorizedError("no bearer token")
    return token.strip()


def read_token(text: str) -> Token:
    """What a token says of itself. ``none`` and the symmetric algorithms are no algorithms here."""
    if len(text) > _LONGEST_TOKEN:
        raise UnauthorizedError("too long")
    try:
        header, claims, _ = text.encode("ascii").split(b".")
        token = Token(text, _header.decode(urlsafe_b64decode(header)), _claims.decode(urlsafe_b64decode(claims)))
    except (ValueError, msgspec.DecodeError, RecursionError):  # what a caller sent is not for the log
        raise UnauthorizedError("malformed, or without a required header or claim") from None
    if token.header.typ is not None and token.header.typ.upper() != "JWT":
        raise UnauthorizedError("of another type")
    if bytes(token.header.crit) or bytes(token.header.b64):
        raise UnauthorizedError("with a header that is not understood")
    return token


def check_signature(token: Token, key: VerifyingKey) -> None:
    algorithms = [token.header.alg]
    registry = _Registry(algorithms=algorithms, strict_check_header=False)
    try:
        jws.deserialize_compact(token.text, key, algorithms, registry)
    except (JoseError, ValueError):
        raise UnauthorizedError("signature") from None


def check_times(claims: Claims, now: float) -> None:
    begins = max(claims.iat, claims.iat if claims.nbf is None else claims.nbf)
    if not isfinite(claims.exp) or not isfinite(begins):
        raise UnauthorizedError("malformed time")
    if claims.exp <= now:
        raise UnauthorizedError("expired")
    if begins > now + _CLOCKS_DIFFER:
        raise UnauthorizedError("not valid yet")
    if claims.exp > now + _LONGEST_LIFE + _CLOCKS_DIFFER:
        raise UnauthorizedError("valid for too long")


def check_audience(claims: Claims, called: str) -> None:
    """A token is made for the address that is called, and for no other of this service either."""
    audiences = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    if called not in audiences:
        raise UnauthorizedError("audience")
