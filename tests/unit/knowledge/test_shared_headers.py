"""Sources and override reasons that a chapter's header only names."""

import pytest

from cards.errors import KnowledgeError
from cards.knowledge.shared import with_shared


def test_names_are_written_out_and_entries_stay() -> None:
    own = {"id": "own", "title": {"en": "Own", "zh": "自有"}}
    header = with_shared(
        {"drug": "x", "sources": ["DERM-S01", own], "override_reasons": ["informed-consent"]}, "drug.yaml"
    )
    assert [source["id"] for source in header["sources"]] == ["DERM-S01", "own"]
    assert header["sources"][0]["url"].startswith("https://")
    assert header["override_reasons"][0]["zh"] == "已权衡利弊并充分知情同意"


@pytest.mark.parametrize("field", ["sources", "override_reasons"])
def test_an_unknown_name_is_refused(field: str) -> None:
    with pytest.raises(KnowledgeError, match="'nowhere' does not stand in"):
        with_shared({field: ["nowhere"]}, "drug.yaml")


@pytest.mark.parametrize("header", [None, [], "text", {"sources": "text"}, {"drug": "x"}])
def test_a_header_of_another_shape_is_left_to_the_check_that_follows(header: object) -> None:
    assert with_shared(header, "drug.yaml") == header
