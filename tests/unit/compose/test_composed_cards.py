"""Whole cards: the rules of CDS Hooks, and what they say in the cases that matter most."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from card_making import (
    BASE_URL,
    chart,
    composed,
    draft,
    found,
    ids,
    labels,
    lacking,
    machine,
    seen,
    statements,
    unassessed,
    unscreened,
    update,
)
from card_rules import RULES
from json_rules import empties

from cards.chart.records import Gap
from cards.findings import State

ACTIVE_HBV = "hbv.hbsag-positive-dna-positive.contraindicated"
SOURCE = "Expert recommendations on the clinical use of inebilizumab in neuromyelitis optica spectrum disorder (2024)"
HBSAG = seen("HBsAg positive, 2026-01-10")
DNA = seen("HBV DNA 12000 IU/mL, 2026-01-12", "Observation/o2")
HOSTILE = "<script>alert(1)</script> [x](javascript:1) **HBsAg** http://evil.example\n# big"


def every_kind_of_card(language: str) -> list[dict[str, Any]]:
    evidence = (HBSAG, seen(HOSTILE, "Observation/o3"))
    findings = [
        found(name, components=tuple(s.components), evidence=evidence, day=date(2026, 4, 1), dose_mg=Decimal(300))
        for name, s in statements().items()
    ]
    missing = (unassessed("tb.active.contraindicated", "igra"), unassessed(ACTIVE_HBV, "hbv-dna", why=Gap.UNREADABLE))
    cards = composed(*findings, language=language, not_assessed=missing)
    cards += composed(not_assessed=missing, language=language)
    for finding in findings:
        cards += composed(finding, language=language)
    return cards


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_card_keeps_the_rules(language: str) -> None:
    drafted = {"entry": [{"resource": draft()}]}
    request = {"hook": "order-select", "context": {"patientId": "p1", "draftOrders": drafted}}
    for card in every_kind_of_card(language):
        broken = [name for name, rule in RULES.items() if not rule(card, request)]
        assert not broken, card["summary"]
        assert not empties(card)


def test_identifiers_are_used_once() -> None:
    cards = composed(*unscreened())
    used = [card["uuid"] for card in cards] + [s["uuid"] for card in cards for s in card.get("suggestions", [])]
    assert len(used) == len(set(used))


def test_critical_before_warning_before_info() -> None:
    cards = composed(*unscreened(), found(ACTIVE_HBV))
    order = ["critical", "warning", "info"]
    assert [card["indicator"] for card in cards] == sorted((c["indicator"] for c in cards), key=order.index)


def test_active_hepatitis_b() -> None:
    (card,) = composed(found(ACTIVE_HBV, evidence=(HBSAG, DNA)))
    assert (
        card["summary"] == "HBsAg positive with HBV DNA positive (active hepatitis B): inebilizumab is contraindicated."
    )
    assert card["detail"] == (
        "- **Critical**: HBsAg positive with HBV DNA positive (active hepatitis B): inebilizumab is contraindicated."
        " (recommendation 6; figure 1)\n"
        "  - In the record: HBsAg positive, 2026-01-10; HBV DNA 12000 IU/mL, 2026-01-12\n"
        "  - Clears with: a record in which this no longer applies.\n\n"
        f"Source: {SOURCE}"
    )
    assert card["source"] == {
        "label": f"biologic-cds: {SOURCE}",
        "topic": {"code": "hbv", "system": "urn:biologic-cds:topic", "display": "Hepatitis B"},
        "url": BASE_URL,
    }
    assert card["links"] == [
        {
            "label": "Evidence: HBsAg positive with HBV DNA positive",
            "url": f"{BASE_URL}/evidence/inebilizumab.{ACTIVE_HBV}",
            "type": "absolute",
        }
    ]
    assert card["overrideReasons"] == [
        {
            "code": "specialist-advised",
            "system": "urn:biologic-cds:override-reason",
            "display": "Advised by the relevant specialist",
        }
    ]
    assert machine(card) == {
        "findings": [
            {
                "id": f"inebilizumab.{ACTIVE_HBV}",
                "kind": "contraindication",
                "severity": "critical",
                "state": "present",
                "order": "MedicationRequest/d1",
                "evidence": [
                    {"reference": "Observation/o1", "display": "HBsAg positive, 2026-01-10"},
                    {"reference": "Observation/o2", "display": "HBV DNA 12000 IU/mL, 2026-01-12"},
                ],
                "source": {"document": "inebilizumab-nmosd-2024", "locator": "推荐意见6; 图1"},
            }
        ]
    }


def test_active_hepatitis_b_in_chinese() -> None:
    (card,) = composed(found(ACTIVE_HBV, evidence=(seen("乙肝表面抗原 阳性, 2026-01-10"),)), language="zh")
    assert card["summary"] == "HBsAg阳性且HBV-DNA阳性(活动性乙型肝炎)：禁用伊奈利珠单抗。"
    assert "病历记录：乙肝表面抗原 阳性, 2026-01-10" in card["detail"]
    assert labels(card) == ["删除草稿：伊奈利珠单抗", "肝病科会诊/转诊"]


def test_carrier_without_antiviral() -> None:
    (card,) = composed(found("hbv.carrier-no-antiviral.prophylaxis-needed", evidence=(HBSAG,), day=date(2026, 3, 9)))
    assert card["indicator"] == "critical"
    assert labels(card) == [
        "Draft a prescription: nucleos(t)ide analogue, agent to be chosen",
        "Referral to hepatology",
        "Change the draft: first infusion on 2026-03-09",
    ]
    assert "Clears with: an active or drafted order of the prophylaxis." in card["detail"]


def test_too_high_a_dose() -> None:
    dose = found("dose.adult-300mg.dose-check", severity="critical", dose_mg=Decimal(300))
    (card,) = composed(dose, on=chart(drafts=(draft(mg=600),)))
    assert labels(card) == ["Change the draft: dose 300 mg"]
    assert update(card)["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["value"] == Decimal(300)
    assert card["source"]["topic"]["code"] == "dose"


def test_pending_tests_are_not_ordered_again() -> None:
    (card,) = composed(found("hbv.hbsag-missing.screening-missing", State.PENDING, pending=("hbsag",), proposals=()))
    assert "Ordered, awaiting result: HBsAg. Clears with: the awaited result." in card["detail"]
    assert "suggestions" not in card
    assert "selectionBehavior" not in card


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "because the data could not be fetched: HBsAg"), ("zh", "数据未能获取，无法核查：乙肝表面抗原")],
)
def test_what_was_not_fetched_is_not_called_missing(language: str, words: str) -> None:
    missing = (lacking("hbsag", Gap.NOT_FETCHED),)
    (card,) = composed(found("hbv.hbsag-missing.screening-missing", State.MISSING, missing=missing), language=language)
    assert words in card["detail"]
    assert "No usable result found" not in card["detail"]
    assert not any("isRecommended" in suggestion for suggestion in card["suggestions"])


def test_nothing_found_and_not_everything_checked() -> None:
    (card,) = composed(
        not_assessed=(
            unassessed("tb.active.contraindicated", "active-tuberculosis"),
            unassessed(ACTIVE_HBV, "hbv-dna", why=Gap.UNREADABLE),
        )
    )
    assert card["indicator"] == "info"
    assert card["summary"].startswith("Inebilizumab: not checked (could not be fetched, could not be read): ")
    assert "- Tuberculosis (missing: active tuberculosis; could not be fetched)" in card["detail"]
    assert "- Hepatitis B (missing: HBV DNA; could not be read)" in card["detail"]
    assert "is contraindicated" not in card["detail"]
    assert machine(card)["notAssessed"][0] == {
        "id": "inebilizumab.tb.active.contraindicated",
        "missing": ["active-tuberculosis"],
        "why": "not fetched",
    }
    assert len(card["links"]) == 2


def test_a_card_says_when_part_of_its_subject_could_not_be_checked() -> None:
    (card,) = composed(
        found("infection.pre-infusion-check.reminder"), not_assessed=(unassessed("pml.jcv-positive.stop", "pml"),)
    )
    assert card["summary"].endswith("active infection (not everything could be checked)")
    assert "Progressive multifocal leukoencephalopathy (missing: PML; could not be fetched)" in card["detail"]


def test_unchecked_statements_of_one_subject_are_one_line_and_the_gravest_come_first() -> None:
    names = [name for name, statement in statements().items() if statement.severity == "warning"][:30]
    items = [unassessed(name, "egfr") for name in names]
    items += [unassessed("tb.active.contraindicated", "igra"), unassessed("tb.latent-untreated.contraindicated", "tst")]
    (card,) = composed(not_assessed=tuple(items))
    lines = [line for line in card["detail"].splitlines() if line.startswith("- ")]
    assert lines[0].startswith("- Tuberculosis (missing: IGRA, ")
    assert len(lines) <= 13
    assert len(machine(card)["notAssessed"]) == 32
    assert card["links"][-1] == {"label": "All statements", "url": f"{BASE_URL}/evidence", "type": "absolute"}


def test_the_draft_itself_is_no_evidence_worth_showing() -> None:
    drafted = seen("inebilizumab, draft", "MedicationRequest/d1")
    (card,) = composed(found("premed.antipyretic-missing.premedication", State.MISSING, evidence=(drafted,)))
    assert "In the record" not in card["detail"]
    assert "Not found in the data received." in card["detail"]
    assert machine(card)["findings"][0]["evidence"]


def test_what_a_finding_had_to_do_without_is_named() -> None:
    missing = (lacking("nmosd", Gap.NOT_FETCHED), lacking("active-tuberculosis", Gap.UNREADABLE))
    (card,) = composed(found("indication.nmosd-not-documented.check", missing=missing))
    assert "because the data could not be fetched: NMOSD." in card["detail"]
    assert "could not be read: active tuberculosis." in card["detail"]


def test_absence_is_never_worded_as_a_negative_result() -> None:
    for card in composed(*unscreened()):
        assert "negative" not in card["summary"].casefold()
        assert "negative" not in card["detail"].casefold()


def test_text_of_the_record_is_escaped() -> None:
    (card,) = composed(found(ACTIVE_HBV, evidence=(seen(HOSTILE),)))
    assert "<" not in card["detail"]
    assert "http:" not in card["detail"]
    assert r"\*\*HBsAg\*\*" in card["detail"]
    assert machine(card)["findings"][0]["evidence"][0]["display"] == HOSTILE


def test_details_are_short_lines() -> None:
    card = composed(*unscreened())[-1]
    assert card["detail"].splitlines()[2:4] == [
        "- Before each infusion, check fully for active infection (symptoms, examination, tests as needed)."
        " (recommendation 5)",
        "- Give under experienced supervision with rescue equipment, at room temperature;"
        " observe for at least 1 hour after the infusion."
        " (recommendation 12 explanation; recommendation 23 explanation)",
    ]


def test_information_needs_no_override_reason() -> None:
    assert "overrideReasons" not in composed(*unscreened())[-1]


def test_every_statement_has_its_link() -> None:
    for card in composed(*unscreened()):
        linked = [link["url"].rpartition("/")[2].removeprefix("inebilizumab.") for link in card["links"]]
        assert linked == ids(card)


def test_without_an_address_there_are_no_links() -> None:
    (card,) = composed(found(ACTIVE_HBV), base_url="")
    assert "links" not in card
    assert "url" not in card["source"]


def test_several_drafts_are_told_apart() -> None:
    (card,) = composed(found(ACTIVE_HBV), on=chart(drafts=(draft("d1"), draft("d2"))))
    assert card["detail"].startswith("Draft order: inebilizumab, draft (MedicationRequest/d1)\n\n")
    deletions = card["suggestions"][0]["actions"]
    assert [action["resourceId"] for action in deletions] == ["MedicationRequest/d1", "MedicationRequest/d2"]


def test_unreadable_is_said() -> None:
    (card,) = composed(found("hbv.hbsag-missing.screening-missing", State.UNREADABLE, unreadable=("hbsag",)))
    assert "On file, but could not be read: HBsAg." in card["detail"]
    assert "could not be read: HBsAg" in card["detail"]
