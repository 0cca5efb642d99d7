"""Every line a run over all fixtures writes, with everything going wrong that can: nothing in them is of a patient."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from applications import open_client
from fixture_cases import CASES, FixtureCase
from hook_calls import SERVICE_OF
from json_rules import walk
from log_capture import logs_as_served
from signing import Signer, claims
from tenants import PUBLIC_URL, guarded

from service.assessment import Advisor
from service.settings import Settings

Json = dict[str, Any]
FHIR_SERVER = "http://localhost:8080/fhir"
FHIR_TOKEN = "fhir-access-token-of-the-clinician"
COMMENT = "Known from a call with the family of the patient"
_DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d")
# What the service itself says of a call; it stands in requests too, but is of no patient.
_OWN_WORDS = {*SERVICE_OF, *SERVICE_OF.values(), "error"}


def texts(value: Any) -> Iterator[str]:
    """Every text in the JSON, the names of its members apart."""
    return (found for _, found in walk(value) if isinstance(found, str))


def of_patients() -> set[str]:
    """Whatever stands in a fixture: names, ids, dates, codes, units, free text."""
    found = {text for case in CASES for text in texts([case.patient, case.request])}
    days = {day for text in found for day in _DAY.findall(text)}
    parts = {part for text in found for part in re.split(r"[\s/|,;]+", text) if part[:1].isupper() or "-" in part}
    types = {text for case in CASES for path, text in walk([case.patient, case.request]) if path.endswith("Type")}
    return {text for text in found | days | parts if len(text) > 4} - types - _OWN_WORDS


def failing(_: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("Tomasz Zielinski, born 1970, at localhost")


async def everything(client: httpx.AsyncClient, case: FixtureCase, **headers: str) -> None:
    """The call of the fixture, whole and in every state of disrepair, and feedback on its cards."""
    path = f"/cds-services/{SERVICE_OF[case.hook]}"
    content = case.request_file.read_bytes()
    headers = {"Content-Type": "application/json"} | headers
    token = {"access_token": FHIR_TOKEN, "token_type": "Bearer", "expires_in": 300, "scope": "x", "subject": "me"}
    fetching = {"prefetch": None, "fhirServer": FHIR_SERVER, "fhirAuthorization": token}
    answer = await client.post(path, content=content, headers=headers)
    for broken in (content[:-20], b"[" * 5000, content.replace(b'"context"', b'"content"'), b""):
        await client.post(path, content=broken, headers=headers)
    await client.post(path, json=case.request | fetching, headers=headers)
    await client.post(path, json=case.request | {"prefetch": {}}, headers=headers)
    await client.post("/cds-services/other", content=content, headers=headers)
    await client.get(f"/Patient/{case.request['context']['patientId']}?name=Tomasz", headers=headers)
    seen = {
        "outcome": "overridden",
        "outcomeTimestamp": "2026-03-02T10:00:00Z",
        "overrideReason": {"userComment": COMMENT},
    }
    for card in answer.json().get("cards", ()):
        await client.post(f"{path}/feedback", json={"feedback": [seen | {"card": card["uuid"]}]}, headers=headers)
        await client.post(
            f"{path}/feedback", json={"feedback": [seen | {"card": COMMENT, "outcome": COMMENT}]}, headers=headers
        )


class Failing:
    """The knowledge, with a fault in the code around it that quotes the chart."""

    def __init__(self, advisor: Advisor) -> None:
        self.version = advisor.version
        self.concerns = advisor.concerns

    def advise(self, received: Any, *_: Any) -> Any:
        raise ValueError(received.resources)


def lines(text: str) -> list[Json]:
    read = [json.loads(line) for line in text.splitlines()]
    return [{name: value for name, value in line.items() if name not in ("timestamp", "level")} for line in read]


def leaks(written: str, secrets: set[str]) -> set[str]:
    """Those of ``secrets`` that stand in a line, as a word of their own."""
    said = {text for line in lines(written) for text in texts(line)}
    return {secret for secret in secrets for text in said if secret in text and _apart(secret).search(text)}


def _apart(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")


async def test_no_line_holds_anything_of_a_patient(settings: Settings, real_advisor: Advisor, respx_mock: Any) -> None:
    respx_mock.get(url__startswith=FHIR_SERVER).mock(side_effect=failing)
    with logs_as_served("DEBUG") as buffer:
        async with open_client(settings, real_advisor) as client:
            for case in CASES:
                await everything(client, case)
        async with open_client(settings, Failing(real_advisor)) as client:  # type: ignore[arg-type]
            await everything(client, CASES[0])
    events = {line["event"] for line in lines(buffer.getvalue())}
    assert {"call", "refused", "feedback", "fhir data not read", "unforeseen error", "ready"} <= events
    assert leaks(buffer.getvalue(), of_patients() | {FHIR_TOKEN, COMMENT, "Tomasz"}) == set()


async def test_no_line_holds_anything_of_a_token(tmp_path: Path, real_advisor: Advisor) -> None:
    case = CASES[0]
    address = f"{PUBLIC_URL}/cds-services/{SERVICE_OF[case.hook]}"
    good = Signer().sign(claims(address, jti="the-id-of-the-token", sub="Practitioner/neuro-7"))
    bad = Signer().sign(claims("https://elsewhere.example", jti="another-id-of-a-token"))
    with logs_as_served("DEBUG") as buffer:
        async with open_client(guarded(tmp_path), real_advisor) as client:
            for token in (good, good, bad, "nonsense-token"):
                await everything(client, case, Authorization=f"Bearer {token}")
    parts = {part for token in (good, bad) for part in token.split(".")}
    secrets = of_patients() | parts | {"the-id-of-the-token", "another-id-of-a-token", "nonsense-token"}
    assert leaks(buffer.getvalue(), secrets) == set()


def test_what_is_looked_for_is_what_identifies_people() -> None:
    """Else the tests above would hold of anything."""
    found = of_patients()
    assert len(found) > 1000
    for case in CASES:
        assert case.request["context"]["patientId"] in found
        for record in case.records:
            if record["resourceType"] == "Patient" and isinstance(record.get("birthDate"), str):
                assert record["birthDate"] in found
