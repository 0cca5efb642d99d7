"""The entries of the value sets."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from cards.words import Words

System = Literal["loinc", "snomed", "icd10", "icd10cm", "rxnorm", "atc", "cvx", "interpretation"]
Reads = Literal["qualitative", "qualitative-competitive", "nucleic-acid", "quantity", "coded", "date"]
Codes = dict[System, list[str]]


def _no_codes() -> Codes:
    return {}


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Coding(Item):
    """A code to order something by."""

    system: System
    code: str
    display: str


@dataclass(frozen=True, slots=True)
class Match:
    """A recognised concept and what recognised it: ``LOINC 5196-1`` or ``text: 乙肝表面抗原``."""

    concept: str
    matched_by: str


class Concept(Item):
    """``text``: phrases that name it, with ``=`` in front where the phrase has to be the whole text.

    ``not_text``: words that speak against it, wherever they stand.
    """

    key: str
    names: Words
    codes: Codes = Field(default_factory=_no_codes)
    text: list[str] = Field(default_factory=list[str])
    not_text: list[str] = Field(default_factory=list[str])


class LabConcept(Concept):
    """A test. ``units`` names a table of ``units.yaml`` in which one of each written unit is so many of ``unit``."""

    reads: Reads
    unit: str | None = None
    units: Mapping[str, Decimal] = Field(default_factory=dict)
    answers: list[str] = Field(default_factory=list[str])  # the answers this test can have
    order: Coding | None = None
    alternatives: list[str] = Field(default_factory=list[str])  # tests whose order answers for this one
    includes: list[str] = Field(default_factory=list[str])  # tests whose codes are codes of this one too


class CodesWithText(Item):
    """Codes too broad to count alone: only together with one of the ``words``, and without the concept's ``not_text``.

    No ``words``: every text will do, and none. ``unless``: not where one of these concepts stands on the same record.
    """

    icd10: list[str] = Field(default_factory=list[str])
    icd10cm: list[str] = Field(default_factory=list[str])
    snomed: list[str] = Field(default_factory=list[str])
    words: list[str] = Field(default_factory=list[str])
    unless: list[str] = Field(default_factory=list[str])


def _listed(rules: object) -> object:
    one: list[object] = [rules]
    return one if isinstance(rules, Mapping) else rules


class ConditionConcept(Concept):
    """``codes_with_text``: one rule or several."""

    exclude: Codes = Field(default_factory=_no_codes)
    codes_with_text: Annotated[list[CodesWithText], BeforeValidator(_listed)] = Field(
        default_factory=list[CodesWithText]
    )
    narrows: str | None = None  # holds only for records of that other concept whose text says so


class DrugConcept(Concept):
    """An ingredient, or a fixed combination of ``ingredients``; ``products`` are RxNorm drugs by code.

    ``local_form``: the concept an ointment, eye drop or spray of it is. ``form_of``: the drug it is an ester of.
    """

    prednisone_factor: Decimal | None = None
    products: dict[str, str] = Field(default_factory=dict[str, str])
    ingredients: list[str] = Field(default_factory=list[str])
    local_form: str | None = None
    form_of: str | None = None


class DrugGroup(Item):
    key: str
    names: Words
    members: list[str] = Field(default_factory=list[str])
    atc: list[str] = Field(default_factory=list[str])
    text: list[str] = Field(default_factory=list[str])


class VaccineConcept(Concept):
    live: Literal["live", "inactivated", "unknown"]
    group: str


class ActConcept(Concept):
    """``recorded_as``: the resource types one must have seen before saying there is none."""

    order: Coding | None = None
    alternatives: list[str] = Field(default_factory=list[str])
    recorded_as: tuple[str, ...] = ("Procedure", "ServiceRequest")


class ReactionConcept(Concept):
    drug: str | None = None


class AnswerConcept(Item):
    key: str
    codes: Codes = Field(default_factory=_no_codes)
    text: list[str] = Field(default_factory=list[str])


class Extension(Item):
    """What a site, or the SNOMED CT extension, adds to a concept."""

    key: str
    codes: Codes = Field(default_factory=_no_codes)
    text: list[str] = Field(default_factory=list[str])


class RouteWords(Item):
    text: list[str]
    codes: Codes = Field(default_factory=_no_codes)
