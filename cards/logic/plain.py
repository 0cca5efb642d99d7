"""Verdicts without reasons: what an expression is worth, and nothing about why.

Most statements of a call are silent. A first pass with these closures finds them; only the others are evaluated again
with evidence. A plain value is what ``Value.value`` would be, ``None`` when unknown.

``scene.lack`` rises to ``DOUBT`` where ``Value.missing`` would not be empty, and to ``GAP`` where it would name data
that were not fetched or could not be read: a statement that met such a gap is evaluated in full. It may rise too often,
never too seldom.
"""

from collections.abc import Callable
from typing import Any

from cards.chart.records import Gap, Records
from cards.logic.values import UNCHECKED, Value

Bindings = dict[str, Any]
Plain = Callable[[Any, Bindings], Any]
DOUBT, GAP = 1, 2


def stripped(evaluate: Callable[[Any, Bindings], Any]) -> Plain:
    """The plain form of any closure, for what has none of its own."""

    def plain(scene: Any, bindings: Bindings) -> Any:
        value = evaluate(scene, bindings)
        return strip(scene, value) if isinstance(value, Value) else value

    return plain


def strip(scene: Any, value: Value) -> Any:
    """What a value is worth; its lacks are noted on the scene."""
    if value.missing and scene.lack < GAP:
        scene.lack = GAP if any(missing.why in UNCHECKED for missing in value.missing) else DOUBT
    return value.value


def remembered(name: str, work_out: str) -> Plain:
    """A fact or built-in; ``work_out`` is the scene's method that finds it the first time."""

    def plain(scene: Any, _bindings: Bindings) -> Any:
        found = scene.plain_values.get(name)
        if found is None:
            return getattr(scene, work_out)(name)
        if found[1] > scene.lack:
            scene.lack = found[1]
        return found[0]

    return plain


def kept(key: str, part: Plain) -> Plain:
    """``part``, worked out once a scene; no fact has such a ``key``."""

    def plain(scene: Any, bindings: Bindings) -> Any:
        found = scene.plain_values.get(key)
        if found is None:
            outer, scene.lack = scene.lack, 0
            value = part(scene, bindings)
            found = scene.plain_values[key] = value, scene.lack
            scene.lack = outer
        if found[1] > scene.lack:
            scene.lack = found[1]
        return found[0]

    return plain


def negated(part: Plain) -> Plain:
    def plain(scene: Any, bindings: Bindings) -> bool | None:
        value = part(scene, bindings)
        return None if value is None else not value

    return plain


def reader(base: Plain, read: Callable[[Any], Any]) -> Plain:
    def plain(scene: Any, bindings: Bindings) -> Any:
        record = base(scene, bindings)
        if record is None:
            return None
        value = read(record)
        if value is None:
            note(scene, GAP if getattr(record, "unreadable", False) else DOUBT)
        return value

    return plain


def both(left: Plain, right: Plain, join: Callable[[Any, Any], Any]) -> Plain:
    def plain(scene: Any, bindings: Bindings) -> Any:
        a, b = left(scene, bindings), right(scene, bindings)
        return None if a is None or b is None else join(a, b)

    return plain


def compared(left: Plain, right: Plain, compare: Callable[[Any, Any], bool | None]) -> Plain:
    def plain(scene: Any, bindings: Bindings) -> bool | None:
        a, b = left(scene, bindings), right(scene, bindings)
        if a is None or b is None:
            return None
        value = compare(a, b)
        if value is None:
            scene.lack = GAP  # not precise enough to be told
        return value

    return plain


def known(part: Plain, *, wanted_unknown: bool) -> Plain:
    return lambda scene, bindings: (part(scene, bindings) is None) is wanted_unknown


def membership(part: Plain, words: frozenset[Any], *, positive: bool, two_valued: bool) -> Plain:
    def plain(scene: Any, bindings: Bindings) -> bool | None:
        value = part(scene, bindings)
        if value is None and not two_valued:
            return None
        return (value in words) is positive

    return plain


def exists(
    records_of: Callable[[Any], Records[Any]], holds: Callable[[Any], Any], *, open_world: bool = False
) -> Plain:
    def plain(scene: Any, _bindings: Bindings) -> bool | None:
        records = records_of(scene)
        for item in records.items:
            if holds(item):
                return True
        return absent(scene, records, open_world=open_world)

    return plain


def absent(scene: Any, records: Records[Any], *, open_world: bool) -> bool | None:
    """What finding nothing is worth."""
    if records.gaps:
        scene.lack = GAP
        return None if open_world or Gap.NOT_FETCHED in records.gaps else False
    if open_world:
        note(scene, DOUBT)
    return None if open_world else False


def note(scene: Any, lack: int) -> None:
    if lack > scene.lack:
        scene.lack = lack


def latest(records_of: Callable[[Any], Records[Any]], read: Callable[[Any], Any], choose: Callable[..., Any]) -> Plain:
    def plain(scene: Any, _bindings: Bindings) -> Any:
        records = records_of(scene)
        if records.gaps:
            scene.lack = GAP
        newest = choose(records)
        value = None if newest is None else read(newest)
        if value is None:
            note(scene, GAP if newest is not None and newest.unreadable else DOUBT)
        return value

    return plain


def any_holds(collection: Callable[..., Any], variable: str, holds: Plain, *, wanted: bool = True) -> Plain:
    """Whether ``holds`` is ``wanted`` of any record of the collection."""

    def plain(scene: Any, bindings: Bindings) -> bool | None:
        records: Records[Any] = collection(scene, bindings)
        answer: bool | None = False
        inner = dict(bindings)
        for item in records.items:
            inner[variable] = item
            value = holds(scene, inner)
            if value is wanted:
                return True
            if value is None:
                answer = None
        if records.gaps:
            scene.lack = GAP
            return None if Gap.NOT_FETCHED in records.gaps else answer
        return answer

    return plain
