"""``assess(chart, knowledge, region) -> Assessment``: no I/O, no clock but the chart's own day."""

from collections.abc import Iterable

from cards.assess.evidence import evidence_of
from cards.assess.proposals import proposals_for
from cards.assess.scene import Scene
from cards.assess.scope import drugs_in_scope, is_concerned
from cards.assess.states import asked_about, state_of
from cards.chart.chart import Chart
from cards.chart.records import Gap
from cards.findings import Assessment, Explanation, Finding, NotAssessed, Verdict
from cards.knowledge.loader import Knowledge
from cards.knowledge.model import SEVERITIES, Severity
from cards.knowledge.statements import CompiledStatement
from cards.logic.values import Value

UNCHECKED = frozenset({Gap.NOT_FETCHED, Gap.UNREADABLE})


def assess(chart: Chart, knowledge: Knowledge, region: str = "cn") -> Assessment:
    """All that the statements in scope conclude about this chart, most severe first."""
    explanations: list[Explanation] = []
    not_assessed: list[NotAssessed] = []
    for drug, statements in drugs_in_scope(chart, knowledge):
        scene = Scene(chart, drug, region)
        found = _without_superseded([_explain(scene, statement) for statement in statements])
        explanations += found
        if is_concerned(scene):
            not_assessed += _not_assessed(found)
    findings = [item.finding for item in explanations if item.finding is not None]
    findings.sort(key=lambda finding: -SEVERITIES.index(finding.severity))
    return Assessment(tuple(findings), tuple(not_assessed), tuple(explanations))


def _explain(scene: Scene, statement: CompiledStatement) -> Explanation:
    entry, drug = statement.entry, scene.drug
    if not scene.stage_fits(statement):
        stage = scene.fact("stage")
        return Explanation(entry, drug, Verdict.NOT_IN_SCOPE, f"stage is {stage.value}", missing=stage.missing)
    applies = statement.applies(scene, {})
    if applies.value is None:
        return Explanation(entry, drug, Verdict.UNKNOWN, "whether it applies", missing=applies.missing)
    if not applies.value:
        return Explanation(entry, drug, Verdict.NOT_IN_SCOPE, "does not apply", applies.evidence, applies.missing)
    return _decide(scene, statement, applies, statement.fires(scene, {}))


def _decide(scene: Scene, statement: CompiledStatement, applies: Value, fires: Value) -> Explanation:
    entry = statement.entry
    if fires.value or (fires.value is None and entry.unknown == "fires"):
        if entry.presentation == "guard":
            return Explanation(entry, scene.drug, Verdict.SILENT, "never shown")
        finding = _finding(scene, statement, applies, fires)
        why = "its condition holds" if fires.value else "what would decide it is not known"
        return Explanation(entry, scene.drug, Verdict.FIRED, why, finding.evidence, fires.missing, finding)
    if fires.value is None:
        return Explanation(entry, scene.drug, Verdict.UNKNOWN, "cannot be decided", fires.evidence, fires.missing)
    if fires.missing:
        # Not negative: what it leaned on is missing, so it is not called silent.
        return Explanation(
            entry, scene.drug, Verdict.UNKNOWN, "does not hold as far as known", fires.evidence, fires.missing
        )
    return Explanation(entry, scene.drug, Verdict.SILENT, "its condition does not hold", fires.evidence)


def _finding(scene: Scene, statement: CompiledStatement, applies: Value, fires: Value) -> Finding:
    components = tuple(name for name, part in statement.components if part(scene, {}).value is not False)
    order = _order(scene)
    asked = asked_about(scene, statement.entry, components)
    return Finding(
        statement=statement.entry,
        drug=scene.drug,
        severity=_severity(scene, statement),
        state=state_of(statement.entry, asked, fires),
        order=order,
        evidence=evidence_of(applies, fires, order),
        missing=fires.missing,
        components=components,
        pending=asked.pending,
        unreadable=asked.unreadable,
        proposals=proposals_for(scene, statement, components, asked.pending),
    )


def _severity(scene: Scene, statement: CompiledStatement) -> Severity:
    for severity, when in statement.escalations:
        if when(scene, {}).value is True:
            return severity
    return statement.entry.severity


def _order(scene: Scene) -> str | None:
    """The draft a finding is about: the drug's own, else the drafted item that brought the statement up."""
    drafts = [draft for draft in scene.chart.medications(scene.drug).items if draft.draft]
    chosen = next((draft for draft in drafts if draft.selected), None)
    if chosen is not None:
        return chosen.reference
    selected = next((draft for draft in scene.chart.drafts if getattr(draft, "selected", True)), None)
    return selected.reference if selected else None


def _without_superseded(explanations: list[Explanation]) -> list[Explanation]:
    fired = [item for item in explanations if item.finding is not None]
    replaced = {identifier: item.statement.id for item in fired for identifier in item.statement.supersedes}
    return [
        Explanation(item.statement, item.drug, Verdict.SUPERSEDED, f"by {replaced[item.statement.id]}", item.evidence)
        if item.finding is not None and item.statement.id in replaced
        else item
        for item in explanations
    ]


def _not_assessed(explanations: list[Explanation]) -> Iterable[NotAssessed]:
    """Statements that could not be decided and that nothing which fired already reports.

    A statement whose catalogue entry names no reporter is left silent only when the fact is simply not on
    file; what could not be fetched or read is always said.
    """
    reported = {item.statement.id for item in explanations if item.verdict in {Verdict.FIRED, Verdict.SUPERSEDED}}
    for item in explanations:
        shown = item.statement.presentation != "guard"
        if item.verdict is not Verdict.UNKNOWN or not shown or reported & set(item.statement.handled_by):
            continue
        reasons = {missing.why for missing in item.missing}
        undecided = item.why == "cannot be decided"
        wanted = item.statement.unknown == "note" or bool(item.statement.handled_by)
        if UNCHECKED & reasons or (undecided and wanted):
            names = tuple(dict.fromkeys(missing.concept for missing in item.missing))
            yield NotAssessed(item.statement, item.drug, names, _worst(reasons), item.statement.unknown_note)


def _worst(reasons: set[Gap]) -> Gap:
    order = (Gap.NOT_FETCHED, Gap.UNREADABLE, Gap.NOT_ON_FILE)
    return next((gap for gap in order if gap in reasons), Gap.NOT_ON_FILE)
