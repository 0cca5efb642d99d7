"""The second pass: what becomes of a statement, with the records that decided it and what is missing."""

from collections.abc import Iterable

from cards.assess.evidence import evidence_of
from cards.assess.proposals import proposals_for
from cards.assess.scene import Scene
from cards.assess.states import NOTHING_ASKED, asked_about, state_of
from cards.assess.wording import worded
from cards.findings import Explanation, Finding, Verdict
from cards.knowledge.model import Severity
from cards.knowledge.statements import CompiledStatement
from cards.logic.values import Value

NOT_EVALUATED = "whether it applies"
UNDECIDED = "cannot be decided"
CANNOT_FIRE = "its condition does not hold"
Situation = tuple[Verdict | None, str, Value]  # without a verdict the statements about it are evaluated


def explained(scene: Scene, statements: Iterable[CompiledStatement]) -> list[Explanation]:
    explainer = _Explainer(scene)
    return [explainer.explain(statement) for statement in statements]


class _Explainer:
    """Explains the statements of one scene. What several of them share is worked out once."""

    __slots__ = ("_chapter", "_drug", "_order", "_scene", "_situations")

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._chapter, self._drug = scene.chapter.key, scene.subject
        self._order = _order(scene)
        self._situations: dict[str, Situation] = {}

    def explain(self, statement: CompiledStatement) -> Explanation:
        situation = self._situations.get(statement.situation)
        if situation is None:
            situation = self._situations[statement.situation] = _situation(self._scene, statement)
        verdict, why, applies = situation
        if verdict is None:
            return self._decided(statement, applies)
        entry, evidence, missing = statement.entry, applies.evidence, applies.missing
        if verdict is Verdict.UNKNOWN and not entry.outranks and _cannot_fire(self._scene, statement):
            verdict, why, missing = Verdict.SILENT, CANNOT_FIRE, ()
        return Explanation(entry, self._chapter, self._drug, verdict, why, evidence, missing)

    def _decided(self, statement: CompiledStatement, applies: Value) -> Explanation:
        entry, fires = statement.entry, statement.fires(self._scene, {})
        finding, evidence, missing = None, fires.evidence, fires.missing
        if fires.value or (fires.value is None and entry.unknown == "fires"):
            if not statement.shown:
                return Explanation(entry, self._chapter, self._drug, Verdict.SILENT, "never shown")
            finding = self._finding(statement, applies, fires)
            verdict, evidence = Verdict.FIRED, finding.evidence
            why = "its condition holds" if fires.value else "what would decide it is not known"
        elif fires.value is None:
            verdict, why = Verdict.UNKNOWN, UNDECIDED
        elif missing:
            # Not negative: what it leaned on is missing, so it is not called silent.
            verdict, why = Verdict.UNKNOWN, "does not hold as far as known"
        else:
            verdict, why = Verdict.SILENT, CANNOT_FIRE
        return Explanation(entry, self._chapter, self._drug, verdict, why, evidence, missing, finding)

    def _finding(self, statement: CompiledStatement, applies: Value, fires: Value) -> Finding:
        scene, entry, order = self._scene, statement.entry, self._order
        components = _components(scene, statement) if statement.components else ()
        asked = asked_about(scene, entry, components) if entry.asks else NOTHING_ASKED
        return Finding(
            statement=worded(statement, scene),
            chapter=self._chapter,
            drug=self._drug,
            severity=_severity(scene, statement) if statement.escalations else entry.severity,
            state=state_of(entry, asked, fires),
            order=order,
            evidence=evidence_of(applies, fires, order),
            missing=fires.missing,
            components=components,
            pending=asked.pending,
            unreadable=asked.unreadable,
            proposals=proposals_for(scene, statement, components, asked.pending) if statement.suggestions else (),
        )


def _situation(scene: Scene, statement: CompiledStatement) -> Situation:
    """Whether the stage, the population and ``applies`` of a statement are this patient's."""
    if not scene.stage_fits(statement):
        stage = scene.fact("stage")
        return Verdict.NOT_IN_SCOPE, f"stage is {stage.value}", Value(None, (), stage.missing)
    applies = scene.applies(statement)
    if applies.value is None:
        return Verdict.UNKNOWN, NOT_EVALUATED, Value(None, (), applies.missing)
    return (None, "", applies) if applies.value else (Verdict.NOT_IN_SCOPE, "does not apply", applies)


def _cannot_fire(scene: Scene, statement: CompiledStatement) -> bool:
    """Whether a statement is settled though nobody knows whether it applies: its condition certainly does not hold."""
    scene.lack = 0
    return statement.plain_fires(scene, {}) is False and not scene.lack


def _order(scene: Scene) -> str | None:
    """The draft a finding is about: the drug's own, else the drafted item that brought the statement up."""
    for draft in scene.chart.medications(scene.drug).items:
        if draft.draft and draft.selected:
            return draft.reference
    for draft in scene.chart.drafts:
        if getattr(draft, "selected", True):
            return draft.reference
    return None


def _components(scene: Scene, statement: CompiledStatement) -> tuple[str, ...]:
    """Those of a bundled statement that fired, or may have."""
    return tuple([name for name, part in statement.components if part(scene, {}) is not False])


def _severity(scene: Scene, statement: CompiledStatement) -> Severity:
    for severity, when in statement.escalations:
        if when(scene, {}) is True:
            return severity
    return statement.entry.severity
