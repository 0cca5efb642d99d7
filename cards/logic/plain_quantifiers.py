"""Counting and choosing without reasons (see ``cards.logic.plain``): ``count``, ``newest``, ``number-true``, …"""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from cards.chart.intervals import Interval
from cards.chart.records import Gap, Records
from cards.logic.plain import DOUBT, GAP, Bindings, Plain, note

Collection = Callable[[Any, Bindings], Records[Any]]
Held = list[tuple[Any, bool | None]]


def counted(collection: Collection, variable: str, holds: Plain) -> Plain:
    """How many hold: a range when some cannot be told."""

    def plain(scene: Any, bindings: Bindings) -> Interval[Decimal] | None:
        held = _held(collection(scene, bindings), variable, holds, scene, bindings)
        return None if held is None else numbered(sum(1 for _, value in held if value), len(held))

    return plain


def ingredients(collection: Collection, variable: str, holds: Plain, drugs: frozenset[str]) -> Plain:
    """How many different ingredients of a group are among the records that hold."""

    def plain(scene: Any, bindings: Bindings) -> Interval[Decimal] | None:
        held = _held(collection(scene, bindings), variable, holds, scene, bindings)
        if held is None:
            return None
        sure = {drug for item, value in held if value for drug in item.drugs & drugs}
        return numbered(len(sure), len({drug for item, _ in held for drug in item.drugs & drugs}))

    return plain


def extreme(
    collection: Collection, variable: str, holds: Plain, choose: Callable[[list[Any]], Any], dated: Callable[[Any], Any]
) -> Plain:
    """The newest or oldest element that holds, as ``choose`` says; unknown when there is none, or it cannot be told."""

    def plain(scene: Any, bindings: Bindings) -> Any:
        held = _held(collection(scene, bindings), variable, holds, scene, bindings)
        if held is None:
            return None
        candidates = [pair for pair in held if dated(pair[0]) is not None]
        if not candidates:
            note(scene, GAP if held else DOUBT)
            return None
        item, value = choose(candidates)
        return None if value is None else item

    return plain


def tally(conditions: list[Plain], counted: bool | None) -> Plain:
    """How many of several conditions are ``counted`` (true, or unknown): only what they lack counts as lacking."""

    def plain(scene: Any, bindings: Bindings) -> Interval[Decimal]:
        outer, met, hits = scene.lack, 0, 0
        for condition in conditions:
            scene.lack = 0
            if condition(scene, bindings) is counted:
                hits, met = hits + 1, max(met, scene.lack)
        scene.lack = max(outer, met)
        return numbered(hits, hits)

    return plain


def _held(records: Records[Any], variable: str, holds: Plain, scene: Any, bindings: Bindings) -> Held | None:
    """The elements that hold or may; ``None`` where not all elements are known."""
    if records.gaps:
        scene.lack = GAP
        if Gap.NOT_FETCHED in records.gaps:
            return None
    if not records.items:
        return []
    inner = dict(bindings)
    found: Held = []
    for item in records.items:
        inner[variable] = item
        value = holds(scene, inner)
        if value is not False:
            found.append((item, value))
    return found


@lru_cache(maxsize=256)
def numbered(sure: int, possible: int) -> Interval[Decimal]:
    return Interval(Decimal(sure), Decimal(possible))
