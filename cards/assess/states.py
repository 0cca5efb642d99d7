"""Why a finding about a test fired: never done, too old, ordered and pending, or not readable."""

from dataclasses import dataclass

from cards.assess.scene import Scene
from cards.chart.latest import latest_result
from cards.chart.records import Gap, Qualitative
from cards.findings import State
from cards.knowledge.model import Statement
from cards.logic.values import Value


@dataclass(frozen=True, slots=True)
class Asked:
    """The tests a finding asks for, by what is known of each."""

    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()


def asked_about(scene: Scene, statement: Statement, components: tuple[str, ...]) -> Asked:
    """Sorts the asked tests; of a bundled statement only those components that fired."""
    wanted = [name for name in statement.asks if not statement.components or name in components]
    found: dict[State, list[str]] = {state: [] for state in State}
    for concept in wanted:
        found[_state(scene, concept)].append(concept)
    return Asked(
        tuple(found[State.MISSING]),
        tuple(found[State.STALE]),
        tuple(found[State.UNREADABLE]),
        tuple(found[State.PENDING]),
    )


def _state(scene: Scene, concept: str) -> State:
    kind = scene.chart.terminology.kind(concept)
    if kind in {"lab", "act"} and is_ordered(scene, concept):
        return State.PENDING
    if kind != "lab":
        return State.STALE if kind == "act" and any(a.done for a in scene.chart.acts(concept).items) else State.MISSING
    newest = latest_result(scene.chart.results(concept))
    if newest is None or newest.qualitative is Qualitative.INDETERMINATE:
        return State.MISSING
    return State.UNREADABLE if newest.unreadable else State.STALE


def is_ordered(scene: Scene, concept: str) -> bool:
    """Whether the test, or one that answers for it, is ordered or drafted."""
    return any(scene.chart.test_orders(key).items for key in scene.chart.terminology.with_alternatives(concept))


def state_of(statement: Statement, asked: Asked, fires: Value) -> State:
    """The state of the finding as a whole: what is still to be ordered decides before what is pending."""
    for tests, state in (
        (asked.missing, State.MISSING),
        (asked.unreadable, State.UNREADABLE),
        (asked.stale, State.STALE),
        (asked.pending, State.PENDING),
    ):
        if tests:
            return state
    if statement.asks or fires.value is None or statement.kind in {"screening-missing", "premedication"}:
        return State.UNREADABLE if Gap.UNREADABLE in {item.why for item in fires.missing} else State.MISSING
    return State.STALE if statement.kind == "screening-stale" else State.PRESENT
