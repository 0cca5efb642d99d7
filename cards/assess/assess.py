"""``assess(chart, knowledge, region) -> Assessment``: no I/O, no clock but the chart's own day."""

from collections.abc import Iterable

from cards.assess.about_patient import once_per_patient
from cards.assess.evidence import evidence_of
from cards.assess.first_pass import worth_explaining
from cards.assess.outranking import without_outranked
from cards.assess.proposals import proposals_for
from cards.assess.scene import Scene
from cards.assess.scope import is_concerned, scenes_in_scope
from cards.assess.states import asked_about, state_of
from cards.assess.wording import filled_in
from cards.chart.chart import Chart
from cards.chart.records import Gap
from cards.findings import Assessment, Explanation, Finding, NotAssessed, Verdict
from cards.knowledge.loader import Knowledge
from cards.knowledge.model import SEVERITIES, Severity
from cards.knowledge.statements import CompiledStatement
from cards.logic.values import FALSE, UNCHECKED, Value


def assess(chart: Chart, knowledge: Knowledge, region: str = "cn", *, explained: bool = True) -> Assessment:
    """All that the statements in scope conclude about this chart, most severe first.

    Without ``explained`` a statement that is silent and lacks nothing is passed over: the findings are the same.
    """
    explanations: list[Explanation] = []
    concerned: list[Explanation] = []
    for scene, statements in scenes_in_scope(chart, knowledge, region):
        looked_at = statements if explained else worth_explaining(scene, statements)
        found = [_explain(scene, statement) for statement in looked_at]
        explanations += found
        if is_concerned(scene):
            concerned += found
    explanations = once_per_patient(_without_superseded(without_outranked(_once(explanations))))
    not_assessed = list(_not_assessed(concerned, explanations))
    findings = [item.finding for item in explanations if item.finding is not None]
    findings.sort(key=lambda finding: -SEVERITIES.index(finding.severity))
    return Assessment(tuple(findings), tuple(not_assessed), tuple(explanations))


def _explain(scene: Scene, statement: CompiledStatement) -> Explanation:
    if not scene.stage_fits(statement):
        stage = scene.fact("stage")
        return _explained(
            scene, statement, Verdict.NOT_IN_SCOPE, f"stage is {stage.value}", Value(None, (), stage.missing)
        )
    applies = scene.applies(statement)
    if applies.value is None:
        return _explained(scene, statement, Verdict.UNKNOWN, "whether it applies", Value(None, (), applies.missing))
    if not applies.value:
        return _explained(scene, statement, Verdict.NOT_IN_SCOPE, "does not apply", applies)
    return _decide(scene, statement, applies, statement.fires(scene, {}))


def _decide(scene: Scene, statement: CompiledStatement, applies: Value, fires: Value) -> Explanation:
    entry = statement.entry
    if fires.value or (fires.value is None and entry.unknown == "fires"):
        if entry.presentation == "guard":
            return _explained(scene, statement, Verdict.SILENT, "never shown")
        finding = _finding(scene, statement, applies, fires)
        why = "its condition holds" if fires.value else "what would decide it is not known"
        rests_on = Value(fires.value, finding.evidence, fires.missing)
        return _explained(scene, statement, Verdict.FIRED, why, rests_on, finding=finding)
    if fires.value is None:
        return _explained(scene, statement, Verdict.UNKNOWN, "cannot be decided", fires)
    if fires.missing:
        # Not negative: what it leaned on is missing, so it is not called silent.
        return _explained(scene, statement, Verdict.UNKNOWN, "does not hold as far as known", fires)
    return _explained(scene, statement, Verdict.SILENT, "its condition does not hold", fires)


def _explained(
    scene: Scene,
    statement: CompiledStatement,
    verdict: Verdict,
    why: str,
    rests_on: Value = FALSE,
    *,
    finding: Finding | None = None,
) -> Explanation:
    evidence, missing = rests_on.evidence, rests_on.missing
    return Explanation(statement.entry, scene.chapter.key, scene.subject, verdict, why, evidence, missing, finding)


def _finding(scene: Scene, statement: CompiledStatement, applies: Value, fires: Value) -> Finding:
    components = tuple(name for name, part in statement.components if part(scene, {}).value is not False)
    order = _order(scene)
    asked = asked_about(scene, statement.entry, components)
    return Finding(
        statement=filled_in(statement.worded(scene), scene),
        chapter=scene.chapter.key,
        drug=scene.subject,
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


def _once(explanations: list[Explanation]) -> list[Explanation]:
    """A finding about the same order or the patient is said once, though two drafted drugs brought it up."""
    seen: set[tuple[str, str | None]] = set()
    kept: list[Explanation] = []
    for item in explanations:
        if item.finding is not None:
            key = (item.statement.id, item.finding.order)
            if key in seen:
                continue
            seen.add(key)
        kept.append(item)
    return kept


def _without_superseded(explanations: list[Explanation]) -> list[Explanation]:
    """What a finding drops of the same drug: two drafted drugs do not speak for each other."""
    fired = [item.finding for item in explanations if item.finding is not None]
    strong = [finding for finding in fired if finding.statement.supersedes or finding.statement.replaces]
    return [_superseded(item, _dropped_by(item.finding, strong)) for item in explanations]


def _dropped_by(finding: Finding | None, strong: Iterable[Finding]) -> str | None:
    """``supersedes`` drops a finding; ``replaces`` does so only where the dropped one is not more severe."""
    found: str | None = None
    for other in strong if finding is not None else ():
        if finding is None or (other.drug != finding.drug and other.order is not None and finding.order is not None):
            continue
        weaker = SEVERITIES.index(finding.severity) <= SEVERITIES.index(other.severity)
        if finding.statement.id in other.statement.supersedes or (
            weaker and finding.statement.id in other.statement.replaces
        ):
            found = other.statement.id
    return found


def _superseded(item: Explanation, by: str | None) -> Explanation:
    if item.finding is None or by is None:
        return item
    return Explanation(item.statement, item.chapter, item.drug, Verdict.SUPERSEDED, f"by {by}", item.evidence)


def _not_assessed(concerned: Iterable[Explanation], explanations: Iterable[Explanation]) -> Iterable[NotAssessed]:
    """Statements that could not be decided and that nothing which fired already reports.

    A statement whose catalogue entry names no reporter is left silent only when the fact is simply not on
    file; what could not be fetched or read is always said.
    """
    reported = {item.statement.id for item in explanations if item.verdict in {Verdict.FIRED, Verdict.SUPERSEDED}}
    for item in concerned:
        shown = item.statement.presentation != "guard"
        if item.verdict is not Verdict.UNKNOWN or not shown or reported & set(item.statement.handled_by):
            continue
        reasons = {missing.why for missing in item.missing}
        undecided = item.why == "cannot be decided"
        wanted = item.statement.unknown == "note" or bool(item.statement.handled_by)
        if UNCHECKED & reasons or (undecided and wanted):
            names = tuple(dict.fromkeys(missing.concept for missing in item.missing))
            yield NotAssessed(
                item.statement, item.chapter, item.drug, names, _worst(reasons), item.statement.unknown_note
            )


def _worst(reasons: set[Gap]) -> Gap:
    order = (Gap.NOT_FETCHED, Gap.UNREADABLE, Gap.NOT_ON_FILE)
    return next((gap for gap in order if gap in reasons), Gap.NOT_ON_FILE)
