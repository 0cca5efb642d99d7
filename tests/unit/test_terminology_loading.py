"""Value sets are checked when they are loaded, and an error says where it is."""

import shutil
import time
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from cards.errors import KnowledgeError
from cards.terminology import Terminology, load_terminology

VALUE_SETS = Path(__file__).parents[2] / "cards" / "knowledge" / "value_sets"
NAMES = "names: {en: x, zh: x}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VALUE_SETS, tmp_path / "value_sets"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


@cache
def load_once() -> Terminology:
    return load_terminology(VALUE_SETS)


def refused(folder: Path, site: Path | None = None) -> KnowledgeError:
    with pytest.raises(KnowledgeError) as caught:
        load_terminology(folder, site)
    return caught.value


def _appended(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("{key: x, " + NAMES + ", reads: qualitative, colour: red}", "x.colour"),
        ("{key: x, " + NAMES + ", reads: guesswork}", "x.reads"),
        ("{key: x, " + NAMES + ", reads: qualitative, codes: {umls: [C1]}}", "x.codes.umls.[key]"),
        ("{key: x, " + NAMES + "}", "x.reads"),
        ("{key: x, " + NAMES + ", reads: quantity, unit: g, units: furlongs}", "x.units"),
        ("{key: x, " + NAMES + ", reads: quantity, unit: furlong, units: weight}", "x.unit"),
        ("{key: hbsag, " + NAMES + ", reads: qualitative}", "hbsag"),
        ("{key: x, " + NAMES + ", reads: qualitative, codes: {loinc: [5196-1]}}", "x.codes"),
        ("{key: x, " + NAMES + ", reads: qualitative, alternatives: [nothing]}", "x.alternatives"),
        ("{key: nmosd, " + NAMES + ", reads: qualitative}", "nmosd"),
        ("just words", "0."),
    ],
)
def test_a_wrong_entry_is_refused_with_file_and_field(folder: Path, entry: str, field: str) -> None:
    (folder / "labs" / "zz.yaml").write_text(f"- {entry}\n", encoding="utf-8")
    error = refused(folder)
    assert (error.field, bool(error.reason)) == (field, True)
    assert error.file in {"zz.yaml", "value_sets"}


@pytest.mark.parametrize("content", ["a: [", "a: 1", "text"])
def test_a_file_of_the_wrong_shape_is_refused(folder: Path, content: str) -> None:
    (folder / "labs" / "zz.yaml").write_text(content, encoding="utf-8")
    assert refused(folder).file == "zz.yaml"


@pytest.mark.parametrize("factor", ["abc", "0", "-1", ".nan", "[1]"])
def test_a_unit_needs_a_positive_number(folder: Path, factor: str) -> None:
    _appended(folder / "units.yaml", f"strange:\n  thing: {factor}")
    error = refused(folder)
    assert (error.file, error.field) == ("units.yaml", "strange.thing")


def test_a_group_needs_drugs_that_exist(folder: Path) -> None:
    _appended(folder / "drugs" / "groups.yaml", "- {key: x, " + NAMES + ", members: [nothing]}")
    error = refused(folder)
    assert (error.file, error.field) == ("groups.yaml", "x.members")


def test_one_code_cannot_be_two_drugs(folder: Path) -> None:
    _appended(folder / "drugs" / "drugs.yaml", "- {key: x, " + NAMES + ", codes: {rxnorm: ['2373951']}}")
    error = refused(folder)
    assert (error.file, error.field) == ("drugs.yaml", "x.codes")
    assert "inebilizumab" in error.reason


def test_one_product_cannot_be_two_drugs(folder: Path) -> None:
    _appended(folder / "drugs" / "drugs.yaml", "- {key: x, " + NAMES + ", products: {'2373960': x 1 MG Oral Tablet}}")
    assert "inebilizumab" in refused(folder).reason


def test_one_word_cannot_be_positive_and_negative(folder: Path) -> None:
    path = folder / "answers" / "answers.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("text: [negative,", "text: [Positive, negative,"), "utf-8")
    error = refused(folder)
    assert (error.file, error.field) == ("answers.yaml", "negative.text")


def test_a_site_adds_codes_and_words(site: Path) -> None:
    (site / "labs.yaml").write_text("- {key: hbsag, codes: {loinc: [90000-1]}, text: [HepB S antigen]}\n", "utf-8")
    terms = load_terminology(VALUE_SETS, site)
    assert [m.concept for m in terms.labs([("http://loinc.org", "90000-1")], ())] == ["hbsag"]
    assert [m.concept for m in terms.labs((), ["HepB S Antigen"])] == ["hbsag"]
    assert [m.concept for m in terms.labs([("http://loinc.org", "5196-1")], ())] == ["hbsag"]


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [
        ("labs.yaml", "- {key: nothing, text: [x]}", "nothing"),
        ("labs.yaml", "- {key: hbsag, colour: red}", "hbsag.colour"),
        ("labs.yaml", "- {key: hbsag, codes: {loinc: [71774-4]}}", "hbsag.codes"),
        ("answers.yaml", "- {key: negative, codes: {interpretation: [POS]}}", "negative.codes"),
        ("answers.yaml", "- {key: negative, text: [阳性]}", "negative.text"),
        ("lab.yaml", "- {key: hbsag, text: [x]}", "file"),
    ],
)
def test_a_wrong_addition_of_the_site_is_refused(site: Path, name: str, content: str, field: str) -> None:
    (site / name).write_text(content, encoding="utf-8")
    error = refused(VALUE_SETS, site)
    assert (error.file, error.field) == (name, field)


@pytest.mark.parametrize(
    ("key", "written", "factor"),
    [
        ("serum-igg", "g/L", "100"),
        ("serum-igg", "mg/dL", "1"),
        ("serum-igg", "mg/L", "0.1"),
        ("cd20-b-cell-count", "10*9/L", "1000"),
        ("cd20-b-cell-count", "10*6/L", "1"),
        ("cd20-b-cell-count", "K/uL", "1000"),
        ("cd20-b-cell-count", "cells/mm3", "1"),
        ("creatinine", "mg/dL", "88.4"),
        ("alt", "ukat/L", "60"),
        ("body-weight", "[lb_av]", "0.45359237"),
    ],
)
def test_units_are_exact_factors_of_one_analyte(key: str, written: str, factor: str) -> None:
    assert load_once().lab(key).units[written] == Decimal(factor)


@pytest.mark.parametrize(("key", "written"), [("serum-igg", "IU/mL"), ("cd20-b-cell-count", "%"), ("alt", "mg/dL")])
def test_a_unit_of_another_quantity_is_not_listed(key: str, written: str) -> None:
    assert written not in load_once().lab(key).units


def test_loading_takes_a_fraction_of_a_second() -> None:
    started = time.process_time()
    load_terminology(VALUE_SETS, snomed_extension=True)
    assert time.process_time() - started < 6  # ten times what it takes: coverage and busy machines slow it down
