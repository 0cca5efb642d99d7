"""Laboratory tests, their units and answers, orders and vaccines of the disease catalogues.

Numbers are those of the corrections to doses and codes.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from cards.terminology import Terminology, load_terminology

VALUE_SETS = Path(__file__).parents[2] / "cards" / "knowledge" / "value_sets"
LOINC, SNOMED, ATC = "http://loinc.org", "http://snomed.info/sct", "http://www.whocc.no/atc"
CVX = "http://hl7.org/fhir/sid/cvx"


@pytest.fixture(scope="module")
def terms() -> Terminology:
    return load_terminology(VALUE_SETS)


@pytest.fixture(scope="module")
def extended() -> Terminology:
    return load_terminology(VALUE_SETS, snomed_extension=True)


def measured(terms: Terminology, code: str = "", text: str = "") -> set[str]:
    return {match.concept for match in terms.labs([(LOINC, code)] if code else (), [text])}


def vaccine(terms: Terminology, uri: str, code: str) -> tuple[set[str], bool | None]:
    found = [match.concept for match in terms.vaccines([(uri, code)], ())]
    return {terms.vaccine(key).group for key in found}, terms.vaccine_live(found, ())


def test_23_the_second_antigen_tube_of_the_igra_is_no_result_of_it(terms: Terminology) -> None:
    assert measured(terms, "88517-8") == {"igra-antigen-tube"}
    assert measured(terms, "88517-6") == set()


@pytest.mark.parametrize(
    ("uri", "code", "answer"),
    [
        (SNOMED, "11214006", "positive"),
        (SNOMED, "52101004", "positive"),
        (LOINC, "LA15256-3", "positive"),
        (LOINC, "LA9633-4", "positive"),
        (SNOMED, "131194007", "negative"),
        (SNOMED, "2667000", "negative"),
        (LOINC, "LA15257-1", "negative"),
        (LOINC, "LA9634-2", "negative"),
        (SNOMED, "42425007", "indeterminate"),
        (LOINC, "LA11884-6", "indeterminate"),
    ],
)
def test_24_more_coded_answers_are_read(extended: Terminology, uri: str, code: str, answer: str) -> None:
    assert extended.answers([(uri, code)], ()) == {answer}


@pytest.mark.parametrize(
    ("code", "test"),
    [
        ("22316-4", "anti-hbc-total"),
        ("5187-0", "anti-hbc-total"),
        ("29615-2", "hbv-dna"),
        ("7905-3", "hbsag"),
        ("65633-0", "hbsag"),
        ("75410-1", "hbsag"),
    ],
)
def test_25_more_hepatitis_b_codes_are_read(terms: Terminology, code: str, test: str) -> None:
    assert measured(terms, code) == {test}


def test_26_another_aqp4_code_is_read(terms: Terminology) -> None:
    assert measured(terms, "43638-6") == {"aqp4-igg"}


def test_27_another_jc_virus_code_is_read(terms: Terminology) -> None:
    assert measured(terms, "33295-7") == {"jcv-dna-csf"}


def test_28_more_codes_are_read(terms: Terminology) -> None:
    assert measured(terms, "38267-1") == {"dxa-t-score"}
    assert measured(terms, "8101-8") == {"lymphocyte-percent-or-ratio"}
    assert measured(terms, "2112-1") == {"hcg"}
    assert measured(terms, "30239-8") == measured(terms, "88112-8") == {"ast"}


@pytest.mark.parametrize(
    ("act", "code"),
    [
        ("complete-blood-count", "69742-5"),
        ("lipid-panel", "24331-1"),
        ("liver-panel", "24325-3"),
        ("hepatitis-b-panel", "77190-7"),
        ("chest-hrct", "29252-4"),
        ("dxa", "38268-9"),
        ("pulmonary-function-test", "23426006"),
        ("immunoglobulin-panel", "34550-4"),
        ("lymphocyte-subset-panel", "65759-3"),
        ("pregnancy-test", "2106-3"),
    ],
)
def test_28_what_a_statement_suggests_is_ordered_by_its_code(terms: Terminology, act: str, code: str) -> None:
    order = terms.act(act).order
    assert order is not None
    assert order.code == code


def test_28_a_blood_count_without_differential_is_another_order(terms: Terminology) -> None:
    assert "complete-blood-count" not in {m.concept for m in terms.acts([(LOINC, "58410-2")], ())}


@pytest.mark.parametrize(
    ("uri", "code", "live"),
    [(ATC, "J07BA03", True), (ATC, "J07BA02", False), (CVX, "134", False), (CVX, "39", False), (CVX, "129", None)],
)
def test_29_japanese_encephalitis_vaccine_is_live_or_not_by_its_code(
    terms: Terminology, uri: str, code: str, live: bool | None
) -> None:
    assert vaccine(terms, uri, code) == ({"japanese-encephalitis"}, live)


@pytest.mark.parametrize(
    ("text", "live"),
    [
        ("某减毒活疫苗", True),
        ("A live attenuated vaccine", True),
        ("某灭活疫苗", False),
        ("重组某疫苗", False),
        ("某多糖疫苗", False),
        ("某结合疫苗", False),
    ],
)
def test_30_a_word_says_whether_a_vaccine_is_live(terms: Terminology, text: str, live: bool) -> None:
    assert terms.vaccine_live((), [text]) is live


@pytest.mark.parametrize(
    ("uri", "code", "live"),
    [
        *((ATC, code, True) for code in ("J07BF04", "J07BD51", "J07BD53", "J07BJ51")),
        *((CVX, code, True) for code in ("178", "179", "183", "151", "125", "38", "74")),
        *((CVX, code, None) for code in ("91", "26", "31")),
    ],
)
def test_31_more_codes_are_live_and_some_do_not_tell(
    terms: Terminology, uri: str, code: str, live: bool | None
) -> None:
    groups, found = vaccine(terms, uri, code)
    assert groups
    assert found is live


def test_32_smallpox_and_mpox_vaccines_are_told_apart_by_code_only(extended: Terminology) -> None:
    assert vaccine(extended, ATC, "J07BX01") == ({"smallpox-mpox"}, None)
    assert vaccine(extended, SNOMED, "871727001") == ({"smallpox-mpox"}, None)
    assert vaccine(extended, SNOMED, "836389008") == ({"smallpox-mpox"}, None)
    assert vaccine(extended, CVX, "75")[1] is vaccine(extended, CVX, "105")[1] is True
    assert vaccine(extended, CVX, "206")[1] is False


def test_33_an_ebola_vaccine_is_live_only_by_its_own_code(extended: Terminology) -> None:
    assert vaccine(extended, ATC, "J07BX02") == ({"ebola"}, None)
    assert vaccine(extended, SNOMED, "871721000") == ({"ebola"}, None)
    assert vaccine(extended, CVX, "204") == ({"ebola"}, True)


def test_34_more_vaccines_that_are_not_live_are_recognised(terms: Terminology) -> None:
    assert vaccine(terms, CVX, "316") == ({"meningococcal"}, False)
    assert vaccine(terms, ATC, "J07AL02") == ({"pneumococcal"}, False)
    for uri, code in ((ATC, "J07BN03"), (ATC, "J07BN04"), (CVX, "510"), (CVX, "511")):
        assert vaccine(terms, uri, code) == ({"covid-19"}, False)
    assert vaccine(terms, CVX, "304")[0] == set()


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("抗Jo-1抗体", "anti-jo-1"),
        ("抗PL-7抗体", "anti-pl-7"),
        ("抗PL-12抗体", "anti-pl-12"),
        ("抗EJ抗体", "anti-ej"),
        ("抗OJ抗体", "anti-oj"),
        ("抗KS抗体", "anti-ks"),
        ("抗Ha抗体", "anti-ha"),
        ("抗Zo抗体", "anti-zo"),
        ("抗合成酶抗体", "anti-ars"),
        ("抗MDA5抗体", "anti-mda5"),
        ("anti-MDA-5", "anti-mda5"),
        ("抗NXP-2抗体", "anti-nxp2"),
        ("抗TIF1-γ抗体", "anti-tif1"),
        ("抗HMGCR抗体", "anti-hmgcr"),
        ("anti-HMG-CoA reductase", "anti-hmgcr"),
        ("抗SRP抗体", "anti-srp"),
        ("抗Mi-2β抗体", "anti-mi-2"),
        ("抗Scl-70抗体", "anti-scl-70"),
        ("抗双链DNA抗体", "anti-dsdna"),
        ("IgA2 anti-dsDNA", "iga2-anti-dsdna"),
        ("抗核抗体(ANA)", "ana"),
        ("抗Sm抗体", "anti-sm"),
        ("KL-6", "kl-6"),
        ("铁蛋白", "ferritin"),
        ("25-羟基维生素D3", "vitamin-d-25"),
        ("FVC占预计值%", "fvc-percent-predicted"),
        ("DLCO占预计值%", "dlco-percent-predicted"),
        ("巨细胞病毒DNA", "cmv-dna"),
        ("NUDT15基因型", "thiopurine-genotype"),
    ],
)
def test_a_test_of_the_disease_catalogues_is_recognised_by_its_name(terms: Terminology, text: str, test: str) -> None:
    assert measured(terms, text=text) == {test}


@pytest.mark.parametrize(
    "text",
    [
        "抗HAV抗体",
        "抗Sm/RNP抗体",
        "抗平滑肌抗体(SMA)",
        "ANCA",
        "CK-MB",
        "肌酸激酶同工酶",
        "转铁蛋白",
        "1,25-二羟维生素D",
        "屋尘螨特异性IgE",
        "DLCO/VA占预计值%",
        "离子钙",
        "尿钾",
        "口服葡萄糖耐量试验",
        "CMV-IgM",
        "中性粒细胞百分比",
    ],
)
def test_a_name_that_only_resembles_it_is_not_that_test(terms: Terminology, text: str) -> None:
    assert measured(terms, text=text) == set()


@pytest.mark.parametrize(
    ("test", "unit", "factor"),
    [
        ("ferritin", "ug/L", "1"),
        ("ferritin", "mg/L", "1000"),
        ("ferritin", "mg/dL", "10000"),
        ("crp", "mg/dL", "10"),
        ("vitamin-d-25", "nmol/L", "0.400641026"),
        ("serum-igg", "g/L", "100"),
        ("glucose", "mmol/L", "18.02"),
        ("ldl-cholesterol", "mmol/L", "38.67"),
        ("triglyceride", "mmol/L", "88.57"),
        ("haemoglobin", "g/L", "0.1"),
        ("bilirubin-total", "mg/dL", "17.1"),
        ("complement-c3", "g/L", "100"),
        ("dlco", "mmol/min/kPa", "2.986"),
        ("body-weight", "[lb_av]", "0.45359237"),
        ("iga2-anti-dsdna", "[arb'U]", "1"),
    ],
)
def test_a_written_unit_is_so_many_of_the_canonical_one(terms: Terminology, test: str, unit: str, factor: str) -> None:
    assert terms.lab(test).units[unit] == Decimal(factor)


@pytest.mark.parametrize(
    ("test", "unit"),
    [("kl-6", "ng/mL"), ("hba1c", "mmol/mol"), ("ige-total", "ng/mL"), ("iga2-anti-dsdna", "[IU]/mL"), ("ck", "mg/L")],
)
def test_a_unit_without_a_factor_is_not_guessed(terms: Terminology, test: str, unit: str) -> None:
    assert unit not in terms.lab(test).units


def test_the_answers_about_smoking_are_read(terms: Terminology) -> None:
    assert terms.answers([(SNOMED, "8517006")], ()) == {"former-smoker"}
    assert terms.answers((), ["从不吸烟"]) == {"never-smoker"}
