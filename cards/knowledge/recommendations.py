"""Which drugs a source recommends for which disease: the typed content of ``recommendations.yaml``."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from cards.errors import KnowledgeError
from cards.knowledge.model import Entry
from cards.terminology import Terminology
from cards.words import Words
from cards.yaml_files import entries

FILE = "recommendations.yaml"
Choice = Literal["preferred", "option", "refractory-option", "case-report"]


class Recommended(Entry):
    """A drug the source names for the disease. ``records`` are the regimens it is given by; ``grade`` is theirs."""

    drug: str
    records: list[str] = Field(min_length=1)
    choice: Choice
    grade: Literal["A", "B", "C"] | None = None
    condition: Words | None = None


class SpecialPopulation(Entry):
    population: Words
    drug: str | None = None
    text: Words
    locator: str = ""


class NotRecommended(Entry):
    drugs: list[str] = Field(min_length=1)
    purpose: Words
    locator: str


class SpokenForElsewhere(Entry):
    """Drugs about which another chapter speaks for this disease, so that nothing is said twice."""

    chapter: str
    drugs: list[str] = Field(min_length=1)


class Recommendation(Entry):
    """One disease. ``cited`` false: its part of the source is lost, and nothing may rest on it."""

    disease: str
    conditions: list[str] = Field(default_factory=list[str])  # concepts that mean it; without any, the disease's own
    locator: str = ""
    legibility: Literal["clear", "reconstructed"]
    cited: bool = True
    drugs: list[Recommended] = Field(default_factory=list[Recommended])
    conditions_for_use: list[Words] = Field(default_factory=list[Words])
    special_populations: list[SpecialPopulation] = Field(default_factory=list[SpecialPopulation])
    not_recommended: list[NotRecommended] = Field(default_factory=list[NotRecommended])
    elsewhere: list[SpokenForElsewhere] = Field(default_factory=list[SpokenForElsewhere])
    remark: Words | None = None  # a sentence that a card adds
    note: str | Words = ""

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if self.cited and not self.locator:
            raise ValueError("what is cited needs a locator")
        return self

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(item.drug for item in self.drugs)

    @property
    def concepts(self) -> tuple[str, ...]:
        return tuple(self.conditions) or (self.disease,)

    def of_drug(self, drug: str) -> Recommended | None:
        return next((item for item in self.drugs if item.drug == drug), None)


def load_recommendations(folder: Path, terminology: Terminology) -> tuple[Recommendation, ...]:
    """The recommendations of a chapter's folder; none without such a file. Raises ``KnowledgeError``."""
    path = folder / FILE
    found = tuple(entries(path, Recommendation, "disease")) if path.exists() else ()
    for item in found:
        _check(item, terminology)
    return found


def _check(item: Recommendation, terminology: Terminology) -> None:
    others = [drug for part in (*item.elsewhere, *item.not_recommended) for drug in part.drugs]
    for field, names, kind in (
        ("conditions", item.concepts, "condition"),
        ("drugs", (*item.named, *others), "drug"),
    ):
        strange = [name for name in names if terminology.kind(name) != kind]
        if strange:
            raise KnowledgeError(FILE, f"{item.disease}.{field}", f"unknown: {', '.join(strange)}")
