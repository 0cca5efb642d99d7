"""Sorting what arrived: what comes by the thousand is recognised by its spelling, and everything else is read."""

from typing import Any

import msgspec
import pytest
from charts import HBSAG, PATIENT, chart, observation

OURS = [
    PATIENT,
    PATIENT | {"display": "me"},
    {"reference": "https://ehr/Patient/p1"},
    {"reference": "Patient/p1/_history/2"},
    [PATIENT],
    {"reference": "Group/g1"},
    None,
]
NOT_OURS = [{"reference": "Patient/p2"}, [{"reference": "Patient/p2"}], {"reference": "https://ehr/Patient/p2"}]


@pytest.mark.parametrize("before", [*OURS, *NOT_OURS])
@pytest.mark.parametrize("subject", [*OURS, *NOT_OURS])
def test_whose_an_observation_is_does_not_depend_on_the_one_before(before: Any, subject: Any) -> None:
    first, second = observation(HBSAG, "o1", subject=before), observation(HBSAG, "o2", subject=subject)
    found = chart(first, second)
    assert {item.reference for item in found.results("hbsag").items} == {
        f"Observation/{name}" for name, whose in (("o1", before), ("o2", subject)) if whose in OURS
    }
    assert len(found.set_aside) == sum(whose in NOT_OURS for whose in (before, subject))


def test_one_that_was_sent_twice_counts_once_however_it_is_read() -> None:
    result = observation(HBSAG)
    by_components = result | {"component": [{"code": HBSAG, "valueString": "positive"}]}
    assert len(chart(result, result).results("hbsag").items) == 1
    assert len(chart(result, by_components).results("hbsag").items) == 1
    assert len(chart(by_components, result, result | {"subject": [PATIENT]}).results("hbsag").items) == 1
    assert len(chart(msgspec.json.encode(result), msgspec.Raw(msgspec.json.encode(result))).results("hbsag").items) == 1


def test_those_without_an_id_all_count() -> None:
    result = observation(HBSAG)
    del result["id"]
    assert len(chart(result, result, observation(HBSAG, "None")).results("hbsag").items) == 3
