"""Cell products for lupus, as whatever kind of resource they are ordered."""

import pytest
from lupus_cases import Case, adult, sle

B019 = "b019-cart.sle.trial-only"
DESCARTES = "descartes-08.sle.trial-only"
HN2301 = "hn2301-in-vivo-cart.sle.trial-only"
MSC = "msc.allogeneic.sle"
SECRETOME = "ucmsc-secretome.sle"
LYMPHODEPLETION = "descartes-08.lymphodepletion"

PRODUCTS = [
    ("B019 CAR-T", B019),
    ("CD19/CD22 CAR-T", B019),
    ("Descartes-08", DESCARTES),
    ("HN2301", HN2301),
    ("体内CAR-T(HN2301)", HN2301),
    ("Allogeneic mesenchymal stem cells", MSC),
    ("脐带间充质干细胞输注", MSC),
]
every_product = pytest.mark.parametrize(("product", "statement"), PRODUCTS)


@every_product
@pytest.mark.parametrize("kind", ["MedicationRequest", "ServiceRequest", "DeviceRequest"])
@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_a_product_without_approval_is_critical_in_lupus(product: str, statement: str, kind: str, hook: str) -> None:
    case = sle(hook).order(product, as_=kind)
    assert case.severity(statement) == "critical"
    assert not case.proposals(statement)


@every_product
def test_lupus_may_be_the_reason_of_the_order(product: str, statement: str) -> None:
    assert adult().order(product, reason="sle", as_="ServiceRequest").fires(statement)


@every_product
def test_another_reason_is_another_indication(product: str, statement: str) -> None:
    assert not sle().order(product, reason="lymphoma").fires(statement)
    assert not sle().order(product, reason="gvhd").fires(statement)


@every_product
def test_an_order_that_says_no_reason_is_held_for_one_while_lupus_is_not_ruled_out(
    product: str, statement: str
) -> None:
    case = adult().order(product)
    assert case.severity(statement) == "critical"
    assert {item.concept for item in case.finding(statement).missing} >= {"sle"}


@every_product
def test_an_order_of_something_else_does_not_bring_it_up(product: str, statement: str) -> None:
    del product
    assert not sle().order("belimumab").fires(statement)


@pytest.mark.parametrize("name", ["MSC secretome", "脐带间充质干细胞分泌物"])
@pytest.mark.parametrize("case", [sle, adult])
def test_the_secretome_is_never_approved_and_is_no_cell(name: str, case: object) -> None:
    made: Case = case().order(name, as_="DeviceRequest")  # type: ignore[operator]
    assert made.severity(SECRETOME) == "critical"
    assert not made.fires(MSC)


def test_correction_40_its_cytokines_trended_down() -> None:
    certainty = sle().order("MSC secretome").finding(SECRETOME).statement.certainty
    assert certainty
    assert "IL-6 and TNF-alpha trended down" in certainty


@pytest.mark.parametrize("drug", ["cyclophosphamide", "fludarabine"])
def test_descartes_08_needs_no_lymphodepletion(drug: str) -> None:
    case = sle().order("Descartes-08").order(drug, 500, selected=False)
    assert case.severity(LYMPHODEPLETION) == "warning"
    assert not sle().order("Descartes-08").fires(LYMPHODEPLETION)
    assert not sle().order("B019 CAR-T").order(drug, selected=False).fires(LYMPHODEPLETION)
    assert not sle().prescribed(drug).order("Descartes-08").fires(LYMPHODEPLETION)


def test_correction_40_lymphodepletion_is_not_offered_for_removal() -> None:
    case = sle().order("Descartes-08").order("cyclophosphamide", selected=False)
    assert not case.proposals(LYMPHODEPLETION)


@pytest.mark.parametrize("reason", ["sle", "lupus nephritis", "狼疮性肾病"])
def test_correction_40_cyclophosphamide_for_lupus_is_treatment_of_the_disease(reason: str) -> None:
    case = sle().order("Descartes-08").order("cyclophosphamide", reason=reason, selected=False)
    assert not case.fires(LYMPHODEPLETION)
    assert (
        sle().order("Descartes-08").order("cyclophosphamide", reason="lymphoma", selected=False).fires(LYMPHODEPLETION)
    )


@pytest.mark.parametrize("figure", ["99.1", "343", "2800", "60 %"])
def test_figures_of_other_diseases_and_of_newspapers_are_never_shown(figure: str) -> None:
    case = sle().order("B019 CAR-T").order("Allogeneic mesenchymal stem cells")
    for finding in case.assessment().findings:
        assert figure not in finding.statement.say.en + finding.statement.say.zh
