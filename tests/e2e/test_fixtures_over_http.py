"""Every fixture, sent to the running application: the findings, the cards and what the cards offer."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from applications import open_client
from card_rules import RULES, actions
from fhir.resources.R4B import get_fhir_model_class
from fixture_cases import CASES, NAMES, FixtureCase
from hook_calls import SERVICE_OF
from json_rules import empties

from service.assessment import Advisor
from service.explain import Options, explain_file
from service.settings import Settings

Json = dict[str, Any]
Answers = dict[str, Json]
every_case = pytest.mark.parametrize("case", CASES, ids=NAMES)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, real_advisor: Advisor) -> Answers:
    """The answer to each case, all from one application."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    return asyncio.run(_answers(settings, real_advisor))


async def _answers(settings: Settings, advisor: Advisor) -> Answers:
    async with open_client(settings, advisor) as client:
        return {case.name: await _answer(client, case) for case in CASES}


async def _answer(client: httpx.AsyncClient, case: FixtureCase) -> Json:
    headers = {"Content-Type": "application/json", "Accept-Language": case.language}
    url = f"/cds-services/{SERVICE_OF[case.hook]}"
    response = await client.post(url, content=case.request_file.read_bytes(), headers=headers)
    assert response.status_code == 200, f"{case.name}: {response.text}"
    return response.json()


def extension(card: Json) -> Json:
    return card["extension"]["org.biologic-cds.card"]


def found(cards: list[Json]) -> list[Json]:
    """The findings of all cards, as ``expected.json`` writes them."""
    findings = [finding for card in cards for finding in extension(card).get("findings", [])]
    short = [{name: finding[name] for name in ("id", "severity", "state")} for finding in findings]
    return sorted(short, key=lambda finding: finding["id"])


@every_case
def test_exactly_the_expected_findings_are_answered(case: FixtureCase, answers: Answers) -> None:
    assert found(answers[case.name]["cards"]) == case.expected["findings"]


@every_case
def test_exactly_what_could_not_be_assessed_is_said(case: FixtureCase, answers: Answers) -> None:
    items = [item["id"] for card in answers[case.name]["cards"] for item in extension(card).get("notAssessed", [])]
    assert sorted(items) == case.expected["notAssessed"]


@every_case
def test_the_cards_come_in_order_and_say_what_they_are_about(case: FixtureCase, answers: Answers) -> None:
    cards = answers[case.name]["cards"]
    assert [card["indicator"] for card in cards] == [card["indicator"] for card in case.expected["cards"]]
    for card, expected in zip(cards, case.expected["cards"], strict=True):
        assert expected["summary_contains"] in card["summary"]


@every_case
def test_there_are_at_most_three_cards(case: FixtureCase, answers: Answers) -> None:
    assert len(answers[case.name]["cards"]) <= 3


@every_case
def test_nothing_in_an_answer_is_null_or_empty(case: FixtureCase, answers: Answers) -> None:
    assert empties(answers[case.name], allowed=frozenset({"$.cards"})) == []


@every_case
def test_every_card_obeys_the_rules_of_cds_hooks(case: FixtureCase, answers: Answers) -> None:
    cards = answers[case.name]["cards"]
    broken = [name for name, rule in RULES.items() for card in cards if not rule(card, case.request)]
    assert broken == []


@pytest.mark.parametrize("case", [case for case in CASES if case.is_valid], ids=lambda case: case.name)
def test_every_offered_resource_is_valid(case: FixtureCase, answers: Answers) -> None:
    for card in answers[case.name]["cards"]:
        for action in actions(card):
            if "resource" in action:
                get_fhir_model_class(action["resource"]["resourceType"]).model_validate(action["resource"])


@every_case
def test_every_finding_names_records_of_the_case(case: FixtureCase, answers: Answers) -> None:
    known = {f"{resource['resourceType']}/{resource['id']}" for resource in (*case.records, *case.drafts)}
    for card in answers[case.name]["cards"]:
        for finding in extension(card).get("findings", []):
            assert {record["reference"] for record in finding.get("evidence", [])} <= known
            assert finding.get("order") in known | {None}


@every_case
def test_the_command_line_explains_the_same_findings(case: FixtureCase, tmp_path: Path, real_advisor: Advisor) -> None:
    verdicts = explain_file(case.request_file, Options(), Settings(data_dir=tmp_path), real_advisor)
    fired = sorted(verdict["id"] for verdict in verdicts if verdict["verdict"] == "fired")
    assert fired == [finding["id"] for finding in case.expected["findings"]]
