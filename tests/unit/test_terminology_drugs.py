"""Drugs of the disease catalogues: names, former codes, forms, groups, and the products of the public sandbox.

Numbers are those of the corrections to doses and codes.
"""

from pathlib import Path

import pytest

from cards.terminology import Terminology, load_terminology

VALUE_SETS = Path(__file__).parents[2] / "cards" / "knowledge" / "value_sets"
RXNORM, ATC = "http://www.nlm.nih.gov/research/umls/rxnorm", "http://www.whocc.no/atc"
# Products the medication box of the public CDS Hooks sandbox offers.
SANDBOX = {
    "1357547": ("tofacitinib 5 MG Oral Tablet [Xeljanz]", "tofacitinib"),
    "1492744": ("apremilast 30 MG Oral Tablet", "apremilast"),
    "1193339": ("ruxolitinib 5 MG Oral Tablet", "ruxolitinib"),
    "1193341": ("ruxolitinib 5 MG Oral Tablet [Jakafi]", "ruxolitinib"),
    "105585": ("Methotrexate 2.5 MG Oral Tablet", "methotrexate"),
    "197388": ("Azathioprine 50 MG Oral Tablet", "azathioprine"),
    "200060": ("mycophenolate mofetil 500 MG Oral Tablet", "mycophenolate-mofetil"),
    "485023": ("Mycophenolic Acid 360 MG Delayed Release Oral Tablet", "mycophenolic-acid"),
    "197550": ("Cyclophosphamide 50 MG Oral Tablet", "cyclophosphamide"),
    "328160": ("Cyclosporine 100 MG Oral Capsule", "ciclosporin"),
    "241834": ("cyclosporine, modified 100 MG Oral Capsule", "ciclosporin"),
    "1431982": ("24 HR Tacrolimus 1 MG Extended Release Oral Capsule [Astagraf]", "tacrolimus"),
    "205285": ("leflunomide 20 MG Oral Tablet", "leflunomide"),
    "979092": ("Hydroxychloroquine Sulfate 200 MG Oral Tablet", "hydroxychloroquine"),
    "312617": ("Prednisone 5 MG Oral Tablet", "prednisone"),
    "198142": ("prednisolone 5 MG Oral Tablet", "prednisolone"),
    "259966": ("Methylprednisolone 4 MG Oral Tablet", "methylprednisolone"),
    "197582": ("Dexamethasone 4 MG Oral Tablet", "dexamethasone"),
    "248725": ("meprednisone 4 MG Oral Tablet", "meprednisone"),
    "142118": ("Sulfamethoxazole 100 MG / Trimethoprim 20 MG Oral Tablet", "tmp-smx"),
}


@pytest.fixture(scope="module")
def terms() -> Terminology:
    return load_terminology(VALUE_SETS)


def drugs(terms: Terminology, *codings: tuple[str, str], text: str = "") -> set[str]:
    return {match.concept for match in terms.drugs(list(codings), [text])}


@pytest.mark.parametrize(
    ("uri", "code", "drug"),
    [
        (RXNORM, "2570757", "ruxolitinib-topical"),
        (ATC, "D11AH09", "ruxolitinib-topical"),
        (RXNORM, "2590613", "ciclosporin-topical"),
        (RXNORM, "2590608", "ciclosporin-topical"),
        (RXNORM, "2639936", "ciclosporin-topical"),
        (ATC, "S01XA18", "ciclosporin-topical"),
        (ATC, "D11AH01", "tacrolimus-topical"),
        (ATC, "D10AX05", "dapsone-topical"),
        (ATC, "A07EA03", "prednisone-topical"),
    ],
)
def test_8_a_code_of_a_local_form_is_no_systemic_exposure(terms: Terminology, uri: str, code: str, drug: str) -> None:
    assert drugs(terms, (uri, code)) == {drug}
    for group in ("jak-inhibitor", "calcineurin-inhibitor", "systemic-glucocorticoid", "pjp-prophylaxis"):
        assert drug not in terms.group(group)


def test_8_the_form_decides_for_the_ingredient_code(terms: Terminology) -> None:
    assert drugs(terms, (RXNORM, "1193326"), text="ruxolitinib 15 mg tablet") == {"ruxolitinib"}
    assert drugs(terms, (RXNORM, "1193326"), text="芦可替尼乳膏") == {"ruxolitinib-topical"}
    assert drugs(terms, text="鲁索替尼乳膏") == {"ruxolitinib-topical"}


@pytest.mark.parametrize(
    ("short", "drug"),
    [
        ("ADA", "adalimumab"),
        ("RTX", "rituximab"),
        ("IFX", "infliximab"),
        ("CZP", "certolizumab-pegol"),
        ("TCZ", "tocilizumab"),
        ("OMZ", "omalizumab"),
    ],
)
def test_22_a_short_name_counts_only_as_a_word_of_its_own(terms: Terminology, short: str, drug: str) -> None:
    assert drugs(terms, text=short) == {drug}
    assert drugs(terms, text=f"{short.lower()} 注射液") == {drug}
    assert drug not in drugs(terms, text=f"{short}X")
    assert drug not in drugs(terms, text=f"X{short}")


def test_22_the_narrower_indication_is_its_disease_too(terms: Terminology) -> None:
    for text, narrow, wide in (
        ("系统性硬化症相关间质性肺病", "ssc-ild", "systemic-sclerosis"),
        ("干燥综合征合并关节炎", "sjogren-with-arthritis", "primary-sjogren"),
    ):
        assert {narrow, wide} <= {match.concept for match in terms.conditions((), [text])}


@pytest.mark.parametrize(
    ("uri", "code", "found"),
    [
        (ATC, "L04AA51", {"anifrolumab"}),
        (ATC, "L04AG11", {"anifrolumab"}),
        (ATC, "L04AA55", {"sutimlimab"}),
        (ATC, "L04AA56", {"deucravacitinib"}),
        (ATC, "L01XE18", {"ruxolitinib"}),
        (ATC, "L01XE31", {"nintedanib"}),
        (RXNORM, "10831", {"tmp-smx"}),
        (RXNORM, "7994", {"pentamidine"}),
        (ATC, "J04AM02", {"isoniazid", "rifampicin"}),
    ],
)
def test_46_former_and_missing_codes_are_read(terms: Terminology, uri: str, code: str, found: set[str]) -> None:
    assert drugs(terms, (uri, code)) >= found


def test_46_a_fixed_tuberculosis_combination_holds_isoniazid(terms: Terminology) -> None:
    assert "isoniazid" in drugs(terms, (ATC, "J04AC51"))


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("度普利尤单抗注射液(达必妥)", "dupilumab"),
        ("Dupixent 300 mg/2 mL pen", "dupilumab"),
        ("古塞奇尤单抗注射液", "guselkumab"),
        ("Tremfya One-Press", "guselkumab"),
        ("布罗利尤单抗注射液", "brodalumab"),
        ("Siliq", "brodalumab"),
    ],
)
def test_46_a_drug_without_product_codes_is_recognised_by_its_name(terms: Terminology, text: str, drug: str) -> None:
    assert drugs(terms, text=text) == {drug}


@pytest.mark.parametrize("code", sorted(SANDBOX))
def test_a_product_of_the_sandbox_is_recognised(terms: Terminology, code: str) -> None:
    name, drug = SANDBOX[code]
    assert drugs(terms, (RXNORM, code), text=name) == {drug}


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("阿伏利尤单抗", "anifrolumab"),
        ("阿尼弗魯單抗", "anifrolumab"),
        ("阿尼鲁单抗", "anifrolumab"),
        ("贝利尤单抗", "belimumab"),
        ("利妥昔单抗注射液(达伯华)", "rituximab"),
        ("Truxima", "rituximab"),
        ("阿达木单抗(格乐立)", "adalimumab"),
        ("adalimumab-atto", "adalimumab"),
        ("托珠单抗(施瑞立)", "tocilizumab"),
        ("Tyenne", "tocilizumab"),
        ("奥妥珠单抗", "obinutuzumab"),
        ("Epratuzumab", "epratuzumab"),
        ("Obexelimab", "obexelimab"),
        ("Ruplizumab", "ruplizumab"),
        ("Dapirolizumab pegol", "dapirolizumab-pegol"),
        ("AMG 557", "amg-557"),
        ("B019注射液", "b019-cart"),
        ("Descartes-08", "descartes-08"),
        ("HN2301", "hn2301"),
        ("脐带间充质干细胞注射液", "mesenchymal-stem-cells"),
        ("UC-MSC secretome", "ucmsc-secretome"),
        ("氟达拉滨", "fludarabine"),
        ("更昔洛韦胶囊", "ganciclovir"),
        ("阿仑膦酸钠片", "alendronate"),
        ("地舒单抗", "denosumab"),
        ("骨化三醇软胶囊", "calcitriol"),
        ("羟氯喹", "hydroxychloroquine"),
        ("磷酸氯喹片", "chloroquine"),
        ("氢化可的松片", "hydrocortisone"),
        ("醋酸可的松片", "cortisone"),
    ],
)
def test_a_drug_of_the_disease_catalogues_is_recognised_by_its_name(terms: Terminology, text: str, drug: str) -> None:
    assert drugs(terms, text=text) == {drug}


@pytest.mark.parametrize("text", ["碳酸钙D3片", "维D钙咀嚼片", "Calcium carbonate and vitamin D3 tablet"])
def test_calcium_with_vitamin_d_is_both(terms: Terminology, text: str) -> None:
    assert drugs(terms, text=text) == {"calcium-carbonate", "vitamin-d"}


@pytest.mark.parametrize(
    ("group", "members", "strangers"),
    [
        ("jak-inhibitor", {"tofacitinib", "ruxolitinib", "ritlecitinib"}, {"deucravacitinib", "ruxolitinib-topical"}),
        ("calcineurin-inhibitor", {"ciclosporin", "tacrolimus"}, {"tacrolimus-topical", "ciclosporin-topical"}),
        ("myositis-immunosuppressant", {"methotrexate", "cyclophosphamide"}, {"rituximab", "hydroxychloroquine"}),
        ("systemic-glucocorticoid", {"prednisone", "cortisone", "deflazacort"}, {"glucocorticoid-local"}),
        ("cmv-antiviral", {"ganciclovir", "valganciclovir", "foscarnet"}, {"ganciclovir-local"}),
        ("pjp-prophylaxis", {"tmp-smx", "dapsone"}, {"dapsone-topical"}),
        ("tnf-inhibitor", {"etanercept", "golimumab"}, {"tocilizumab"}),
        ("bisphosphonate", {"alendronate", "zoledronic-acid"}, {"denosumab"}),
        ("sle-standard-therapy", {"prednisone", "hydroxychloroquine", "azathioprine"}, {"belimumab"}),
        ("anti-cd40l", {"ruplizumab", "dapirolizumab-pegol"}, {"amg-557"}),
        ("anti-cd40l-intact-fc", {"ruplizumab"}, {"dapirolizumab-pegol"}),
        ("car-t-cells", {"b019-cart", "descartes-08", "hn2301"}, {"mesenchymal-stem-cells"}),
    ],
)
def test_a_group_holds_its_drugs_and_no_others(
    terms: Terminology, group: str, members: set[str], strangers: set[str]
) -> None:
    assert terms.group(group) >= members
    assert not terms.group(group) & strangers


def test_a_drug_with_an_entry_of_its_own_is_one_ingredient_of_its_class(terms: Terminology) -> None:
    assert drugs(terms, (ATC, "H02AB07")) == {"prednisone"}
    assert drugs(terms, (ATC, "L04AB04")) == {"adalimumab"}
    unknown = drugs(terms, (ATC, "H02AB08"))
    assert len(unknown) == 1
    assert unknown <= terms.group("systemic-glucocorticoid")
