"""The first pass over the statements of a scene: which of them have something to say, worked out without evidence."""

from collections.abc import Iterable

from cards.assess.scene import Scene
from cards.knowledge.statements import CompiledStatement
from cards.logic.plain import GAP


def worth_explaining(scene: Scene, statements: Iterable[CompiledStatement]) -> list[CompiledStatement]:
    """Those that fire, or could not be decided for a reason that has to be said.

    Many statements are about the same situation (a first order, say); whether it is this patient's is worked out once.
    """
    situations: dict[str, tuple[bool | None, int]] = {}
    found: list[CompiledStatement] = []
    for statement in statements:
        if not statement.shown:
            continue
        situation = situations.get(statement.situation)
        if situation is None:
            scene.lack = 0
            applies = scene.plainly_applies(statement)
            situation = situations[statement.situation] = applies, scene.lack
        applies, scene.lack = situation
        if _has_something_to_say(scene, statement) if applies else scene.lack == GAP:
            found.append(statement)
    return found


def _has_something_to_say(scene: Scene, statement: CompiledStatement) -> bool:
    if statement.entry.outranks:
        return True
    fires = statement.plain_fires(scene, {})
    if fires is None:
        return statement.reported_when_unknown or scene.lack == GAP
    return fires or scene.lack == GAP
