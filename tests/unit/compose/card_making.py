"""Findings made by hand from the real statements, and the cards they become; no condition is evaluated."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cards.chart.chart import Chart
from cards.chart.read import read_chart
from cards.chart.received import Received
from cards.chart.records import Gap, Record
from cards.compose import compose
from cards.findings import Assessment, Finding, NotAssessed, Proposal, State
from cards.knowledge.chapter import ChapterEntry
from cards.knowledge.loader import FOLDER
from cards.knowledge.model import Statement, Suggestion, Words
from cards.knowledge.statements import ACTIONS
from cards.logic.values import Missing
from cards.terminology import Terminology, load_terminology
from cards.yaml_files import entries, read_yaml, validated

DRUG = "inebilizumab"
TODAY = date(2026, 3, 2)
BASE_URL = "https://cds.example.org/biologic"
Json = dict[str, Any]


@cache
def terminology() -> Terminology:
    return load_terminology(FOLDER / "value_sets", snomed_extension=True)


@cache
def statements() -> dict[str, Statement]:
    paths = (path for path in sorted((FOLDER / "drugs" / DRUG).glob("*.yaml")) if _holds_statements(path))
    return {entry.id.removeprefix(f"{DRUG}."): entry for path in paths for entry in entries(path, Statement, "id")}


def _holds_statements(path: Path) -> bool:
    return path.name not in {"drug.yaml", "parameters.yaml"} and not path.name.startswith("facts")


@dataclass(frozen=True)
class PlainKnowledge:
    """The knowledge as far as cards need it, without compiled conditions."""

    entry: ChapterEntry
    chapters: dict[str, Any]

    @property
    def terminology(self) -> Terminology:
        return terminology()

    def source(self, document: str) -> Any:
        return next((source for source in self.entry.sources if source.id == document), None)

    def override_reason(self, code: str) -> Words | None:
        found = next((reason for reason in self.entry.override_reasons if reason.code == code), None)
        return Words(en=found.en, zh=found.zh) if found else None


@cache
def knowledge() -> PlainKnowledge:
    path = FOLDER / "drugs" / DRUG / "drug.yaml"
    compiled = {name: SimpleNamespace(entry=entry, wordings=()) for name, entry in statements().items()}
    chapter = SimpleNamespace(facts={}, statements=compiled)
    return PlainKnowledge(validated(ChapterEntry, read_yaml(path), path, "drug"), {DRUG: chapter})


def draft(identifier: str = "d1", *dates: str, mg: Any = 300, **more: Any) -> Json:
    """A valid draft order of the drug."""
    dosage: Json = {"doseAndRate": [{"doseQuantity": {"value": mg, "unit": "mg"}}]}
    if dates:
        dosage["timing"] = {"event": list(dates)}
    return {
        "resourceType": "MedicationRequest",
        "id": identifier,
        "status": "draft",
        "intent": "order",
        "medicationCodeableConcept": {
            "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "2373951"}],
            "text": "inebilizumab",
        },
        "subject": {"reference": "Patient/p1"},
        "dosageInstruction": [dosage],
    } | more


def chart(
    hook: str = "order-select", drafts: tuple[Json, ...] = (), record: tuple[Json, ...] = (), patient_id: str = "p1"
) -> Chart:
    received = Received(
        resources=record,
        absent=frozenset(),
        drafts=drafts if drafts or hook == "patient-view" else (draft(),),
        select_all=True,
        patient_id=patient_id,
        encounter_id="e1",
    )
    return read_chart(received, terminology(), TODAY, hook)


def proposal(suggestion: Suggestion, concept: str = "", **more: Any) -> Proposal:
    action = next(name for name in ACTIONS if getattr(suggestion, name) is not None)
    value = getattr(suggestion, action)
    known = value if isinstance(value, str) and action in {*_BY_CONCEPT} else ""
    return Proposal(action, suggestion, concept or known, **more)


_BY_CONCEPT = ("order", "refer", "prescribe", "vaccinate", "delete_drafts_of", "set_route", "reason_from")


def found(
    short: str,
    state: State = State.PRESENT,
    severity: str | None = None,
    day: date | None = None,
    dose_mg: Decimal | None = None,
    **more: Any,
) -> Finding:
    """A finding of a statement (named without the drug in front) with all its suggestions."""
    statement = statements()[short]
    components = more.get("components", ())
    proposals: list[Proposal] = []
    for suggestion in statement.suggest:
        wanted = components if "missing-components" in {suggestion.order, suggestion.vaccinate} else ("",)
        proposals += [proposal(suggestion, concept, day=day, dose_mg=dose_mg) for concept in wanted]
    given: Json = {"order": "MedicationRequest/d1", "proposals": tuple(proposals)} | more
    return Finding(statement, DRUG, DRUG, severity or statement.severity, state, **given)  # type: ignore[arg-type]


def made(action: Suggestion, short: str = "interval.maintenance-off-schedule.interval-check", **more: Any) -> Finding:
    """A warning about dates with one suggestion made by hand."""
    statement = statements().get(short) or statements()["dose.adult-300mg.dose-check"]
    given = proposal(action, day=more.pop("day", None), dose_mg=more.pop("dose_mg", None))
    return Finding(statement, DRUG, DRUG, "warning", State.PRESENT, "MedicationRequest/d1", proposals=(given,), **more)


def unassessed(short: str, *missing: str, why: Gap = Gap.NOT_FETCHED) -> NotAssessed:
    return NotAssessed(statements()[short], DRUG, DRUG, missing, why)


def seen(label: str, reference: str = "Observation/o1") -> Record:
    return Record(reference=reference, label=label)


def lacking(concept: str, why: Gap = Gap.NOT_ON_FILE) -> Missing:
    return Missing(concept, why)


def composed(
    *findings: Finding,
    language: str = "en",
    on: Chart | None = None,
    not_assessed: tuple[NotAssessed, ...] = (),
    base_url: str = BASE_URL,
) -> list[Json]:
    numbers = count(1)
    assessment = Assessment(tuple(findings), not_assessed)
    return compose(
        assessment,
        on or chart(),
        knowledge(),  # type: ignore[arg-type]
        language=language,
        base_url=base_url,
        new_id=lambda: f"00000000-0000-4000-8000-{next(numbers):012}",
    )


def unscreened() -> tuple[Finding, ...]:
    """What a plain first order without any record brings up."""
    missing = State.MISSING
    return (
        found("hbv.hbsag-missing.screening-missing", missing),
        found("hbv.anti-hbc-missing.screening-missing", missing),
        found("hcv.missing.screening-missing", missing),
        found("tb.missing.screening-missing", missing),
        found("indication.nmosd-not-documented.check", missing),
        found("premed.corticosteroid-missing.premedication", missing),
        found("premed.antihistamine-missing.premedication", missing),
        found("premed.antipyretic-missing.premedication", missing),
        found("ig.quantitative-missing.screening-missing", missing, components=("serum-igg", "serum-iga", "serum-igm")),
        found("vaccine.history-missing.screening-missing", missing),
        found("steroid.oral-gc-at-start.info", missing),
        found("infection.pre-infusion-check.reminder"),
        found("infusion.setting-and-observation.info"),
    )


def of_section(cards_: list[Json], kind: str) -> Json:
    """The card whose first finding is of a kind."""
    return next(card for card in cards_ if machine(card)["findings"][0]["kind"] == kind)


def machine(card: Json) -> Json:
    return card["extension"]["org.biologic-cds.card"]


def ids(card: Json) -> list[str]:
    return [item["id"].removeprefix(f"{DRUG}.") for item in machine(card)["findings"]]


def labels(card: Json) -> list[str]:
    return [suggestion["label"] for suggestion in card.get("suggestions", [])]


def actions(card: Json, kind: str | None = None) -> list[Json]:
    every = [action for suggestion in card.get("suggestions", []) for action in suggestion["actions"]]
    return [action for action in every if kind in {None, action["type"]}]


def update(card: Json) -> Json:
    """The one updated resource of a card."""
    (action,) = actions(card, "update")
    return action["resource"]
