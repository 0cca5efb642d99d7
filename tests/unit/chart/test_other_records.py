"""Vaccinations, acts, orders, reactions, and the facts about pregnancy that come in several kinds."""

from typing import Any

import pytest
from charts import (
    CVX,
    ICD,
    INEBILIZUMAB,
    LOINC,
    PATIENT,
    SNOMED,
    administration,
    chart,
    code,
    condition,
    observation,
    on,
    request,
)

from cards.chart.records import Gap, Reaction

ZOSTER_LIVE, FLU = code(CVX, "121"), code(CVX, "150")


def immunization(vaccine: Any, when: str | None = "2025-10-01", status: str = "completed") -> Any:
    base = {"resourceType": "Immunization", "id": "i1", "status": status, "patient": PATIENT}
    return base | {"vaccineCode": vaccine, "occurrenceDateTime": when}


def test_vaccinations() -> None:
    found = chart(immunization(ZOSTER_LIVE)).vaccinations().items[0]
    assert (found.groups, found.live, found.date) == ({"zoster"}, True, on("2025-10-01"))
    assert chart(immunization(FLU)).vaccinations().items[0].live is False
    assert chart(immunization(code(CVX, "998"))).vaccinations().items[0].live is None
    assert chart(immunization({"text": "冻干水痘减毒活疫苗"})).vaccinations().items[0].live is True
    for status in ("not-done", "entered-in-error"):
        assert not chart(immunization(FLU, status=status)).vaccinations().items
    assert not chart(immunization(FLU, "2026-03-03")).vaccinations().items
    assert chart(absent=["Immunization"]).vaccinations().gaps == {Gap.NOT_FETCHED}


def test_vaccine_orders() -> None:
    timed = {"dosageInstruction": [{"timing": {"event": ["2026-03-10"]}}]}
    order = chart(drafts=[request(ZOSTER_LIVE, "d1", "draft", **timed)]).vaccine_orders().items[0]
    assert (order.draft, order.selected, order.live, order.date) == (True, True, True, on("2026-03-10"))
    service = {"resourceType": "ServiceRequest", "id": "v1", "status": "active", "code": {"text": "流感疫苗"}}
    running = chart(service | {"occurrenceDateTime": "2026-04-01"}).vaccine_orders().items[0]
    assert (running.draft, running.ordered, running.date) == (False, True, on("2026-04-01"))
    unmapped = chart(drafts=[request(code(CVX, "998"), "d1", "draft")]).vaccine_orders().items[0]
    assert (unmapped.live, unmapped.groups) == (None, frozenset())
    assert not chart(drafts=[request(INEBILIZUMAB, "d1", "draft")]).vaccine_orders().items


def test_forecasts_are_no_orders() -> None:
    status = {"coding": [{"code": "due"}]}
    entry = {"vaccineCode": [ZOSTER_LIVE], "forecastStatus": status, "dateCriterion": [{"value": "2026-03-01"}]}
    forecast = {"resourceType": "ImmunizationRecommendation", "id": "f", "patient": PATIENT, "recommendation": [entry]}
    found = chart(forecast).forecasts().items[0]
    assert (found.forecast, found.live, found.date) == ("due", True, on("2026-03-01"))
    assert not chart(forecast).vaccine_orders().items


# Acts

CT = code(LOINC, "24627-2", "CT Chest")
IMAGING: dict[str, Any] = {
    "report": {"resourceType": "DiagnosticReport", "status": "final", "code": CT, "effectiveDateTime": "2026-02-01"},
    "procedure": {
        "resourceType": "Procedure",
        "status": "completed",
        "code": {"text": "胸部CT平扫"},
        "performedPeriod": {"start": "2026-02-01"},
    },
    "study": {
        "resourceType": "ImagingStudy",
        "status": "available",
        "started": "2026-02-01T09:00:00Z",
        "series": [{"modality": {"code": "CT"}, "bodySite": {"display": "Chest"}}],
    },
    "described study": {
        "resourceType": "ImagingStudy",
        "status": "available",
        "started": "2026-02-01",
        "description": "HRCT",
    },
    "observation": observation(CT, effectiveDateTime="2026-02-01", valueString="no nodules"),
}


@pytest.mark.parametrize("kind", IMAGING)
def test_imaging_from_every_kind_of_resource(kind: str) -> None:
    found = chart({"id": "x", "subject": PATIENT} | IMAGING[kind]).acts("chest-ct").items
    assert [(act.done, act.date) for act in found] == [(True, on("2026-02-01"))]


@pytest.mark.parametrize(
    ("status", "done", "in_progress", "ordered"),
    [
        ("completed", True, False, False),
        ("in-progress", False, True, False),
        ("preparation", False, False, True),
        ("on-hold", False, False, False),
    ],
)
def test_the_state_of_a_procedure(status: str, done: bool, in_progress: bool, ordered: bool) -> None:
    exchange = {"resourceType": "Procedure", "id": "x", "status": status, "code": {"text": "血浆置换"}}
    act = chart(exchange).acts("plasma-exchange").items[0]
    assert (act.done, act.in_progress, act.ordered) == (done, in_progress, ordered)


@pytest.mark.parametrize("status", ["not-done", "entered-in-error", None])
def test_procedures_that_never_were(status: str | None) -> None:
    exchange = {"resourceType": "Procedure", "id": "x", "status": status, "code": {"text": "血浆置换"}}
    assert not chart(exchange).acts("plasma-exchange").items


def service(concept: Any, status: str = "active", **more: Any) -> Any:
    base = {"resourceType": "ServiceRequest", "id": "x", "status": status, "intent": "order", "code": concept}
    return base | {"subject": PATIENT} | more


def test_orders_of_tests_imaging_and_referrals() -> None:
    assert chart(service(code(LOINC, "5196-1"))).test_orders("hbsag").items[0].ordered
    assert chart(service(CT)).test_orders("chest-ct").items
    assert chart(service({"text": "Referral to hepatology"})).test_orders("referral-hepatology").items
    draft = chart(drafts=[service(CT, "draft")], select_all=False).test_orders("chest-ct").items[0]
    assert (draft.draft, draft.selected, draft.ordered) == (True, False, False)
    assert chart(absent=["ServiceRequest"]).test_orders("hbsag").gaps == {Gap.NOT_FETCHED}


@pytest.mark.parametrize(
    "more", [{"status": "on-hold"}, {"status": "completed"}, {"status": "revoked"}, {"intent": "proposal"}]
)
def test_orders_that_are_not_running(more: Any) -> None:
    assert not chart(service(CT, **more)).test_orders("chest-ct").items
    assert not chart(service(CT, doNotPerform=True)).acts("chest-ct").items


def test_the_day_an_order_is_for() -> None:
    period = {"occurrencePeriod": {"start": "2026-03-05", "end": "2026-03-12"}}
    act = chart(service({"text": "血浆置换"}, authoredOn="2026-03-01", **period)).acts("plasma-exchange").items[0]
    assert (act.date, act.end) == (on("2026-03-05"), on("2026-03-12"))
    assert chart(service(CT, authoredOn="2026-03-01")).test_orders("chest-ct").items[0].date is None


# Reactions


def allergy(concept: Any, **more: Any) -> Any:
    return {"resourceType": "AllergyIntolerance", "id": "a", "patient": PATIENT, "code": concept} | more


def infusion_reaction(resource: Any) -> Reaction:
    items = chart(resource).reactions("inebilizumab-infusion-reaction").items
    assert len(items) == 1
    return items[0]


def test_how_bad_an_allergy_is() -> None:
    assert infusion_reaction(allergy(INEBILIZUMAB, criticality="high")).life_threatening
    shock = {"reaction": [{"manifestation": [{"text": "过敏性休克"}]}]}
    assert infusion_reaction(allergy(INEBILIZUMAB, **shock)).life_threatening
    severe = infusion_reaction(
        allergy(INEBILIZUMAB, reaction={"severity": "severe", "manifestation": {"text": "rash"}})
    )
    assert (severe.severe, severe.life_threatening) == (True, False)
    assert infusion_reaction(allergy(INEBILIZUMAB, reaction=[{"severity": "mild"}])).mild_or_moderate
    plain = infusion_reaction(allergy(INEBILIZUMAB))
    assert (plain.life_threatening, plain.severe, plain.mild_or_moderate) == (False, False, False)


def test_refuted_and_resolved_allergies() -> None:
    for verification in ("refuted", "entered-in-error"):
        void = allergy(INEBILIZUMAB, verificationStatus={"coding": [{"code": verification}]})
        assert not chart(void).reactions("inebilizumab-infusion-reaction").items
    assert not infusion_reaction(allergy(INEBILIZUMAB, clinicalStatus={"coding": [{"code": "resolved"}]})).active


@pytest.mark.parametrize("text", ["磺胺类药物", "Sulfa drugs", "co-trimoxazole"])
def test_a_sulfonamide_allergy(text: str) -> None:
    assert chart(allergy({"text": text})).reactions("sulfonamide-allergy").items
    assert not chart(allergy({"text": "penicillin"})).reactions("sulfonamide-allergy").items
    assert chart(absent=["AdverseEvent"]).reactions("sulfonamide-allergy").gaps == frozenset()


def test_an_allergy_to_nobody_knows_what_is_a_gap() -> None:
    assert chart(allergy(None)).reactions("sulfonamide-allergy").gaps == {Gap.UNREADABLE}


def event(what: str | None, **more: Any) -> Any:
    base = {"resourceType": "AdverseEvent", "id": "e", "actuality": "actual", "subject": PATIENT, "date": "2025-09-08"}
    return base | ({"event": {"text": what}} if what else {}) | more


SUSPECT = {"suspectEntity": [{"instance": {"display": "inebilizumab"}}]}


@pytest.mark.parametrize(
    ("seriousness", "expected"),
    [
        ("SeriousIsLifeThreatening", (True, False, False)),
        ("Serious", (False, True, False)),
        ("SeriousResultsInHospitalization", (False, True, False)),
        ("Non-serious", (False, False, True)),
    ],
)
def test_the_seriousness_of_an_event(seriousness: str, expected: tuple[bool, bool, bool]) -> None:
    graded = event("Infusion reaction", seriousness={"coding": [{"code": seriousness}]}, **SUSPECT)
    found = infusion_reaction(graded)
    assert (found.life_threatening, found.severe, found.mild_or_moderate) == expected


def test_another_adverse_event_of_the_drug_is_no_infusion_reaction() -> None:
    infection = chart(event("Urinary tract infection", **SUSPECT))
    assert not infection.reactions("inebilizumab-infusion-reaction").items
    assert infection.reactions("inebilizumab").items
    assert infusion_reaction(event(None, **SUSPECT))
    assert not chart(event("Infusion reaction", **SUSPECT) | {"actuality": "potential"}).reactions("inebilizumab").items


def test_the_suspect_may_be_an_administration() -> None:
    suspect = {"suspectEntity": [{"instance": {"reference": "MedicationAdministration/a1"}}]}
    found = chart(administration(INEBILIZUMAB, "2025-09-08"), event("infusion reaction", **suspect))
    assert found.reactions("inebilizumab-infusion-reaction").items


def test_a_reaction_on_the_problem_list() -> None:
    assert infusion_reaction(condition({"text": "Anaphylaxis during inebilizumab infusion"})).life_threatening
    assert not chart(condition({"text": "inebilizumab treatment"})).reactions("inebilizumab-infusion-reaction").items


# Pregnancy


def answers(concept: str, *resources: Any) -> list[str | None]:
    return [item.answer for item in chart(*resources).results(concept).items]


def test_pregnancy_status_from_every_kind_of_resource() -> None:
    status = observation(code(LOINC, "82810-3"), "1", valueCodeableConcept=code(SNOMED, "77386006"))
    test = observation({"text": "尿妊娠试验"}, "2", valueString="阴性", effectiveDateTime="2026-01-01")
    problem = condition(code(ICD, "Z33"), onsetDateTime="2025-12-01")
    assert answers("pregnancy-status", status, test, problem) == ["pregnant", "not-pregnant", "pregnant"]
    suspected = problem | {"verificationStatus": {"coding": [{"code": "provisional"}]}}
    over = problem | {"clinicalStatus": {"coding": [{"code": "resolved"}]}}
    assert answers("pregnancy-status", suspected) == answers("pregnancy-status", over) == []
    assert chart(absent=["Condition"]).results("pregnancy-status").gaps == {Gap.NOT_FETCHED}


def test_ended_pregnancies() -> None:
    over = condition(code(ICD, "Z33"), clinicalStatus="resolved", abatementDateTime="2026-01-20")
    assert [p.onset for p in chart(over).problems("pregnancy-ended").items] == [on("2026-01-20")]
    loss = condition(code(ICD, "O03.9"), onsetDateTime="2026-01-10")
    assert [p.onset for p in chart(loss).problems("pregnancy-ended").items] == [on("2026-01-10")]
    birth = {"resourceType": "Procedure", "id": "b", "status": "completed", "code": {"text": "Caesarean section"}}
    birth["performedDateTime"] = "2026-01-15"
    assert [p.onset for p in chart(birth).problems("pregnancy-ended").items] == [on("2026-01-15")]


def test_delivery_dates() -> None:
    recorded = observation({"text": "分娩日期"}, valueDateTime="2026-01-15")
    birth = {"resourceType": "Procedure", "id": "b", "status": "completed", "code": {"text": "剖宫产"}}
    birth["performedDateTime"] = "2026-01-16"
    found = chart(recorded, birth).results("delivery-date").items
    assert {item.answer_date for item in found} == {on("2026-01-15"), on("2026-01-16")}


def test_intention_and_breastfeeding() -> None:
    wish = observation(code(LOINC, "86645-9"), valueCodeableConcept=code(LOINC, "LA26438-4"))
    assert answers("pregnancy-intention", wish) == ["wanted"]
    assert answers("pregnancy-intention", condition(code(ICD, "Z31.6"), recordedDate="2026-01-01")) == ["wanted"]
    feeding = observation(code(LOINC, "63895-7"), valueCodeableConcept=code(SNOMED, "169750002"))
    assert answers("lactation-status", feeding) == ["breastfeeding"]
    assert answers("lactation-status", observation(code(LOINC, "63895-7"), valueBoolean=False)) == ["not-breastfeeding"]


def test_contraception() -> None:
    pill = request({"text": "短效避孕药"}, authoredOn="2025-01-01")
    device = {"resourceType": "Procedure", "id": "b", "status": "completed", "code": {"text": "IUD"}}
    device["performedDateTime"] = "2024-01-01"
    said = observation({"text": "避孕方式"}, valueString="避孕套")
    assert answers("contraception", pill, device, said) == ["in-use"] * 3
    assert answers("contraception", pill | {"status": "stopped"}) == []
