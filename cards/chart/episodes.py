"""Renewals: prescriptions of one drug that follow each other without a break are one course."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec.structs import replace

from cards.chart.records import Medication, MedicationSource


def with_episodes(medications: Iterable[Medication]) -> tuple[Medication, ...]:
    """The same medications; each course member starts where its unbroken course started.

    A prescription continues the one before it when it starts no later than the day after that one's end. An
    end that is not recorded is no bridge, unless the earlier prescription is still running.
    """
    items = list(medications)
    chains: dict[object, list[int]] = {}
    for position, item in enumerate(items):
        if _may_continue(item):
            chains.setdefault(_course(item), []).append(position)
    for positions in chains.values():
        if len(positions) > 1:
            _join(items, sorted(positions, key=lambda position: _start(items[position])))
    return tuple(items)


def _may_continue(item: Medication) -> bool:
    courses = {MedicationSource.REQUEST, MedicationSource.STATEMENT}
    return bool(item.drugs) and item.source in courses and not item.plan and item.start is not None and item.start.exact


def _course(item: Medication) -> object:
    """An oral and an intravenous course of one drug are two."""
    return item.drugs, frozenset(dose.route for dose in item.doses)


def _start(item: Medication) -> date:
    return (item.start.low if item.start else None) or date.min


def _join(items: list[Medication], ordered: list[int]) -> None:
    first = items[ordered[0]]
    reach = _reach(first)
    for position in ordered[1:]:
        item = items[position]
        if _start(item) <= reach:
            items[position] = replace(item, start=first.start, own_start=item.start)
            reach = max(reach, _reach(item))
        else:
            first, reach = item, _reach(item)


def _reach(item: Medication) -> date:
    """The last day on which a renewal still continues this prescription."""
    if item.end is not None and item.end.high is not None and item.end.high < date.max:
        return max(item.end.high, _start(item)) + timedelta(days=1)
    return date.max if item.active else _start(item)
