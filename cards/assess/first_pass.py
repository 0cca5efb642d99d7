"""The first pass over the statements of a scene: which of them have something to say, worked out without evidence."""

from collections.abc import Iterable

from cards.assess.scene import Scene
from cards.knowledge.statements import CompiledStatement
from cards.logic.plain import GAP


def worth_explaining(scene: Scene, statements: Iterable[CompiledStatement]) -> list[CompiledStatement]:
    """Those that fire, or could not be decided for a reason that has to be said and that none which fires reports.

    Many statements are about the same situation (a first order, say); whether it is this patient's is worked out once.
    """
    situations: dict[str, tuple[bool | None, int]] = {}
    found: list[CompiledStatement] = []
    firing: set[str] = set()
    handled: set[str] = set()  # do not fire, and name others that report what they lack
    for statement in statements:
        situation = situations.get(statement.situation)
        if situation is None:
            scene.lack = 0
            applies = scene.plainly_applies(statement)
            situation = situations[statement.situation] = applies, scene.lack
        applies, scene.lack = situation
        entry = statement.entry
        fires = statement.plain_fires(scene, {}) if applies else None
        if fires or (applies and fires is None and entry.unknown == "fires"):
            found.append(statement)
            firing.add(entry.id)
        elif applies and entry.outranks:
            found.append(statement)
        elif scene.lack == GAP or (applies and fires is None and statement.reported_when_unknown):
            found.append(statement)
            if entry.handled_by:
                handled.add(entry.id)
    return [s for s in found if s.entry.id not in handled or firing.isdisjoint(s.entry.handled_by)]
