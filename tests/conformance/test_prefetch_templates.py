"""Checklist A022-A035: prefetch templates that any 2.0.1 client can resolve."""

import re
from typing import Any
from urllib.parse import parse_qsl

import pytest

Services = list[dict[str, Any]]
TOKEN = re.compile(r"\{\{(.*?)\}\}")
USER_TOKENS = {"userPractitionerId", "userPractitionerRoleId", "userPatientId", "userRelatedPersonId"}
CONTEXT_TOKENS = {"context.userId", "context.patientId", "context.encounterId"}
PATH = re.compile(r"[A-Z][A-Za-z]+(/\{\{[^{}]+\}\}|\?[^?#]+)")


@pytest.fixture
def templates(services: Services) -> list[str]:
    return [template for service in services for template in service["prefetch"].values()]


def tokens(template: str) -> list[str]:
    return TOKEN.findall(template)


def parameters(template: str) -> list[tuple[str, str]]:
    return parse_qsl(template.partition("?")[2])


def test_a022_tokens_stand_in_balanced_braces(templates: list[str]) -> None:
    for template in templates:
        rest = TOKEN.sub("", template)
        assert "{" not in rest
        assert "}" not in rest


def test_a023_tokens_are_context_fields_or_user_tokens(templates: list[str]) -> None:
    for template in templates:
        assert tokens(template)
        assert all(token.startswith("context.") or token in USER_TOKENS for token in tokens(template))


def test_a024_tokens_are_root_level_fields(templates: list[str]) -> None:
    assert all(token.count(".") <= 1 for template in templates for token in tokens(template))


def test_a025_context_tokens_exist_in_every_hook_served(templates: list[str]) -> None:
    assert all(token in CONTEXT_TOKENS | USER_TOKENS for template in templates for token in tokens(template))


def test_a026_fields_flagged_no_prefetch_token_are_not_used(templates: list[str]) -> None:
    assert not any(field in template for template in templates for field in ("draftOrders", "selections"))


def test_a027_templates_are_relative_reads_or_type_level_searches(templates: list[str]) -> None:
    assert all(PATH.fullmatch(template) for template in templates)


def test_a028_no_modifier_but_in(templates: list[str]) -> None:
    names = [name for template in templates for name, _ in parameters(template)]
    assert all(":" not in name or name.endswith(":in") for name in names)


def test_a029_only_plain_date_prefixes(templates: list[str]) -> None:
    dates = [value for template in templates for name, value in parameters(template) if name == "date"]
    assert all(re.match(r"(eq|lt|gt|le|ge)?\d", value) for value in dates)


def test_a030_only_count_and_sort_as_result_parameters(templates: list[str]) -> None:
    used = {name for template in templates for name, _ in parameters(template) if name.startswith("_")}
    assert used <= {"_count", "_sort"}


def test_a030_no_parameter_comes_twice(templates: list[str]) -> None:
    for template in templates:
        names = [name for name, _ in parameters(template)]
        assert len(names) == len(set(names))


def test_a031_a032_a033_a034_a035_no_fhirpath_that_a_2_0_1_client_cannot_resolve(templates: list[str]) -> None:
    for template in templates:
        inside = "".join(tokens(template))
        assert not re.search(r"[%|+()]|today|ofType|resolve", inside)
