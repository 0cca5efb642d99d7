"""What the first sixty statements say of themselves: kind, hooks, severity, place on the card, source and overrides."""

import pytest
from building import DRUG, knowledge
from frames import FRAMES, OVERRIDES, STAGES

from cards.knowledge.model import Statement

HOOKS = {
    "order": {"order-select", "order-sign"},
    "view": {"patient-view"},
    "all": {"order-select", "order-sign", "patient-view"},
}


def entry(name: str) -> Statement:
    return knowledge().chapters[DRUG].statements[f"{DRUG}.{name}"].entry


@pytest.mark.parametrize("row", FRAMES.strip().splitlines(), ids=lambda row: row.split()[0])
def test_the_frame_of_each_statement(row: str) -> None:
    name, kind, hooks, severity, presentation, locator, unknown = row.split()
    found = entry(name)
    assert (found.kind, set(found.hooks)) == (kind, HOOKS[hooks])
    assert (found.severity, found.presentation) == (severity, presentation)
    assert locator in found.source.locator
    assert found.unknown == unknown


@pytest.mark.parametrize(
    ("reasons", "name"), [(reasons, name) for reasons, names in OVERRIDES.items() for name in names.split()]
)
def test_the_override_reasons_of_each_statement(reasons: str, name: str) -> None:
    assert set(entry(name).override_reasons) == set(reasons.split())


@pytest.mark.parametrize(
    ("stages", "name"), [(stages, name) for stages, names in STAGES.items() for name in names.split()]
)
def test_the_stages_of_each_statement(stages: str, name: str) -> None:
    assert set(entry(name).stages or ["any"]) == set(stages.split())


SUPERSEDES = {
    "timing.acute-rescue.conditional": {"timing.ivmp-ongoing.defer"},
    "vaccine.urgent-treatment-no-delay.info": {"vaccine.inactivated-within-4-weeks-before-start.info"},
    "dose.adult-weight-based.dose-check": {"dose.adult-300mg.dose-check"},
}


def test_which_statements_replace_others() -> None:
    names = [row.split()[0] for row in FRAMES.strip().splitlines()]
    replaced = {name: {item.removeprefix(f"{DRUG}.") for item in entry(name).supersedes} for name in names}
    assert {name: items for name, items in replaced.items() if items} == SUPERSEDES


@pytest.mark.parametrize(
    ("name", "also_on"),
    [
        ("vaccine.live-on-treatment.contraindicated", "vaccine-order"),
        ("vaccine.inactivated-under-12-weeks-after-infusion.interval-check", "vaccine-order"),
        ("vaccine.inactivated-under-4-weeks-before-next.interval-check", "vaccine-order"),
        ("pcp.tmp-smx-methotrexate.interaction", "tmp-smx-order"),
        ("pcp.sulfonamide-allergy.suppress-tmp-smx", "tmp-smx-order"),
    ],
)
def test_which_statements_an_order_of_something_else_brings_up(name: str, also_on: str) -> None:
    assert entry(name).also_on == [also_on]
