"""What the authorities have decided on the use of a drug, as the sources of a chapter have it."""

from typing import Any, Literal

from pydantic import Field

from cards.knowledge.model import Entry

State = Literal[
    "approved",  # for the disease, in the regions listed
    "preliminary-positive",  # early efficacy reported, approval changed or pending
    "investigational",  # no approval for the disease, trials or speculation
    "failed-primary-endpoint",
    "terminated-safety",
    "case-report",
]


class Decision(Entry):
    """One authority's decision; ``source`` names the outside source where the document does not say it."""

    region: str
    authority: str | None = None
    date: str | None = None
    scope: str
    source: str | None = None


class ApprovalEntry(Entry):
    """Under a name by which statements refer to it."""

    id: str
    state: State
    as_of: str
    regions: list[Decision] = Field(default_factory=list[Decision])
    note: str = ""


def approval_in_words(entry: ApprovalEntry | None) -> dict[str, Any] | None:
    return entry.model_dump(exclude={"id"}) if entry else None
