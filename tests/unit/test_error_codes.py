"""The table of errors in the documentation, and the errors there are."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.errors import ServiceError, UnauthorizedError, error_response, framework_error_response

TEXT = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \| (.+) \| (.+) \|$", TEXT, flags=re.MULTILINE)


def tree(error: type[ServiceError] = ServiceError) -> Iterator[type[ServiceError]]:
    yield error
    for more in error.__subclasses__():
        yield from tree(more)


ERRORS = list(tree())


def test_every_error_is_documented_with_its_status_and_every_documented_one_exists() -> None:
    assert {(code, int(status)) for code, status, *_ in ROWS} == {(error.code, error.status) for error in ERRORS}
    assert len(ROWS) == len({code for code, *_ in ROWS})


def test_no_two_errors_share_a_code() -> None:
    codes = [error.code for error in ERRORS if error is not ServiceError]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_an_error_becomes_an_outcome_with_its_code(error: type[ServiceError]) -> None:
    response = error_response(error("a text"))
    assert response.status_code == error.status
    assert f'"code":"{error.code}"'.encode() in bytes(response.body)
    assert response.media_type == "application/json"


@pytest.mark.parametrize("error", [error for error in ERRORS if error.status in (429, 503)], ids=lambda e: e.code)
def test_who_may_come_again_is_told_when(error: type[ServiceError]) -> None:
    assert int(error_response(error("")).headers["retry-after"]) > 0
    (advice,) = [advice for code, _, _, advice in ROWS if code == error.code]
    assert "`Retry-After`" in advice


@pytest.mark.parametrize(("status", "code"), [(404, "not-found"), (405, "method-not-allowed"), (418, "bad-request")])
def test_what_the_framework_refuses_has_a_code_too(status: int, code: str) -> None:
    response = framework_error_response(status, {"Allow": "GET"})
    assert response.status_code == status
    assert f'"code":"{code}"'.encode() in bytes(response.body)
    assert response.headers["allow"] == "GET"


def test_a_refused_token_is_told_nothing() -> None:
    assert b"the reason" not in bytes(error_response(UnauthorizedError("the reason")).body)


def test_settings_named_in_the_table_exist() -> None:
    from service.settings import Settings

    names = {name.lower() for name in re.findall(r"BIOLOGIC_CDS_([A-Z_]+)", TEXT)}
    assert names <= Settings.model_fields.keys()
