"""The shape of the knowledge files. An unknown field or a wrong type is refused."""

from decimal import Decimal
from typing import Annotated, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

from cards.words import Words

Severity = Literal["info", "warning", "critical"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "critical")
Hook = Literal["order-select", "order-sign", "patient-view"]
FindingKind = Literal[
    "contraindication",
    "screening-missing",
    "screening-stale",
    "monitoring-due",
    "prophylaxis-needed",
    "premedication",
    "dose-check",
    "interval-check",
    "switching/washout",
    "interaction",
    "vaccination",
    "indication-check",
    "special-population",
    "pregnancy-lactation",
    "information",
]

Action = Literal[
    "order",
    "refer",
    "prescribe",
    "vaccinate",
    "delete",
    "delete_drafts_of",
    "set_dose",
    "set_regimen",
    "set_route",
    "set_interval",
    "clear_dose",
    "move_draft",
    "move_second",
    "hold",
    "stop",
    "add_infusion",
    "end_later",
    "move_vaccine",
    "add_note",
    "reason_from",
]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Entry):
    document: str
    locator: str


class Escalation(Entry):
    to: Severity
    when: str


def _as_list(value: object) -> object:
    return cast(object, value) if isinstance(value, list) else [value]


def _as_text(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int | float) else value


Expression = Annotated[str, BeforeValidator(_as_text)]


class EndLater(Entry):
    of: str
    date: Expression


class DoseProposal(Entry):
    """What a suggested medication order says about its dose; ``amount`` only where the source gives one."""

    amount: str | None = None
    route: str | None = None
    text: Words | None = None


class Suggestion(Entry):
    """One proposed change; exactly one of the actions is given (docs/knowledge-format.md lists them)."""

    order: str | None = None
    refer: str | None = None
    prescribe: str | None = None
    vaccinate: str | None = None
    delete: Literal["draft"] | None = None
    delete_drafts_of: str | None = None
    set_dose: Expression | None = None
    set_regimen: Literal["recommended", "infusion-time"] | None = None
    set_route: str | None = None
    set_interval: Expression | None = None
    clear_dose: Literal["draft"] | None = None
    move_draft: Expression | None = None
    move_second: Expression | None = None
    hold: Literal["draft"] | None = None
    stop: Literal["active-orders"] | None = None
    add_infusion: Expression | None = None
    end_later: EndLater | None = None
    move_vaccine: Expression | None = None
    add_note: Words | None = None
    reason_from: str | None = None
    note: Words | None = None
    only_if: Expression | None = None
    urgent: bool = False
    dose: DoseProposal | Expression | None = None


class Wording(Entry):
    """What a statement says instead where ``when`` holds."""

    when: Expression
    say: Words


class Statement(Entry):
    """One published statement, in the form the engine evaluates."""

    id: str
    kind: FindingKind
    hooks: list[Hook] = Field(min_length=1)
    drugs: list[str] = Field(default_factory=list[str])
    population: Literal["chapter", "everyone"] = "chapter"
    about: Literal["order", "patient"] = "order"
    stages: list[str] = Field(default_factory=list[str])
    also_on: list[str] = Field(default_factory=list[str])
    applies: Expression = "true"
    fires: Expression | None = None
    unknown: Literal["fires", "silent", "note"] = "silent"
    unknown_note: str | Words | None = None
    handled_by: list[str] = Field(default_factory=list[str])
    components: dict[str, Expression] = Field(default_factory=dict[str, Expression])
    asks: list[str] = Field(default_factory=list[str])
    severity: Severity
    escalate: Annotated[list[Escalation], BeforeValidator(_as_list)] = Field(default_factory=list[Escalation])
    presentation: Literal["card", "detail", "guard"] = "card"
    supersedes: list[str] = Field(default_factory=list[str])
    replaces: list[str] = Field(default_factory=list[str])
    outranks: list[str] = Field(default_factory=list[str])
    say: Words
    say_if: Annotated[list[Wording], BeforeValidator(_as_list)] = Field(default_factory=list[Wording])
    reason: str = ""
    suggest: list[Suggestion] = Field(default_factory=list[Suggestion])
    override_reasons: list[str] = Field(default_factory=list[str])
    source: Source
    certainty: str | None = None
    approval: str | None = None
    sign_off: bool = False
    note: str = ""
    evidence: list[str] = Field(default_factory=list[str])
    outside: list[str | dict[str, str]] = Field(default_factory=list[str | dict[str, str]])


class Case(Entry):
    when: Expression
    value: Expression


class FactEntry(Entry):
    """A derived fact: one expression, or the first case that holds."""

    fact: str
    says: Words
    values: list[str] = Field(default_factory=list[str])
    is_: Expression | None = Field(default=None, alias="is")
    cases: list[Case] = Field(default_factory=list[Case])
    otherwise: Expression | None = None
    sign_off: bool = False
    note: str = ""


class ParameterEntry(Entry):
    """A number, or a yes or no, of a statement; only one marked ``proposal`` may be changed by a site."""

    id: str
    value: StrictBool | Decimal | list[Decimal] | None
    unit: str
    rule: str = ""
    origin: Literal["seed", "proposal", "outside"]
    locator: str
    note: str = ""


class SourceEntry(Entry):
    """A document that statements rest on."""

    id: str
    title: Words
    year: int | None = None
    url: str | None = None
    note: str = ""


class OverrideReason(Entry):
    code: str
    en: str
    zh: str
