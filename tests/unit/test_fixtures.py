"""The fixtures themselves: valid FHIR, complete, and consistent with one another."""

import json
import re
from collections.abc import Iterable

import pytest
from fhir.resources.R4B import get_fhir_model_class
from fixture_cases import CASES, FOLDER, NAMES, FixtureCase, Json
from hook_calls import SERVICE_OF

from service.gather.templates import TEMPLATES, resource_type

every_case = pytest.mark.parametrize("case", CASES, ids=NAMES)
valid_cases = pytest.mark.parametrize("case", [case for case in CASES if case.is_valid], ids=lambda case: case.name)
STATES = {"present", "missing", "stale", "pending", "unreadable"}


def validated(resource: Json) -> None:
    get_fhir_model_class(resource["resourceType"]).model_validate(resource)


def by_reference(resources: Iterable[Json]) -> dict[str, Json]:
    return {f"{resource['resourceType']}/{resource['id']}": resource for resource in resources}


def prefetched(value: Json) -> list[Json]:
    return [entry["resource"] for entry in value.get("entry", [])] if value["resourceType"] == "Bundle" else [value]


def searched(case: FixtureCase, key: str) -> list[Json]:
    """What a server that holds the case's bundle answers to one of our prefetch templates."""
    found = [record for record in case.records if record["resourceType"] == resource_type(key)]
    if key == "patient":
        return [record for record in found if record["id"] == case.request["context"]["patientId"]]
    if "status=active" in TEMPLATES[key]:
        return [record for record in found if record.get("status") == "active"]
    return found


@valid_cases
def test_every_resource_of_a_record_is_valid(case: FixtureCase) -> None:
    validated(case.patient)
    for record in case.records:
        validated(record)


@valid_cases
def test_every_draft_and_every_prefetched_answer_is_valid(case: FixtureCase) -> None:
    for draft in case.drafts:
        validated(draft)
    for value in case.request["prefetch"].values():
        validated(value)


@every_case
def test_records_of_one_case_have_ids_of_their_own(case: FixtureCase) -> None:
    assert len(by_reference(case.records)) == len(case.records)
    assert [entry["fullUrl"].rsplit("/", 2)[1:] for entry in case.patient["entry"]] == [
        [record["resourceType"], record["id"]] for record in case.records
    ]


@every_case
def test_the_prefetch_is_what_the_record_holds(case: FixtureCase) -> None:
    left_out = set(case.expected.get("notPrefetched", []))
    sent = case.request["prefetch"]
    assert set(sent) - left_out == set(TEMPLATES) - left_out
    for key in set(sent) - left_out:
        assert by_reference(prefetched(sent[key])) == by_reference(searched(case, key)), key


@every_case
def test_what_was_not_prefetched_brings_no_data(case: FixtureCase) -> None:
    values = [case.request["prefetch"].get(key) for key in case.expected.get("notPrefetched", [])]
    assert all(value is None or value["resourceType"] == "OperationOutcome" for value in values)


@every_case
def test_a_request_is_complete_and_never_ages(case: FixtureCase) -> None:
    request, context = case.request, case.request["context"]
    assert request["hook"] == case.hook
    assert context["userId"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", request["extension"]["org.biologic-cds.request"]["today"])
    assert ("draftOrders" in context) == (case.hook != "patient-view")
    assert set(context.get("selections", [])) <= set(by_reference(case.drafts))


@every_case
def test_what_is_expected_is_written_in_order(case: FixtureCase) -> None:
    expected, findings = case.expected, case.expected["findings"]
    assert expected["hook"] in SERVICE_OF
    assert expected["shows"].endswith(".")
    assert findings == sorted(findings, key=lambda finding: finding["id"])
    assert expected["notAssessed"] == sorted(expected["notAssessed"])
    assert {finding["state"] for finding in findings} <= STATES


@every_case
def test_files_are_laid_out_for_reading(case: FixtureCase) -> None:
    for name in ("patient", "request", "expected"):
        text = (case.folder / f"{name}.json").read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


def test_every_hook_and_both_languages_are_shown() -> None:
    assert {case.hook for case in CASES} == set(SERVICE_OF)
    assert {case.language for case in CASES} == {"en", "zh"}


def test_request_ids_are_used_once() -> None:
    assert len({case.request["hookInstance"] for case in CASES}) == len(CASES) >= 16


def test_the_table_lists_every_case_with_what_it_shows() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (?:[\w-]+) \| (.+) \|$", text, flags=re.MULTILINE))
    assert rows == {case.name: case.expected["shows"] for case in CASES}
