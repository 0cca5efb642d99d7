"""Parameters that are a yes or no, and the approvals that statements refer to."""

from pathlib import Path

import pytest

from cards.errors import KnowledgeError
from cards.knowledge.chapter import Chapter, load_chapter
from cards.knowledge.loader import FOLDER
from cards.knowledge.site import site_parameters
from cards.terminology import Terminology, load_terminology

HEADER = """
chapter: trial
names: {en: Trial, zh: 试验}
drugs: [rituximab]
sources: [{id: paper, title: {en: A paper, zh: 论文}}]
approvals:
  - id: rituximab
    state: approved
    as_of: 2025-10
    regions: [{region: US, authority: FDA, date: 2025-01, scope: adults}]
"""
PARAMETERS = "- {id: designated, value: false, unit: '{boolean}', origin: proposal, locator: none}\n"
STATEMENT = """
- id: trial.one.check
  kind: information
  hooks: [order-select]
  fires: P.designated is not true
  severity: info
  say: {en: One., zh: 一。}
  source: {document: paper, locator: p. 1}
  approval: rituximab
"""


@pytest.fixture(scope="module")
def terminology() -> Terminology:
    return load_terminology(FOLDER / "value_sets")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "trial"
    folder.mkdir()
    for name, text in (("chapter", HEADER), ("parameters", PARAMETERS), ("statements", STATEMENT)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def load(folder: Path, terminology: Terminology, site: Path | None = None) -> Chapter:
    return load_chapter(folder, terminology, site_parameters(site, [folder]).get("trial", {}))


def changed(tmp_path: Path, value: str) -> Path:
    text = f"- {{chapter: trial, id: designated, value: {value}, owner: Pharmacy, reason: local}}\n"
    (tmp_path / "parameters.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_yes_or_no_is_a_condition_of_its_own(folder: Path, terminology: Terminology) -> None:
    fires = load(folder, terminology).statements["trial.one.check"].fires
    assert fires(None, {}).value is True


def test_a_site_sets_it(tmp_path: Path, folder: Path, terminology: Terminology) -> None:
    chapter = load(folder, terminology, changed(tmp_path, "true"))
    assert chapter.parameters["designated"].value is True
    assert chapter.statements["trial.one.check"].fires(None, {}).value is False


@pytest.mark.parametrize("value", ["1", "[true]", "null", "maybe"])
def test_a_site_cannot_make_it_anything_else(
    tmp_path: Path, folder: Path, terminology: Terminology, value: str
) -> None:
    with pytest.raises(KnowledgeError, match="designated"):
        load(folder, terminology, changed(tmp_path, value))


def test_a_number_stays_a_number(folder: Path, terminology: Terminology) -> None:
    number = "- {id: designated, value: 1, unit: '{count}', origin: proposal, locator: none}\n"
    (folder / "parameters.yaml").write_text(number, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="'true' is not one of the values of number"):
        load(folder, terminology)


def test_a_statement_refers_to_an_approval_of_its_chapter(folder: Path, terminology: Terminology) -> None:
    chapter = load(folder, terminology)
    approval = chapter.approval(chapter.statements["trial.one.check"].entry.approval)
    assert approval
    assert (approval.state, approval.regions[0].authority) == ("approved", "FDA")
    assert chapter.approval(None) is None


@pytest.mark.parametrize(
    ("file", "change", "reason"),
    [
        ("statements", ("approval: rituximab", "approval: ritux"), r"trial.one.check.approval: unknown: ritux"),
        ("chapter", ("state: approved", "state: allowed"), "approvals.0.state"),
    ],
)
def test_an_approval_that_is_not_there_or_of_no_known_state_is_refused(
    folder: Path, terminology: Terminology, file: str, change: tuple[str, str], reason: str
) -> None:
    path = folder / f"{file}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=reason):
        load(folder, terminology)
