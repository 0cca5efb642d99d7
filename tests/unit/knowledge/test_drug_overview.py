"""Everything known of one drug, in one place: on the command line and as a page."""

import json
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from applications import open_client
from typer.testing import CliRunner

from cards.knowledge import Knowledge, load_knowledge
from cards.knowledge.overview import about_drug, drugs_with_knowledge
from cards.knowledge.regimen_words import FILE
from cards.yaml_files import read_yaml
from service import cli
from service.assessment import Advisor, KnowledgeAdvisor
from service.settings import Settings


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def regimen(drug: str, identifier: str) -> dict[str, Any]:
    found = about_drug(knowledge(), drug)
    assert found is not None
    return next(item for item in found["regimens"] if item["id"] == identifier)


def english(lines: list[dict[str, str]]) -> list[str]:
    return [line["en"] for line in lines]


# record, its doses in English
IN_WORDS: list[tuple[str, str, list[str]]] = [
    ("adalimumab", "ADA-PSO-ADULT", ["80 mg in week 0", "40 mg in week 1", "40 mg every 2 weeks, from week 3"]),
    (
        "infliximab",
        "IFX-PSO-ADULT",
        ["5 mg/kg in week 0, 2, 6", "5 mg/kg every 8 weeks", "infused over at least 120 min"],
    ),
    (
        "etanercept",
        "ETN-PSO-ADULT",
        [
            "25 mg 2 times a week or every 3 to 4 days",
            "50 mg once a week",
            "50 mg 2 times a week or every 3 to 4 days, until week 12",
        ],
    ),
    (
        "lebrikizumab",
        "LEB-AD-GE12",
        [
            "500 mg in week 0, 2",
            "from week 4 to week 16 250 mg every 2 weeks",
            "250 mg every 4 weeks, from week 16, (once the disease has responded)",
        ],
    ),
    ("dupilumab", "DUP-AD-PED-6MO5Y-5-15", ["200 mg every 4 weeks", "no loading dose"]),
    ("omalizumab", "OMZ-AD", ["150 to 450 mg every 2 to 4 weeks", "600 mg every 2 weeks"]),
    ("rituximab", "RTX-BP", ["1000 mg, 2 doses 14 days apart", "375 mg/m2, 4 doses 7 days apart"]),
    ("delgocitinib", "DEL-AD-GE16", ["at most 5 g 2 times daily"]),
    ("alemtuzumab", "ALE-PNP", ["no dose is known from the source"]),
    (
        "tocilizumab",
        "TCZ-DM",
        ["8 mg/kg (at most 800 mg) every 4 weeks, intravenous", "162 mg once a week, subcutaneous"],
    ),
]


@pytest.mark.parametrize(("drug", "identifier", "doses"), IN_WORDS)
def test_a_regimen_reads_aloud(drug: str, identifier: str, doses: list[str]) -> None:
    assert english(regimen(drug, identifier)["doses"]) == doses


def test_a_regimen_reads_aloud_in_chinese() -> None:
    found = regimen("rituximab", "RTX-BP")
    assert [line["zh"] for line in found["doses"]] == ["1000 mg，共2次，间隔14天", "375 mg/m2，共4次，间隔7天"]
    assert found["population"]["zh"] == "≥18岁"
    assert found["limits"][1]["zh"] == "16周内合计不超过2000 mg，或1500 mg/m2(取较大者)(无法计算时为3000 mg)"


def test_titration_population_grade_and_approvals_read_aloud() -> None:
    apremilast = regimen("apremilast", "APR-PSO-ADULT")
    assert english(apremilast["doses"])[1] == "day 2: 10 mg in the morning, 10 mg in the evening"
    assert apremilast["grade"]["en"] == "grade B (reconstructed from damaged text)"
    assert english(apremilast["regulatory"]) == ["FDA: approved 2014", "NMPA: approved 2021"]
    child = regimen("ustekinumab", "UST-PSO-PED-60-100")
    assert child["population"]["en"] == "from 6 years, below 18 years, from 60 kg, up to 100 kg"
    assert regimen("tildrakizumab", "TIL-PSO-ADULT")["grade"]["en"] == "grade lost"
    assert regimen("dupilumab", "DUP-AD-PED-6MO5Y-5-15")["population"]["en"].startswith("from 6 months, below 6 years")


def test_the_words_of_regimens_have_the_same_placeholders_in_both_languages() -> None:
    for key, words in read_yaml(FILE).items():
        fields = [{name for _, name, _, _ in Formatter().parse(words[language]) if name} for language in ("en", "zh")]
        assert fields[0] == fields[1], key


def test_every_drug_has_an_overview_with_its_statements() -> None:
    for drug in drugs_with_knowledge(knowledge()):
        found = about_drug(knowledge(), drug)
        assert found is not None, drug
        assert found["regimens"] or found["statements"], drug
        for item in found["regimens"]:
            texts = [item["indication"], item["population"], item["grade"], *item["doses"], *item["limits"]]
            assert all(text["en"] and text["zh"] for text in texts), item["id"]
    assert about_drug(knowledge(), "water") is None


def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *words: str) -> Any:
    monkeypatch.setattr(cli, "load_advisor", lambda _: KnowledgeAdvisor(knowledge()))
    monkeypatch.setenv("BIOLOGIC_CDS_DATA_DIR", str(tmp_path))
    return CliRunner().invoke(cli.app, ["knowledge", "drug", *words])


def test_the_command_prints_it_for_people(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    result = run(monkeypatch, tmp_path, "omalizumab")
    assert result.exit_code == 0
    for text in (
        "Omalizumab · 奥马珠单抗",
        "1 RXNORM",
        "chronic spontaneous urticaria: preferred",
        "150 to 450 mg every 2 to 4 weeks",
        "000:L131-135",
        "DERM-OMZ-001",
        "DERM-DOSE-001",
        "derm.plaque-psoriasis.recommended-elsewhere.info",
    ):
        assert text in result.output
    assert "每2～4周1次" in run(monkeypatch, tmp_path, "omalizumab", "--language", "zh").output


def test_the_command_prints_json_for_machines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = json.loads(run(monkeypatch, tmp_path, "rituximab", "--json").stdout)
    assert found["regimens"][0]["id"] == "RTX-PV"
    assert {item["disease"] for item in found["recommendations"]} >= {"pemphigus-vulgaris", "sle"}


def test_an_unknown_drug_ends_with_two_and_names_the_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    result = run(monkeypatch, tmp_path, "water")
    assert result.exit_code == 2
    assert "omalizumab" in result.output


async def test_every_drug_has_a_page(settings: Settings, real_advisor: Advisor) -> None:
    async with open_client(settings, real_advisor) as client:
        for drug in drugs_with_knowledge(knowledge()):
            page = await client.get(f"/evidence/drug/{drug}")
            assert page.status_code == 200
            assert "default-src 'none'" in page.headers["content-security-policy"]
        page = await client.get("/evidence/drug/secukinumab")
        assert all(text in page.text for text in ("司库奇尤单抗", "SEC-PSO-PED-LT50", "000:L40-43", "75 mg"))
        assert (await client.get("/evidence/drug/water")).status_code == 404
