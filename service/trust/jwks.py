"""Reading a JSON Web Key Set: which key verifies which algorithm.

A key that cannot be used is passed over, so that one odd key in a set does not lock out the others.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.util import base64_to_int

log = structlog.get_logger(__name__)

Algorithm = Literal["ES384", "RS384", "ES256", "RS256"]
VerifyingKey = ECKey | RSAKey
Keys = Mapping[tuple[str, Algorithm], VerifyingKey]

_CURVES = {"ES384": "P-384", "ES256": "P-256"}
_RSA_BITS = range(2048, 8193)  # shorter is weak, longer only costs time


class BadKeySetError(Exception):
    """Not a JSON Web Key Set at all."""


class _KeySet(msgspec.Struct):
    keys: list[dict[str, Any]]


_key_set = msgspec.json.Decoder(_KeySet)


def usable_keys(content: bytes, algorithms: Iterable[Algorithm]) -> Keys:
    """The public keys in ``content``, by key id and algorithm; a key without an id cannot be named by a token."""
    try:
        members = _key_set.decode(content).keys
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadKeySetError("not a JSON Web Key Set") from None
    keys: dict[tuple[str, Algorithm], VerifyingKey] = {}
    for kid, member in ((member.get("kid"), member) for member in members if _verifies(member)):
        for algorithm in algorithms if isinstance(kid, str) else ():
            if (key := _imported(member, algorithm)) is not None:
                keys.setdefault((str(kid), algorithm), key)
    return keys


def _verifies(member: Mapping[str, Any]) -> bool:
    """Whether the key is a public one, meant for signatures."""
    if "d" in member:  # whoever can read the set can sign with it
        log.warning("key passed over", reason="the set holds its private half")
        return False
    operations = member.get("key_ops")
    return member.get("use") in (None, "sig") and (operations is None or "verify" in operations)


def _imported(member: Mapping[str, Any], algorithm: Algorithm) -> VerifyingKey | None:
    if member.get("alg") not in (None, algorithm):
        return None
    try:
        if algorithm in _CURVES:
            return _elliptic(member, _CURVES[algorithm])
        return _rsa(member)
    except (JoseError, ValueError, TypeError, KeyError):
        log.warning("key passed over", reason="it cannot be read")
        return None


def _elliptic(member: Mapping[str, Any], curve: str) -> ECKey | None:
    if member.get("kty") != "EC" or member.get("crv") != curve:
        return None
    return ECKey.import_key({"kty": "EC", "crv": curve, "x": member["x"], "y": member["y"]})


def _rsa(member: Mapping[str, Any]) -> RSAKey | None:
    if member.get("kty") != "RSA" or base64_to_int(member["n"]).bit_length() not in _RSA_BITS:
        return None
    return RSAKey.import_key({"kty": "RSA", "n": member["n"], "e": member["e"]})
