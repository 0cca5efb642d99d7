"""Which findings share a card.

- A critical finding stands alone with those of its topic, unless it is a missing screen or a dose.
- Everything unscreened is one card, and so is everything about dose and dates.
- Other warnings share a card, and everything due or informative shares one.
- Mere lines, such as the grade of a recommendation, get no card of their own where a card they can stand on exists.
- More than three cards for a drug are merged further, the least urgent first; a critical card is never merged.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from cards.compose.phrasebook import Phrasebook
from cards.compose.point import RANKS, SCREENING, Point
from cards.findings import Assessment, NotAssessed, State
from cards.knowledge.model import SEVERITIES, FindingKind, Severity

Section = Literal["alone", "screening", "dose", "care", "due", "unchecked"]
MOST_CARDS = 3
ABOUT_ABSENCE = SCREENING | {"monitoring-due", "premedication", "vaccination"}  # where a gap is the finding itself
DOSE: frozenset[FindingKind] = frozenset({"dose-check", "interval-check", "switching/washout"})
SECTIONS: dict[FindingKind, Section] = {  # the others are about care
    **dict.fromkeys(SCREENING, "screening"),
    **dict.fromkeys(DOSE, "dose"),
    "monitoring-due": "due",
}


@dataclass(slots=True, eq=False)
class Group:
    """The findings of one card of one drug, most severe first."""

    drug: str
    section: Section
    points: list[Point] = field(default_factory=list[Point])
    not_assessed: list[NotAssessed] = field(default_factory=list[NotAssessed])
    covers: set[Section] = field(default_factory=set[Section])

    @property
    def rank(self) -> int:
        """Of its most severe finding."""
        highest = 0
        for point in self.points:
            rank = RANKS[point.finding.severity]
            if rank > highest:
                highest = rank
        return highest

    @property
    def severity(self) -> Severity:
        return SEVERITIES[self.rank]


def grouped(assessment: Assessment, phrases: Phrasebook) -> list[Group]:
    """All cards to write, most severe first."""
    points: dict[str, list[Point]] = {}
    for finding in assessment.findings:
        points.setdefault(finding.drug, []).append(Point(finding, phrases.words(finding.statement)))
    unchecked: dict[str, list[NotAssessed]] = {}
    for item in assessment.not_assessed:
        unchecked.setdefault(item.drug, []).append(item)
    drugs = points | dict.fromkeys(unchecked)
    groups = [group for drug in drugs for group in _of_drug(drug, points.get(drug, []), unchecked.get(drug, ()))]
    return sorted(groups, key=lambda group: -group.rank)


def _of_drug(drug: str, points: list[Point], unchecked: Iterable[NotAssessed]) -> list[Group]:
    groups = _merged(_first_groups(drug, points))
    if unchecked:
        _place(unchecked, drug, groups)
    for group in groups:
        group.points.sort(key=_urgency)
    return groups


def _first_groups(drug: str, points: list[Point]) -> list[Group]:
    alone: dict[str, list[Point]] = {}
    sections: dict[Section, list[Point]] = {"screening": [], "dose": [], "care": [], "due": []}
    unscreened = [p for p in points if p.words.statement.kind in SCREENING and p.finding.severity != "info"]
    for point in points:
        severity, kind = point.finding.severity, point.words.statement.kind
        section = SECTIONS.get(kind, "care")
        if section == "screening":
            sections["screening" if unscreened else "due"].append(point)
        elif severity == "critical" and section != "dose":
            alone.setdefault(point.words.topic, []).append(point)
        else:
            sections["due" if severity == "info" else section].append(point)
    groups = [Group(drug, "alone", members, covers={"alone"}) for members in alone.values()]
    groups += [Group(drug, name, members, covers={name}) for name, members in sections.items() if members]
    return groups


def _merged(groups: list[Group]) -> list[Group]:
    """At most three cards, as far as no critical one has to be merged for it."""
    groups = _without_idle(groups)
    if len(groups) <= MOST_CARDS:
        return groups
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
    idle = [group for group in groups if _is_idle(group)]
    hosts = [group for group in groups if group not in idle and group.section != "alone"] if idle else []
    if not hosts:
        return groups
    for group in idle:
        hosts[-1].points += group.points
        hosts[-1].covers |= group.covers
    return [group for group in groups if group not in idle]


def _is_idle(group: Group) -> bool:
    for point in group.points:
        statement = point.words.statement
        if statement.kind != "information" or statement.presentation != "detail" or point.finding.proposals:
            return False
    return True


def _joined(groups: list[Group], source: Section, target: Section) -> list[Group]:
    found = {g.section: g for g in groups if g.section in {source, target} and g.severity != "critical"}
    if len(found) < 2:
        return groups
    found[target].points = [*found[source].points, *found[target].points]
    found[target].covers |= found[source].covers
    return [group for group in groups if group is not found[source]]


def _place(items: Iterable[NotAssessed], drug: str, groups: list[Group]) -> None:
    """Each where its subject is; without any card they get one of their own."""
    for item in sorted(items, key=lambda item: -RANKS[item.statement.severity]):
        section = SECTIONS.get(item.statement.kind, "care")
        fitting = [group for group in groups if section in group.covers] or [g for g in groups if g.section == "due"]
        if not (fitting or groups):
            groups.append(Group(drug, "unchecked", covers={"unchecked"}))
        (fitting or groups)[-1].not_assessed.append(item)


def _urgency(point: Point) -> tuple[int, bool, bool, bool]:
    """Within a card the most severe first; of these what is known, and what forbids something; mere lines last."""
    finding, statement = point.finding, point.words.statement
    forbids = statement.kind == "contraindication"
    guessed = statement.kind not in ABOUT_ABSENCE and finding.state is not State.PRESENT
    return -RANKS[finding.severity], statement.presentation == "detail", guessed, not forbids
