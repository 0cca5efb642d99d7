"""Which findings share a card.

- A critical finding stands alone with those of its topic, unless it is a missing screen or a dose.
- Everything unscreened is one card, and so is everything about dose and dates.
- Other warnings share a card, and everything due or informative shares one.
- Mere lines, such as the grade of a recommendation, get no card of their own where a card they can stand on exists.
- More than three cards for a drug are merged further, the least urgent first; a critical card is never merged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from cards.compose.context import topic_of
from cards.findings import Assessment, Finding, NotAssessed, State
from cards.knowledge.model import SEVERITIES, Severity

Section = Literal["alone", "screening", "dose", "care", "due", "unchecked"]
MOST_CARDS = 3
SCREENING = frozenset({"screening-missing", "screening-stale"})
ABOUT_ABSENCE = SCREENING | {"monitoring-due", "premedication", "vaccination"}  # where a gap is the finding itself
DOSE = frozenset({"dose-check", "interval-check", "switching/washout"})


@dataclass(slots=True)
class Group:
    """The findings of one card of one drug, most severe first."""

    drug: str
    section: Section
    findings: list[Finding] = field(default_factory=list[Finding])
    not_assessed: list[NotAssessed] = field(default_factory=list[NotAssessed])
    covers: set[Section] = field(default_factory=set[Section])

    @property
    def severity(self) -> Severity:
        severities: list[Severity] = [finding.severity for finding in self.findings]
        return sorted(severities, key=SEVERITIES.index)[-1] if severities else "info"

    @property
    def critical(self) -> bool:
        return self.severity == "critical"


def grouped(assessment: Assessment) -> list[Group]:
    """All cards to write, most severe first."""
    drugs = dict.fromkeys(item.drug for item in (*assessment.findings, *assessment.not_assessed))
    groups = [group for drug in drugs for group in _of_drug(assessment, drug)]
    return sorted(groups, key=lambda group: -SEVERITIES.index(group.severity))


def _of_drug(assessment: Assessment, drug: str) -> list[Group]:
    findings = [finding for finding in assessment.findings if finding.drug == drug]
    groups = _merged(list(_first_groups(drug, findings)))
    _place([item for item in assessment.not_assessed if item.drug == drug], drug, groups)
    for group in groups:
        group.findings.sort(key=_urgency)
    return groups


def _first_groups(drug: str, findings: list[Finding]) -> Iterator[Group]:
    alone = [finding for finding in findings if _stands_alone(finding)]
    for name in dict.fromkeys(topic_of(finding.statement) for finding in alone):
        members = [finding for finding in alone if topic_of(finding.statement) == name]
        yield Group(drug, "alone", members, covers={"alone"})
    rest = [finding for finding in findings if not _stands_alone(finding)]
    screening = any(_section(finding) == "screening" and finding.severity != "info" for finding in rest)
    sections: dict[Section, list[Finding]] = {"screening": [], "dose": [], "care": [], "due": []}
    for finding in rest:
        section = _section(finding)
        if section == "screening":
            sections["screening" if screening else "due"].append(finding)
        else:
            sections["due" if finding.severity == "info" else section].append(finding)
    for section, members in sections.items():
        if members:
            yield Group(drug, section, members, covers={section})


def _stands_alone(finding: Finding) -> bool:
    return finding.severity == "critical" and finding.statement.kind not in SCREENING | DOSE


def _section(item: Finding | NotAssessed) -> Section:
    kind = item.statement.kind
    if kind in SCREENING:
        return "screening"
    if kind in DOSE:
        return "dose"
    return "due" if kind == "monitoring-due" else "care"


def _merged(groups: list[Group]) -> list[Group]:
    """At most three cards, as far as no critical one has to be merged for it."""
    groups = _without_idle(groups)
    alone = any(group.section == "alone" for group in groups)
    steps: list[tuple[Section, Section]] = [("care", "due"), ("dose", "due"), ("care", "dose")]
    if not alone:
        steps.insert(0, ("care", "dose"))
    for source, target in steps:
        if len(groups) > MOST_CARDS:
            groups = _joined(groups, source, target)
    return groups


def _without_idle(groups: list[Group]) -> list[Group]:
    """A group of mere lines that nobody has to act on joins the last card that does not stand alone."""
    idle = [group for group in groups if all(_is_idle(finding) for finding in group.findings)]
    hosts = [group for group in groups if group not in idle and group.section != "alone"]
    if not idle or not hosts:
        return groups
    for group in idle:
        hosts[-1].findings += group.findings
        hosts[-1].covers |= group.covers
    return [group for group in groups if group not in idle]


def _is_idle(finding: Finding) -> bool:
    statement = finding.statement
    return statement.kind == "information" and statement.presentation == "detail" and not finding.proposals


def _joined(groups: list[Group], source: Section, target: Section) -> list[Group]:
    found = {group.section: group for group in groups if group.section in {source, target} and not group.critical}
    if len(found) < 2:
        return groups
    found[target].findings = [*found[source].findings, *found[target].findings]
    found[target].covers |= found[source].covers
    return [group for group in groups if group is not found[source]]


def _place(items: Iterable[NotAssessed], drug: str, groups: list[Group]) -> None:
    """Each where its subject is; without any card they get one of their own."""
    for item in sorted(items, key=lambda item: -SEVERITIES.index(item.statement.severity)):
        section = _section(item)
        fitting = [group for group in groups if section in group.covers] or [g for g in groups if g.section == "due"]
        if not (fitting or groups):
            groups.append(Group(drug, "unchecked", covers={"unchecked"}))
        (fitting or groups)[-1].not_assessed.append(item)


def _urgency(finding: Finding) -> tuple[int, bool, bool, bool]:
    """Within a card the most severe first; of these what is known, and what forbids something; mere lines last."""
    statement = finding.statement
    forbids = statement.kind == "contraindication"
    guessed = statement.kind not in ABOUT_ABSENCE and finding.state is not State.PRESENT
    return -SEVERITIES.index(finding.severity), statement.presentation == "detail", guessed, not forbids
