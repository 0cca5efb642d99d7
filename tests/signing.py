"""Keys as an EHR has them, and the tokens it makes with them."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

Json = dict[str, Any]
ISSUER = "https://ehr.example"
CURVES = {"ES384": "P-384", "ES256": "P-256"}


@cache
def _key(algorithm: str, kid: str) -> ECKey | RSAKey:
    """Made once for all tests: RSA keys take their time."""
    return ECKey.generate_key(CURVES[algorithm]) if algorithm in CURVES else RSAKey.generate_key(2048)


@dataclass(frozen=True)
class Signer:
    """One key pair of an EHR."""

    kid: str = "k1"
    algorithm: str = "ES384"
    key: ECKey | RSAKey = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", _key(self.algorithm, self.kid))

    @property
    def public(self) -> Json:
        return self.key.as_dict(private=False) | {"kid": self.kid, "alg": self.algorithm, "use": "sig"}

    def sign(self, claims: Json, **header: Any) -> str:
        """``header`` adds to the usual one or replaces members of it; ``None`` leaves one out."""
        full = {"alg": self.algorithm, "kid": self.kid, "typ": "JWT"} | header
        full = {name: value for name, value in full.items() if value is not None}
        start = f"{_segment(full)}.{_segment(claims)}"  # by hand: the library signs no header it does not know
        return f"{start}.{_base64(jws.JWSRegistry.algorithms[self.algorithm].sign(start.encode(), self.key))}"


def claims(audience: Any, **changes: Any) -> Json:
    """Those of a sound token for one call; ``None`` leaves one out."""
    now = int(time.time())
    usual = {"iss": ISSUER, "aud": audience, "iat": now, "exp": now + 300, "jti": str(uuid.uuid4())}
    return {name: value for name, value in (usual | changes).items() if value is not None}


def key_set(*signers: Signer) -> Json:
    return {"keys": [signer.public for signer in signers]}


def unsigned(header: Json, content: Json) -> str:
    return f"{_segment(header)}.{_segment(content)}."


def keyed_with_public_key(signer: Signer, content: Json, algorithm: str = "HS256") -> str:
    """The classic forgery: a symmetric signature whose secret is the key that everyone can read."""
    secret = signer.key.as_pem(private=False)
    digest = {"HS256": hashlib.sha256, "HS384": hashlib.sha384}[algorithm]
    start = f"{_segment({'alg': algorithm, 'kid': signer.kid, 'typ': 'JWT'})}.{_segment(content)}"
    return f"{start}.{_base64(hmac.new(secret, start.encode(), digest).digest())}"


def _segment(content: Json) -> str:
    return _base64(json.dumps(content).encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
