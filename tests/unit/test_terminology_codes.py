"""What codes mean, in the systems and spellings in which they arrive."""

import json
from pathlib import Path

import pytest

from cards.terminology import Terminology, load_terminology

VALUE_SETS = Path(__file__).parents[2] / "cards" / "knowledge" / "value_sets"
LOINC, SNOMED, RXNORM = "http://loinc.org", "http://snomed.info/sct", "http://www.nlm.nih.gov/research/umls/rxnorm"
ICD, ICD_CM, ATC = "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm", "http://www.whocc.no/atc"
CVX = "http://hl7.org/fhir/sid/cvx"


@pytest.fixture(scope="module")
def terms() -> Terminology:
    return load_terminology(VALUE_SETS, snomed_extension=False)


@pytest.fixture(scope="module")
def extended() -> Terminology:
    return load_terminology(VALUE_SETS, snomed_extension=True)


@pytest.mark.parametrize(
    "uri",
    [
        LOINC,
        "http://loinc.org/",
        "https://loinc.org",
        "LOINC",
        "urn:oid:2.16.840.1.113883.6.1",
        "2.16.840.1.113883.6.1",
        " http://loinc.org ",
        "http://loinc.org|2.77",
    ],
)
def test_a_code_system_is_known_by_every_name_it_arrives_under(terms: Terminology, uri: str) -> None:
    assert [m.concept for m in terms.labs([(uri, "5196-1")], ())] == ["hbsag"]


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        (ICD, "G36.0"),
        (ICD, "G36.000"),
        (ICD, "G36000"),
        (ICD, "g36.0"),
        (ICD_CM, "G36.0"),
        ("urn:oid:2.16.156.10011.2.3.3.11", "G36.000x001"),
        ("http://id.who.int/icd/release/10/2019", "G36.0"),
    ],
)
def test_a_diagnosis_code_matches_by_prefix_with_or_without_its_dot(terms: Terminology, uri: str, code: str) -> None:
    assert "nmosd" in {m.concept for m in terms.conditions([(uri, code)], ())}


def test_the_match_says_what_recognised_it(terms: Terminology) -> None:
    assert terms.labs([(LOINC, "5196-1")], ())[0].matched_by == "LOINC 5196-1"
    assert terms.labs((), ["乙肝表面抗原"])[0].matched_by == "text: 乙肝表面抗原"


@pytest.mark.parametrize("codings", [[(None, "5196-1")], [("urn:local", "5196-1")], [(LOINC, None)], [(LOINC, "")], []])
def test_a_code_without_a_known_system_says_nothing(
    terms: Terminology, codings: list[tuple[str | None, str | None]]
) -> None:
    assert terms.labs(codings, ()) == ()


@pytest.mark.parametrize(
    ("code", "text", "never"),
    [
        ("31204-1", "HBcAb", "anti-hbc-total"),
        ("24113-3", "乙肝核心抗体", "anti-hbc-total"),
        ("71774-4", "QuantiFERON-TB Gold", "igra"),
        ("71776-9", "T-SPOT.TB", "igra"),
        ("64084-7", "QFT-Plus", "igra"),
        ("10900-9", "HBsAg", "hbsag"),
        ("8123-2", "CD4 count", "cd4-count"),
        ("70173-0", "JC virus DNA", "jcv-dna-csf"),
    ],
)
def test_the_code_of_another_test_outweighs_a_careless_name(
    terms: Terminology, code: str, text: str, never: str
) -> None:
    assert never not in {match.concept for match in terms.labs([(LOINC, code)], [text])}


def test_a_code_nobody_knows_leaves_the_name_to_decide(terms: Terminology) -> None:
    assert [m.concept for m in terms.labs([("urn:lab", "X1"), (LOINC, "99999-9")], ["HBsAg"])] == ["hbsag"]


@pytest.mark.parametrize("code", ["B18.1", "B18.2", "B20", "A15.0", "B90.9", "B16"])
def test_active_infection_leaves_out_what_has_an_entry_of_its_own(terms: Terminology, code: str) -> None:
    assert "active-infection" not in {m.concept for m in terms.conditions([(ICD, code)], ())}


def test_other_infections_are_active_infections(terms: Terminology) -> None:
    assert "active-infection" in {m.concept for m in terms.conditions([(ICD, "A41.900")], ())}


@pytest.mark.parametrize("code", ["O00.1", "O03.9", "O85", "O90.4"])
def test_an_ended_pregnancy_is_no_pregnancy(terms: Terminology, code: str) -> None:
    assert "pregnancy" not in {m.concept for m in terms.conditions([(ICD, code)], ())}


def test_a_broad_code_counts_only_with_a_word_beside_it(terms: Terminology) -> None:
    assert terms.conditions([(ICD, "K74.6")], ["肝硬化"]) == ()
    assert [m.concept for m in terms.conditions([(ICD, "K74.6")], ["失代偿期肝硬化"])] == ["severe-hepatic-impairment"]


@pytest.mark.parametrize(
    ("uri", "code", "drugs"),
    [
        (ATC, "L04AG10", {"inebilizumab"}),
        (ATC, "L04AA47", {"inebilizumab"}),
        ("https://www.whocc.no/atc/", "L04AG10", {"inebilizumab"}),
        (RXNORM, "2373951", {"inebilizumab"}),
        (RXNORM, "2373960", {"inebilizumab"}),
        (RXNORM, "198335", {"tmp-smx"}),
        (ATC, "D11AH01", {"tacrolimus-topical"}),
        (RXNORM, "2590613", {"ciclosporin-topical"}),
        (ATC, "S01XA18", {"ciclosporin-topical"}),
        (ATC, "L04AF07", {"deucravacitinib"}),
        (ATC, "L04AF08", {"ritlecitinib"}),
    ],
)
def test_a_drug_is_recognised_by_present_former_and_product_codes(
    terms: Terminology, uri: str, code: str, drugs: set[str]
) -> None:
    assert {match.concept for match in terms.drugs([(uri, code)], ())} == drugs


def test_a_fixed_combination_by_its_code_is_its_ingredients(terms: Terminology) -> None:
    found = {match.concept for match in terms.drugs([(ATC, "J04AM02")], ())}
    assert found >= {"isoniazid", "rifampicin"}
    assert "isoniazid" in {match.concept for match in terms.drugs([(ATC, "J04AC51")], ())}


def test_an_anti_infective_without_an_entry_counts_by_its_class(terms: Terminology) -> None:
    found = {match.concept for match in terms.drugs([(ATC, "J01CA04")], ["amoxicillin"])}
    assert found & terms.group("systemic-anti-infective")


def test_a_product_code_names_its_strength(terms: Terminology) -> None:
    assert terms.product_name([(RXNORM, "2373960")]) == "10 ML inebilizumab-cdon 10 MG/ML Injection [Uplizna]"


def test_a_group_holds_its_drugs_and_a_drug_is_its_own_group(terms: Terminology) -> None:
    assert "entecavir" in terms.group("nucleos-t-ide-analogue")
    assert "deucravacitinib" not in terms.group("jak-inhibitor")
    assert terms.group("inebilizumab") == {"inebilizumab"}
    assert terms.group("nothing") == frozenset()


@pytest.mark.parametrize(
    ("code", "live"),
    [
        ("03", True),
        ("121", True),
        ("187", False),
        ("134", False),
        ("129", None),
        ("91", None),
        ("26", None),
        ("204", True),
    ],
)
def test_a_vaccine_code_says_live_not_live_or_unknown(terms: Terminology, code: str, live: bool | None) -> None:
    found = [match.concept for match in terms.vaccines([(CVX, code)], ())]
    assert found
    assert terms.vaccine_live(found, ()) is live


def test_a_laboratory_code_is_never_a_vaccine(terms: Terminology) -> None:
    assert terms.vaccines([(LOINC, "99999-9")], ["Measles"]) == ()


@pytest.mark.parametrize(
    ("code", "answers"),
    [
        ("POS", {"positive"}),
        ("RR", {"positive"}),
        ("WR", {"positive"}),
        ("NR", {"negative"}),
        ("ND", {"negative"}),
        ("E", {"indeterminate"}),
        ("IND", {"indeterminate"}),
        ("R", set[str]()),
        ("H", set[str]()),
    ],
)
def test_interpretation_codes_are_read_and_resistant_is_never_reactive(
    terms: Terminology, code: str, answers: set[str]
) -> None:
    assert terms.interpretation([code]) == answers


@pytest.mark.parametrize(
    ("uri", "code", "answer"),
    [
        (SNOMED, "10828004", "positive"),
        (SNOMED, "260408008", "positive"),
        (SNOMED, "260385009", "negative"),
        (SNOMED, "77386006", "pregnant"),
        (LOINC, "LA15173-0", "pregnant"),
        (LOINC, "LA26683-5", "not-pregnant"),
        (LOINC, "LA26438-4", "wanted"),
        (LOINC, "LA11884-6", "indeterminate"),
    ],
)
def test_coded_answers_are_read(terms: Terminology, uri: str, code: str, answer: str) -> None:
    assert terms.answers([(uri, code)], ()) == {answer}


def test_without_the_extension_other_snomed_codes_say_nothing(terms: Terminology, extended: Terminology) -> None:
    assert terms.answers([(SNOMED, "60001007")], ()) == frozenset()
    assert extended.answers([(SNOMED, "60001007")], ()) == {"not-pregnant"}
    assert terms.route_of_code([(SNOMED, "47625008")]) is None
    assert extended.route_of_code([(SNOMED, "47625008")]) == "intravenous"
    assert terms.conditions([(SNOMED, "25044007")], ()) == ()
    assert "nmosd" in {m.concept for m in extended.conditions([(SNOMED, "25044007")], ())}


def test_without_the_extension_the_words_of_an_unknown_answer_still_count(terms: Terminology) -> None:
    assert terms.answers([(SNOMED, "60001007")], ["Not pregnant"]) == {"not-pregnant"}


@pytest.mark.parametrize("key", ["hbsag", "serum-igg", "alt", "creatinine", "anti-hcv"])
def test_an_order_for_a_panel_answers_for_its_tests(terms: Terminology, key: str) -> None:
    assert any(terms.kind(other) == "act" or other != key for other in terms.with_alternatives(key)[1:])


def test_every_loinc_code_has_its_check_digit(extended: Terminology) -> None:
    concepts = [*extended.sets.labs.values(), *extended.sets.acts.values()]
    codes = [code for concept in concepts for code in concept.codes.get("loinc", ())]
    assert [code for code in codes if not _has_check_digit(code)] == []


def _has_check_digit(code: str) -> bool:
    number, _, check = code.partition("-")
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(number))]
    return (10 - sum(d // 10 + d % 10 for d in doubled) % 10) % 10 == int(check)


def test_what_is_recognised_can_be_asked_for_by_name(terms: Terminology) -> None:
    assert terms.name("hbsag", "zh") == "乙肝表面抗原"
    assert terms.name("nucleos-t-ide-analogue", "en") == "nucleos(t)ide analogue"
    assert json.dumps([terms.kind(key) for key in ("hbsag", "nmosd", "chest-ct", "entecavir", "zoster", "x")]) == (
        '["lab", "condition", "act", "drug", "vaccine", null]'
    )
