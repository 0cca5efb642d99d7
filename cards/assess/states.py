"""Why a finding about a test fired: never done, too old, ordered and pending, or not readable."""

from dataclasses import dataclass
from functools import lru_cache

from cards.assess.scene import Scene
from cards.chart.latest import latest_result
from cards.chart.on_file import key
from cards.chart.records import Gap, Qualitative
from cards.findings import State
from cards.knowledge.model import Statement
from cards.logic.values import Value
from cards.terminology import Terminology

ABOUT_ABSENCE = frozenset({"screening-missing", "premedication"})


@dataclass(slots=True)
class Asked:
    """The tests a finding asks for, by what is known of each."""

    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()


NOTHING_ASKED = Asked()


def asked_about(scene: Scene, statement: Statement, components: tuple[str, ...]) -> Asked:
    """Sorts the asked tests; of a bundled statement only those components that fired."""
    found: dict[State, tuple[str, ...]] = {}
    for concept in statement.asks:
        if not statement.components or concept in components:
            state = _state(scene, concept)
            found[state] = (*found.get(state, ()), concept)
    of = found.get
    return Asked(of(State.MISSING, ()), of(State.STALE, ()), of(State.UNREADABLE, ()), of(State.PENDING, ()))


def _state(scene: Scene, concept: str) -> State:
    chart = scene.chart
    kind = chart.terminology.kind(concept)
    if kind not in {"lab", "act"}:
        return State.MISSING
    if is_ordered(scene, concept):
        return State.PENDING
    if kind == "act":
        return State.STALE if any(act.done for act in chart.acts(concept).items) else State.MISSING
    results = chart.results(concept)
    newest = latest_result(results) if results.items else None
    if newest is None or newest.qualitative is Qualitative.INDETERMINATE:
        return State.MISSING
    return State.UNREADABLE if newest.unreadable else State.STALE


def is_ordered(scene: Scene, concept: str) -> bool:
    """Whether the test, or one that answers for it, is ordered or drafted."""
    if scene.chart.on_file.isdisjoint(_keys(scene.chart.terminology, concept)):
        return False
    return any(scene.chart.test_orders(name).items for name in scene.chart.terminology.with_alternatives(concept))


@lru_cache(maxsize=4096)
def _keys(terminology: Terminology, concept: str) -> frozenset[str]:
    """What is on file (see ``cards.chart.on_file``) where such an order is."""
    return frozenset(key("test orders", name) for name in terminology.with_alternatives(concept))


def state_of(statement: Statement, asked: Asked, fires: Value) -> State:
    """The state of the finding as a whole: what is still to be ordered decides before what is pending."""
    if asked.missing:
        return State.MISSING
    if asked.unreadable:
        return State.UNREADABLE
    if asked.stale:
        return State.STALE
    if asked.pending:
        return State.PENDING
    if statement.asks or fires.value is None or statement.kind in ABOUT_ABSENCE:
        for item in fires.missing:
            if item.why is Gap.UNREADABLE:
                return State.UNREADABLE
        return State.MISSING
    return State.STALE if statement.kind == "screening-stale" else State.PRESENT
