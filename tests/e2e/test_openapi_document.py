"""What the OpenAPI document allows, and what it does not, made up at random: never a 5xx, always a documented shape."""

from collections.abc import Generator
from typing import Any

import pytest
import schemathesis
from hook_calls import FakeAdvisor
from hypothesis import HealthCheck, given, settings
from processes import HERE, serving
from schemathesis import GenerationMode, checks

from service.app import create_app
from service.settings import Settings

pytestmark = pytest.mark.enable_socket
API = schemathesis.openapi.from_dict(create_app(Settings(), FakeAdvisor()).openapi())
OPERATIONS = [found.ok() for found in API.get_all_operations()]
thorough = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    with serving(tmp_path_factory.mktemp("data"), str(HERE / "without_knowledge.py")) as served:
        yield served.url


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_what_the_document_allows_is_answered_as_documented(operation: Any, url: str) -> None:
    @thorough
    @given(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def call(case: schemathesis.Case) -> None:
        # A request may be of another service's hook, or without any data: its shape alone does not make it a good one.
        case.call_and_validate(base_url=url, excluded_checks=[checks.positive_data_acceptance])

    call()


@pytest.mark.parametrize(
    "operation", [operation for operation in OPERATIONS if operation.method == "post"], ids=lambda found: found.label
)
def test_what_it_does_not_allow_is_answered_as_documented(operation: Any, url: str) -> None:
    @thorough
    @given(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def call(case: schemathesis.Case) -> None:
        # Not all of it has to be refused: what can be read is read.
        case.call_and_validate(base_url=url, excluded_checks=[checks.negative_data_rejection])

    call()
