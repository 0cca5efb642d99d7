"""A mistake in a knowledge file stops the load and says which file, which field and why."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from cards.errors import KnowledgeError
from cards.knowledge import load_knowledge
from cards.knowledge.chapter import load_chapter
from cards.knowledge.loader import FOLDER, check_statements
from cards.terminology import Terminology, load_terminology

DRUG = FOLDER / "drugs" / "inebilizumab"
STATEMENT = """
- id: inebilizumab.test.one
  kind: information
  hooks: [order-select]
  applies: {applies}
  fires: {fires}
  severity: info
  say: {{en: one, zh: 一}}
  source: {{document: inebilizumab-nmosd-2024, locator: here}}
{more}"""


@cache
def terminology() -> Terminology:
    return load_terminology(FOLDER / "value_sets", snomed_extension=True)


@pytest.fixture
def drug(tmp_path: Path) -> Path:
    """A copy of the drug's folder to spoil."""
    return Path(shutil.copytree(DRUG, tmp_path / "inebilizumab"))


def load(folder: Path) -> None:
    check_statements([load_chapter(folder, terminology(), {})])


def refused(folder: Path, applies: str = "drafted", fires: str = "true", more: str = "") -> KnowledgeError:
    text = STATEMENT.format(applies=applies, fires=fires, more=more)
    (folder / "test.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as problem:
        load(folder)
    assert problem.value.file == "test.yaml"
    assert problem.value.field.startswith("inebilizumab.test.one")
    return problem.value


def test_the_knowledge_as_shipped_loads(drug: Path) -> None:
    load(drug)


@pytest.mark.parametrize(
    ("fires", "reason"),
    [
        ("hbs-antigen.result is positive", "not a known fact or concept"),
        ("hbsag.colour is positive", "has no 'colour'"),
        ("hbsag.result is purple", "'purple' is not one of the values"),
        ("hbv_state == CARIER", "'CARIER' is not one of the values"),
        ("serum-igg.value < 500 mmHg", "unexpected"),
        ("serum-igg.value < 500 kg", "'kg' is not a unit of"),
        ("serum-igg.value < P.cd4_low", "is not a parameter"),
        ("serum-igg.value < t0", "cannot compare"),
        ("planned_date", "a condition is expected"),
        ("planned_date + 3", "cannot compute"),
        ("any(r in hbsag, r.height > 1)", "has no 'height'"),
        ("any(d in drafted, true)", "takes a collection"),
        ("fired(inebilizumab.no.such)", "is not a statement"),
        ("in-group(hbsag, zoster)", "takes a vaccination"),
        ("covers(t0, today)", "takes a medication"),
        ("nonsense(t0)", "is not a known function"),
        ("age >", "a name is expected"),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused_with_the_reason(drug: Path, fires: str, reason: str) -> None:
    assert reason in refused(drug, fires=fires).reason


def test_a_statement_that_can_never_fire_is_refused(drug: Path) -> None:
    assert "can never fire" in refused(drug, fires="false").reason
    assert "can never fire" in refused(drug, applies="false").reason


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("  stages: [beginning]\n", "unknown stages"),
        ("  handled_by: [inebilizumab.no.such]\n", "unknown: inebilizumab.no.such"),
        ("  supersedes: [inebilizumab.no.such]\n", "unknown: inebilizumab.no.such"),
        ("  override_reasons: [because]\n", "unknown: because"),
        ("  asks: [colour]\n", "'colour' is not a test"),
        ("  suggest: [{order: colour}]\n", "'colour' is not a known"),
        ("  suggest: [{order: hbsag, refer: hepatology}]\n", "exactly one action"),
        ("  suggest: [{move_draft: P.dose_mg}]\n", "a date is expected"),
        ("  escalate: {to: info, when: drafted}\n", "changes nothing"),
        ("  colour: red\n", "Extra inputs are not permitted"),
    ],
)
def test_a_field_that_names_something_unknown_is_refused(drug: Path, more: str, reason: str) -> None:
    assert reason in refused(drug, more=more).reason


def test_a_fact_that_depends_on_itself_is_refused(drug: Path) -> None:
    facts = "- {fact: one, says: {en: a, zh: a}, is: two}\n- {fact: two, says: {en: b, zh: b}, is: one}\n"
    (drug / "facts-3.yaml").write_text(facts, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="depends on itself: one -> two -> one"):
        load(drug)


def test_an_id_that_stands_twice_is_refused(drug: Path) -> None:
    shutil.copy(drug / "pml.yaml", drug / "pml-again.yaml")
    with pytest.raises(KnowledgeError, match=r"already stands in pml\S*\.yaml"):
        load(drug)


def test_a_file_that_is_no_yaml_is_refused(drug: Path) -> None:
    (drug / "broken.yaml").write_text("- id: [", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"broken\.yaml: file: not readable YAML"):
        load(drug)


def site(folder: Path, text: str) -> Path:
    (folder / "parameters.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_site_may_change_a_proposal_and_the_change_is_shown_with_its_owner(tmp_path: Path) -> None:
    text = "- {drug: inebilizumab, id: day15_tolerance_days, value: 2, owner: Pharmacy, reason: local protocol}\n"
    knowledge = load_knowledge(site(tmp_path, text))
    parameter = knowledge.chapters["inebilizumab"].parameters["day15_tolerance_days"]
    assert parameter.value == 2
    assert parameter.note == "Pharmacy: local protocol"
    assert knowledge.version != load_knowledge().version


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("id: igg_low_mg_dl, value: 400, owner: a, reason: b", "cannot be changed"),
        ("id: no_such, value: 400, owner: a, reason: b", "has no such parameter"),
        ("id: day15_tolerance_days, value: -1, owner: a, reason: b", "must not be negative"),
        ("id: day15_tolerance_days, value: [1, 2], owner: a, reason: b", "another number of values"),
        ("id: day15_tolerance_days, value: 2, owner: '', reason: b", "at least 1 character"),
    ],
)
def test_a_site_cannot_change_what_a_source_says_nor_change_it_wrongly(tmp_path: Path, entry: str, reason: str) -> None:
    with pytest.raises(KnowledgeError, match=reason):
        load_knowledge(site(tmp_path, f"- {{drug: inebilizumab, {entry}}}\n"))


def test_a_site_may_map_its_own_codes_to_a_concept(tmp_path: Path) -> None:
    (tmp_path / "value_sets").mkdir()
    text = "- {key: hbsag, codes: {loinc: [99999-9]}}\n"
    (tmp_path / "value_sets" / "labs.yaml").write_text(text, encoding="utf-8")
    found = load_knowledge(tmp_path).terminology.labs([("http://loinc.org", "99999-9")], [])
    assert [match.concept for match in found] == ["hbsag"]


def test_a_site_code_for_an_unknown_concept_is_refused(tmp_path: Path) -> None:
    (tmp_path / "value_sets").mkdir()
    (tmp_path / "value_sets" / "labs.yaml").write_text("- {key: hbsaag, codes: {loinc: [1-8]}}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="hbsaag"):
        load_knowledge(tmp_path)
