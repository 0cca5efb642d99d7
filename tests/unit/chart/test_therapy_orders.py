"""Drugs that are ordered as a service or a device: cell products, infusions."""

from typing import Any

import pytest
from charts import ICD, LOINC, Json, chart, code, on

RITUXIMAB = {"text": "Rituximab infusion"}


def service(concept: Json, **more: Any) -> Json:
    base: Json = {"resourceType": "ServiceRequest", "id": "s1", "status": "draft", "intent": "order", "code": concept}
    return base | more


def device(concept: Json, **more: Any) -> Json:
    base: Json = {"resourceType": "DeviceRequest", "id": "d1", "status": "draft", "intent": "order"}
    return base | {"codeCodeableConcept": concept} | more


@pytest.mark.parametrize(
    "draft",
    [
        service(RITUXIMAB),
        service({"text": "Infusion therapy"}, orderDetail=[{"text": "rituximab 1000 mg"}]),
        service({"text": "利妥昔单抗静脉输注"}),
        service({"text": "Rituximab, monoclonal antibody, infusion"}),
        device({"text": "rituximab"}),
        device({}, codeReference={"display": "rituximab"}),
    ],
)
def test_a_drafted_service_or_device_that_names_a_drug_orders_it(draft: Json) -> None:
    found = chart(drafts=[draft])
    (order,) = found.medications("rituximab").items
    assert (order.draft, order.selected, order.active) == (True, True, False)
    assert order.doses == ()
    assert found.drafted_drugs == ("rituximab",)
    assert [draft.reference for draft in found.drafts] == [order.reference]


@pytest.mark.parametrize("text", ["CD19/CD22 CAR-T", "B019 CAR-T infusion", "CD19/CD22双靶点CAR-T回输"])
def test_the_name_of_a_cell_product_is_no_cell_count(text: str) -> None:
    assert chart(drafts=[service({"text": text})]).drafted_drugs[0] == "b019-cart"


@pytest.mark.parametrize(
    "text",
    [
        "Rituximab level",
        "rituximab trough",
        "Anti-drug antibodies to rituximab",
        "Antibodies against rituximab",
        "利妥昔单抗血药浓度",
        "利妥昔单抗抗体检测",
        "Rituximab education",
        "Rituximab counselling",
        "Referral for rituximab",
        "利妥昔单抗用药咨询",
        "Rituximab desensitisation",
        "CD20 B-cell count (rituximab)",
        "Methotrexate monitoring",
    ],
)
def test_what_is_only_about_a_drug_does_not_order_it(text: str) -> None:
    assert chart(drafts=[service({"text": text})]).drafted_drugs == ()


@pytest.mark.parametrize(
    "draft",
    [
        service(code(LOINC, "14979-9", "tacrolimus")),
        service({"text": "hepatitis B vaccine"}),
        service({"text": "Chest CT"}),
        service({}),
        service(RITUXIMAB, doNotPerform=True),
        device({"text": "Wheelchair"}),
    ],
)
def test_tests_vaccines_and_anything_else_are_no_drugs(draft: Json) -> None:
    found = chart(drafts=[draft])
    assert found.drafted_drugs == ()
    assert not found.medications("rituximab").gaps


@pytest.mark.parametrize(
    "when",
    [
        {"occurrenceDateTime": "2026-03-09"},
        {"occurrencePeriod": {"start": "2026-03-09", "end": "2026-03-10"}},
        {"occurrenceTiming": {"event": ["2026-03-09", "2026-03-23"]}},
    ],
)
def test_its_day_and_its_reason_are_read(when: Json) -> None:
    draft = service(RITUXIMAB, authoredOn="2026-03-02", reasonCode=[code(ICD, "M32.9")], **when)
    (order,) = chart(drafts=[draft]).medications("rituximab").items
    assert order.dates[0] == order.start == on("2026-03-09")
    assert order.reason_given
    assert "sle" in order.reasons


def test_an_order_without_a_day_starts_when_it_was_written() -> None:
    (order,) = chart(drafts=[service(RITUXIMAB, authoredOn="2026-03-02")]).medications("rituximab").items
    assert order.dates == ()
    assert order.start == on("2026-03-02")


def test_on_order_select_only_a_selected_one_is_what_the_call_is_about() -> None:
    picked = chart(drafts=[service(RITUXIMAB)], select_all=False, selections=["ServiceRequest/s1"])
    assert picked.drafted_drugs == ("rituximab",)
    assert chart(drafts=[service(RITUXIMAB)], select_all=False).drafted_drugs == ()


def test_a_service_of_the_record_is_no_draft() -> None:
    found = chart(service(RITUXIMAB, status="active", subject={"reference": "Patient/p1"}))
    assert found.medications("rituximab").items == ()


@pytest.mark.parametrize(
    "broken", [{"code": 7}, {"orderDetail": "rituximab"}, {"occurrenceTiming": []}, {"code": None}]
)
def test_wrong_types_are_nothing(broken: Json) -> None:
    assert chart(drafts=[service({"text": "x"}) | broken]).drafted_drugs == ()
