"""``and`` and ``or`` without reasons (see ``cards.logic.plain``). What is foregone is not evaluated part by part."""

from collections.abc import Sequence
from typing import Any

from cards.logic.foregone import Foregone, all_looked_for, unless_on_file
from cards.logic.plain import Bindings, Plain

Part = tuple[Plain, Foregone | None]


def joined(parts: Sequence[Part], *, deciding: bool) -> Plain:
    """Kleene ``or`` (``deciding`` true) or ``and``; only a part without a doubt ends it, as in the full evaluation.

    In which order the parts are looked at changes neither the answer nor what it lacks.
    """
    one_by_one = _joined([part for part, _ in parts], deciding, not deciding, 0)
    foregone = [known for _, known in parts if known is not None]
    certain = [known for known in foregone if known.value is deciding and not known.lack]
    if certain:
        return unless_on_file(one_by_one, min(certain, key=lambda known: known.looked_for.bit_count()))
    if not foregone:
        return one_by_one
    looked_for = all_looked_for(foregone)
    others = _joined([part for part, known in parts if known is None], deciding, *_taken_together(foregone, deciding))

    def plain(scene: Any, bindings: Bindings) -> bool | None:
        if looked_for & scene.on_file:
            return one_by_one(scene, bindings)
        return others(scene, bindings)

    return plain


def _taken_together(foregone: Sequence[Foregone], deciding: bool) -> tuple[bool | None, int]:
    """What the foregone parts leave the others to decide, and what they lack."""
    values = {known.value for known in foregone}
    answer = deciding if deciding in values else None if None in values else not deciding
    return answer, max(known.lack for known in foregone)


def _joined(parts: Sequence[Plain], deciding: bool, so_far: bool | None, lacking: int) -> Plain:
    def plain(scene: Any, bindings: Bindings) -> bool | None:
        answer, met, outer = so_far, lacking, scene.lack
        scene.lack = 0
        for part in parts:
            value = part(scene, bindings)
            lack = scene.lack
            if value is deciding:
                if not lack:
                    scene.lack = outer
                    return deciding
                answer = deciding
            elif value is None and answer is not deciding:
                answer = None
            if lack:
                scene.lack = 0
                if lack > met:
                    met = lack
        scene.lack = met if met > outer else outer
        return answer

    return plain
