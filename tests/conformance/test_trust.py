"""Checklist A119-A136: who is let in, with real keys and a key set published on the loopback."""

import json
import time
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from applications import open_client
from hook_calls import SERVICE_OF, FakeAdvisor, hook_call
from pydantic import ValidationError
from signing import ISSUER, Signer, claims, key_set, keyed_with_public_key, unsigned
from tenants import PUBLIC_URL, guarded, tenant
from web_servers import WebServer, json_reply, web_server

from service.settings import Settings

pytestmark = pytest.mark.enable_socket

ES384, RS384 = Signer("k1", "ES384"), Signer("k2", "RS384")
SERVICE = SERVICE_OF["order-select"]
PATH = f"/cds-services/{SERVICE}"
URL = PUBLIC_URL + PATH
REPORT = {"card": "c1", "outcome": "overridden", "outcomeTimestamp": "2026-11-22T07:18:44Z"}


@dataclass
class Ehr:
    """Calls the service as an EHR does."""

    client: httpx.AsyncClient

    async def call(self, token: str | None, path: str = PATH) -> httpx.Response:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        body = {"feedback": [REPORT]} if path.endswith("/feedback") else hook_call()
        return await self.client.post(path, json=body, headers=headers)

    async def is_let_in(self, token: str | None) -> bool:
        response = await self.call(token)
        assert response.status_code in (200, 401)
        return response.status_code == 200


@pytest.fixture
def published() -> Generator[WebServer]:
    """Where the EHR publishes its keys."""
    with web_server(lambda _: json_reply(key_set(ES384, RS384))) as server:
        yield server


@pytest.fixture
def entry(published: WebServer) -> dict[str, Any]:
    return tenant(jwks_file=None, jwks_url=f"{published.url}/jwks.json")


@pytest.fixture
async def ehr(tmp_path: Path, entry: dict[str, Any]) -> AsyncGenerator[Ehr]:
    async with open_client(guarded(tmp_path, entry), FakeAdvisor()) as client:
        yield Ehr(client)


def test_a119_callers_are_never_authenticated_over_a_plain_network(tmp_path: Path) -> None:
    for address in ({"public_url": "http://cds.example"}, {"public_url": None, "host": "0.0.0.0"}):
        with pytest.raises(ValidationError, match="must be the https address"):
            guarded(tmp_path, **address)


@pytest.mark.parametrize("path", [PATH, "/cds-services", "/evidence"])
async def test_a119_plain_http_from_the_network_is_refused(tmp_path: Path, path: str) -> None:
    async with open_client(guarded(tmp_path, host="0.0.0.0"), FakeAdvisor()) as client:
        plain = await client.get(path)
        assert plain.status_code == 403
        assert plain.json()["issue"][0]["details"]["coding"][0]["code"] == "https-needed"
        assert (await client.get("https://cds.example/cds-services")).status_code == 200
        assert (await client.get("/health")).status_code == 200


@pytest.mark.parametrize("path", [PATH, f"{PATH}/feedback"])
async def test_a120_hooks_and_feedback_need_a_token(ehr: Ehr, path: str) -> None:
    assert (await ehr.call(None, path)).status_code == 401
    assert (await ehr.call(ES384.sign(claims(PUBLIC_URL + path)), path)).status_code == 200


async def test_a120_evidence_holds_no_patient_data_and_is_open(ehr: Ehr) -> None:
    assert (await ehr.client.get("/evidence/fake.statement")).status_code == 200


@pytest.mark.parametrize("authorization", [None, "valid", "Bearer nonsense", "Basic eDp5"])
async def test_a121_discovery_is_open_and_a_token_there_is_no_error(ehr: Ehr, authorization: str | None) -> None:
    if authorization == "valid":
        authorization = f"Bearer {ES384.sign(claims(f'{PUBLIC_URL}/cds-services'))}"
    headers = {"Authorization": authorization} if authorization else {}
    assert (await ehr.client.get("/cds-services", headers=headers)).status_code == 200


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_a122_a_valid_token_is_accepted(ehr: Ehr, scheme: str) -> None:
    headers = {"Authorization": f"{scheme} {ES384.sign(claims(URL))}"}
    assert (await ehr.client.post(PATH, json=hook_call(), headers=headers)).status_code == 200


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", "Basic eDp5", "{token}", "Token {token}"])
async def test_a122_other_ways_to_show_a_token_are_refused(ehr: Ehr, authorization: str) -> None:
    headers = {"Authorization": authorization.format(token=ES384.sign(claims(URL)))}
    assert (await ehr.client.post(PATH, json=hook_call(), headers=headers)).status_code == 401


async def test_a122_two_tokens_are_refused(ehr: Ehr) -> None:
    headers = [("Authorization", f"Bearer {ES384.sign(claims(URL))}") for _ in range(2)]
    assert (await ehr.client.post(PATH, json=hook_call(), headers=headers)).status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", ""])
async def test_a123_unsigned_tokens_are_refused(ehr: Ehr, algorithm: str) -> None:
    assert not await ehr.is_let_in(unsigned({"alg": algorithm, "kid": "k1", "typ": "JWT"}, claims(URL)))


async def test_a123_a_removed_signature_is_refused(ehr: Ehr) -> None:
    token = ES384.sign(claims(URL))
    assert not await ehr.is_let_in(token.rpartition(".")[0] + ".")


@pytest.mark.parametrize("signer", [ES384, RS384], ids=lambda signer: signer.algorithm)
@pytest.mark.parametrize("algorithm", ["HS256", "HS384"])
async def test_a124_symmetric_signatures_with_the_public_key_are_refused(
    ehr: Ehr, signer: Signer, algorithm: str
) -> None:
    assert not await ehr.is_let_in(keyed_with_public_key(signer, claims(URL), algorithm))


@pytest.mark.parametrize("signer", [ES384, RS384], ids=lambda signer: signer.algorithm)
async def test_a125_the_recommended_algorithms_are_supported(ehr: Ehr, signer: Signer) -> None:
    assert await ehr.is_let_in(signer.sign(claims(URL)))


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
async def test_a125_others_only_where_configured(tmp_path: Path, published: WebServer, algorithm: str) -> None:
    signer = Signer("k3", algorithm)
    published.answer = lambda _: json_reply(key_set(signer))
    entry = tenant(jwks_file=None, jwks_url=published.url)
    for more, let_in in ({}, False), ({"algorithms": [algorithm]}, True):
        async with open_client(guarded(tmp_path, entry | more), FakeAdvisor()) as client:
            assert await Ehr(client).is_let_in(signer.sign(claims(URL))) is let_in


async def test_a126_the_key_named_by_kid_decides(ehr: Ehr) -> None:
    other = Signer("k4", "ES384")
    assert not await ehr.is_let_in(other.sign(claims(URL), kid="k1"))
    assert not await ehr.is_let_in(ES384.sign(claims(URL), kid="k2"))
    assert await ehr.is_let_in(ES384.sign(claims(URL)))


async def test_a126_changed_claims_are_refused(ehr: Ehr) -> None:
    header, content, signature = ES384.sign(claims(URL)).split(".")
    other = ES384.sign(claims(URL)).split(".")[1]
    assert not await ehr.is_let_in(f"{header}.{other}.{signature}")
    assert not await ehr.is_let_in(f"{header}.{content}.{signature[:-4]}AAAA")


@pytest.mark.parametrize("audience", [URL, [URL], ["https://other.example", URL]])
async def test_a127_the_audience_may_be_a_string_or_an_array(ehr: Ehr, audience: Any) -> None:
    assert await ehr.is_let_in(ES384.sign(claims(audience)))


@pytest.mark.parametrize(
    "audience",
    [
        f"{PUBLIC_URL}/cds-services",
        f"{URL}/feedback",
        f"{PUBLIC_URL}/cds-services/biologic-cds-order-sign",
        PUBLIC_URL,
        PATH,
        URL + "/",
        f"http://127.0.0.1:8000{PATH}",
        "https://other.example" + PATH,
        [],
        [URL + "x"],
    ],
)
async def test_a128_a_token_for_another_address_is_refused(ehr: Ehr, audience: Any) -> None:
    assert not await ehr.is_let_in(ES384.sign(claims(audience)))


async def test_a128_without_a_public_address_the_called_one_on_the_loopback_counts(tmp_path: Path) -> None:
    async with open_client(guarded(tmp_path, public_url=None), FakeAdvisor()) as client:
        for host, status in ("localhost:8000", 200), ("127.0.0.1:8000", 200), ("other.example", 400):
            token = ES384.sign(claims(f"http://{host}{PATH}"))
            headers = {"Authorization": f"Bearer {token}", "Host": host}
            assert (await client.post(PATH, json=hook_call(), headers=headers)).status_code == status


@pytest.mark.parametrize("age", [0, 1, 300])
async def test_a129_an_expired_token_is_refused(ehr: Ehr, age: int) -> None:
    now = int(time.time())
    assert not await ehr.is_let_in(ES384.sign(claims(URL, iat=now - 600, exp=now - age)))


async def test_a129_a_token_without_a_near_end_is_refused(ehr: Ehr) -> None:
    for end in (time.time() + 86_400, 1e300):
        assert not await ehr.is_let_in(ES384.sign(claims(URL, exp=end)))


@pytest.mark.parametrize("claim", ["iss", "aud", "exp", "iat", "jti"])
async def test_a130_every_claim_is_needed(ehr: Ehr, claim: str) -> None:
    assert not await ehr.is_let_in(ES384.sign(claims(URL, **{claim: None})))


@pytest.mark.parametrize(
    "wrong", [{"exp": "soon"}, {"iat": True}, {"jti": 5}, {"jti": ""}, {"aud": {}}, {"iss": [ISSUER]}, {"nbf": "x"}]
)
async def test_a130_claims_of_a_wrong_type_are_refused(ehr: Ehr, wrong: dict[str, Any]) -> None:
    assert not await ehr.is_let_in(ES384.sign(claims(URL, **wrong)))


@pytest.mark.parametrize("claim", ["iat", "nbf"])
async def test_a130_a_token_from_the_future_is_refused(ehr: Ehr, claim: str) -> None:
    ahead = int(time.time())
    assert not await ehr.is_let_in(ES384.sign(claims(URL, **{claim: ahead + 200})))
    assert await ehr.is_let_in(ES384.sign(claims(URL, **{claim: ahead + 20})))


@pytest.mark.parametrize(
    "header", [{"kid": None}, {"kid": 7}, {"typ": "at+jwt"}, {"crit": ["exp"], "exp": 1}, {"b64": True}, {"alg": None}]
)
async def test_a130_headers_are_checked(ehr: Ehr, header: dict[str, Any]) -> None:
    assert not await ehr.is_let_in(ES384.sign(claims(URL), **header))


@pytest.mark.parametrize("typ", ["JWT", "jwt", None])
async def test_a130_the_type_may_be_left_out(ehr: Ehr, typ: str | None) -> None:
    assert await ehr.is_let_in(ES384.sign(claims(URL), typ=typ))


@pytest.mark.parametrize(
    "token", ["a.b", "a.b.c", "..", "....", "é.b.c", "e30.e30.e30", "eyJhbGciOiJFUzM4NCJ9.e30.", "A" * 9000]
)
async def test_a130_what_is_no_token_is_refused(ehr: Ehr, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode()}
    assert (await ehr.client.post(PATH, json=hook_call(), headers=headers)).status_code == 401


async def test_a131_a_token_is_good_for_one_call(ehr: Ehr) -> None:
    token = ES384.sign(claims(URL))
    assert [await ehr.is_let_in(token) for _ in range(3)] == [True, False, False]


async def test_a131_another_token_with_the_same_jti_is_refused(ehr: Ehr) -> None:
    assert await ehr.is_let_in(ES384.sign(claims(URL, jti="same")))
    assert not await ehr.is_let_in(RS384.sign(claims(URL, jti="same")))


async def test_a131_a_refused_token_uses_up_no_jti(ehr: Ehr) -> None:
    stranger = Signer("k4", "ES384")
    assert not await ehr.is_let_in(stranger.sign(claims(URL, jti="theirs"), kid="k1"))
    assert await ehr.is_let_in(ES384.sign(claims(URL, jti="theirs")))


async def test_a132_other_issuers_are_refused(ehr: Ehr) -> None:
    for issuer in ("https://other.example", ISSUER + "/", ISSUER.upper()):
        assert not await ehr.is_let_in(ES384.sign(claims(URL, iss=issuer)))


async def test_a132_other_tenants_of_the_issuer_are_refused(ehr: Ehr) -> None:
    assert not await ehr.is_let_in(ES384.sign(claims(URL, tenant="county-general")))
    assert await ehr.is_let_in(ES384.sign(claims(URL, tenant="st-elsewhere")))


async def test_a133_a_jku_elsewhere_is_refused_and_never_fetched(ehr: Ehr, published: WebServer) -> None:
    stranger = Signer("k4", "ES384")
    with web_server(lambda _: json_reply(key_set(stranger))) as elsewhere:
        for signer in (stranger, ES384):
            assert not await ehr.is_let_in(signer.sign(claims(URL), jku=f"{elsewhere.url}/jwks.json"))
        assert elsewhere.seen == []
    assert await ehr.is_let_in(ES384.sign(claims(URL), jku=f"{published.url}/jwks.json"))


@pytest.mark.parametrize("header", [{"jwk": Signer("k4").public}, {"x5u": "https://evil.example/cert"}])
async def test_a133_keys_in_the_token_itself_are_not_looked_at(ehr: Ehr, header: dict[str, Any]) -> None:
    assert not await ehr.is_let_in(Signer("k4").sign(claims(URL), **header))


async def test_a134_keys_may_be_handed_over_as_a_file(tmp_path: Path) -> None:
    async with open_client(guarded(tmp_path), FakeAdvisor()) as client:
        ehr = Ehr(client)
        assert await ehr.is_let_in(Signer().sign(claims(URL)))
        assert not await ehr.is_let_in(Signer().sign(claims(URL), jku="https://ehr.example/jwks.json"))


async def test_a134_an_ehr_with_a_file_may_still_name_its_own_address(tmp_path: Path) -> None:
    address = "https://ehr.example/jwks.json"
    async with open_client(guarded(tmp_path, tenant(jku=[address])), FakeAdvisor()) as client:
        assert await Ehr(client).is_let_in(Signer().sign(claims(URL), jku=address))


async def test_a135_a_new_key_is_found_and_the_set_kept(
    ehr: Ehr, published: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.trust.key_source.PAUSE_SECONDS", 0)
    for _ in range(3):
        assert await ehr.is_let_in(ES384.sign(claims(URL)))
    assert len(published.seen) == 1
    rotated = Signer("k5", "ES384")
    published.answer = lambda _: json_reply(key_set(rotated))
    assert await ehr.is_let_in(rotated.sign(claims(URL)))
    assert not await ehr.is_let_in(ES384.sign(claims(URL)))


async def test_a135_made_up_key_ids_do_not_cause_a_flood(ehr: Ehr, published: WebServer) -> None:
    for number in range(20):
        assert not await ehr.is_let_in(ES384.sign(claims(URL), kid=f"made-up-{number}"))
    assert len(published.seen) == 1


async def test_a136_no_refusal_says_why(ehr: Ehr) -> None:
    now = int(time.time())
    used = ES384.sign(claims(URL))
    await ehr.call(used)
    tokens = [
        None,
        "nonsense",
        used,
        unsigned({"alg": "none"}, claims(URL)),
        ES384.sign(claims(URL), kid="unknown"),
        ES384.sign(claims("https://other.example")),
        ES384.sign(claims(URL, iss="https://other.example")),
        ES384.sign(claims(URL, iat=now - 9, exp=now - 3)),
        Signer("k4").sign(claims(URL), kid="k1"),
    ]
    answers = [await ehr.call(token) for token in tokens]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["www-authenticate"] for answer in answers} == {"Bearer"}
    (issue,) = json.loads(answers[0].content)["issue"]
    assert issue["details"]["coding"][0]["code"] == "unauthorized"


async def test_a138_a_preflight_needs_no_token(ehr: Ehr) -> None:
    headers = {
        "Origin": "https://ehr.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    for path in (PATH, f"{PATH}/feedback", "/cds-services"):
        response = await ehr.client.options(path, headers=headers)
        assert response.status_code == 200
        assert "authorization" in response.headers["access-control-allow-headers"].lower()


async def test_without_tenants_a_token_is_not_looked_at(settings: Settings) -> None:
    async with open_client(settings, FakeAdvisor()) as client:
        assert (await Ehr(client).call("nonsense")).status_code == 200
