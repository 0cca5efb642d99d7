"""What the statements on lupus and on tocilizumab say of themselves: kind, hooks, severity, overrides, approval."""

from typing import Literal

import pytest
from lupus_cases import adult, knowledge, ra_ild, sle, ssc_ild
from lupus_frames import OVERRIDES, SLE, TOCILIZUMAB

from cards.chart.read import read_chart
from cards.compose import compose
from cards.knowledge.chapter import Chapter
from cards.knowledge.explain import explain
from cards.knowledge.model import Statement

HOOKS = {
    "order": {"order-select", "order-sign"},
    "view": {"patient-view"},
    "all": {"order-select", "order-sign", "patient-view"},
}
ROWS = [row.split() for row in (TOCILIZUMAB + SLE).strip().splitlines() if row]
GUARDS = [row[0] for row in ROWS if row[4] == "guard"]


def chapter(name: str) -> Chapter:
    found = knowledge().chapter_of(name)
    assert found, name
    return found


def entry(name: str) -> Statement:
    return chapter(name).statements[name].entry


def test_every_entry_of_both_documents_is_a_statement_of_its_chapter() -> None:
    for text, key in ((TOCILIZUMAB, "tocilizumab"), (SLE, "sle")):
        names = {row.split()[0] for row in text.strip().splitlines()}
        assert names == set(knowledge().chapters[key].statements)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_frame_of_each_statement(row: list[str]) -> None:
    name, kind, hooks, severity, presentation, unknown = row
    found = entry(name)
    assert (found.kind, set(found.hooks)) == (kind, HOOKS[hooks])
    assert (found.severity, found.presentation, found.unknown) == (severity, presentation, unknown)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_override_reasons_of_each_statement(row: list[str]) -> None:
    offered = {reasons for reasons, names in OVERRIDES.items() if row[0] in names.split()}
    assert set(entry(row[0]).override_reasons) == set(" ".join(offered).split())


def test_which_statements_replace_others() -> None:
    replaced = {row[0]: list(entry(row[0]).supersedes) for row in ROWS if entry(row[0]).supersedes}
    assert replaced == {
        "tocilizumab.sle.investigational-infection-risk.indication-check": [
            "tocilizumab.sle.evidence-limited.indication-check"
        ],
        "belimumab-rituximab.sle.combination-off-label.indication-check": [
            "rituximab.sle.missed-primary-endpoint.indication-check"
        ],
        # Never to be changed back, so that the consensus on doses does not ask for it either.
        "tocilizumab.ssc-ild.sc-162mg-every-2-weeks.info": ["DERM-DOSE-002"],
    }


@pytest.mark.parametrize("name", GUARDS)
def test_a_guard_is_never_shown(name: str) -> None:
    drugs = sorted(chapter(name).statements[name].drugs)
    for make in (adult, sle, ssc_ild, ra_ild):
        for drug in drugs:
            assert name not in make().order(drug).findings()


@pytest.mark.parametrize("drug", ["nimodipine", "captopril", "vitamin E", "acetylcysteine", "infliximab", "adalimumab"])
@pytest.mark.parametrize("make", [ssc_ild, ra_ild])
def test_what_the_review_lists_without_evidence_is_never_recommended(drug: str, make: object) -> None:
    assert not make().order(drug).findings()  # type: ignore[operator]


def test_one_case_is_no_prevention_of_covid_19() -> None:
    for name in knowledge().chapters["tocilizumab"].statements:
        say = entry(name).say
        assert name in GUARDS or "COVID" not in say.en + say.zh


@pytest.mark.parametrize(
    "name", [row[0] for row in ROWS if "approved" in entry(row[0]).say.en or entry(row[0]).approval]
)
def test_whoever_speaks_of_an_approval_carries_its_status(name: str) -> None:
    explained = explain(knowledge(), name)
    assert explained
    if entry(name).approval:
        assert explained["approval"]["as_of"]
        assert explained["approval"]["state"]


@pytest.mark.parametrize(("language", "said"), [("en", "as of October 2025"), ("zh", "截至2025年10月")])
@pytest.mark.parametrize("drug", ["anifrolumab", "belimumab", "rituximab", "ruplizumab", "B019 CAR-T", "tocilizumab"])
def test_every_card_from_the_digest_says_how_old_and_how_secondary_it_is(
    drug: str, language: Literal["en", "zh"], said: str
) -> None:
    case = sle().order(drug, 300, route="intravenous")
    chart = read_chart(case.received(), knowledge().terminology, case.day, case.hook)
    cards = compose(case.assessment(), chart, knowledge(), language=language, base_url="", new_id=lambda: "id")
    assert cards
    about_lupus = [card for card in cards if "sle-2025-digest" in str(card["extension"])]
    assert about_lupus
    for card in about_lupus:
        assert said in card["detail"]
        assert {"en": "secondary sources", "zh": "二手来源"}[language] in card["detail"]


def test_what_rests_on_a_choice_or_on_another_source_is_marked_for_local_sign_off() -> None:
    """Proposals and sources from outside that decide; corrections marked proposed or outside."""
    marked = {
        "tocilizumab.ssc-ild.iv-8mgkg-every-4-weeks.dose-check",
        "tocilizumab.infection.active.hold",
        "tocilizumab.tb.screening-missing",
        "tocilizumab.sle.evidence-limited.indication-check",
        "anifrolumab.sle.china-outside-gba.indication-check",
        "anifrolumab.sle.autoantibody-missing.screening-missing",
        "anifrolumab.sle.no-standard-therapy.indication-check",
        "belimumab.sle.under-5.special-population",
        "rituximab.sle.hypersensitivity.caution",
        "ocrelizumab.sle.terminated-serious-infection.contraindication",
        "anti-cd40l.ruplizumab.terminated-thrombosis.contraindication",
        "anti-cd40l.thrombosis-history.caution",
        "belimumab-rituximab.sle.iga2-missing.screening-missing",
        "descartes-08.lymphodepletion.info",
        "sle.osteonecrosis.glucocorticoid.safety-signal",
    }
    assert {name for name in marked if not entry(name).sign_off} == set()
