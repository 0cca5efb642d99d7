"""How a bare concept is read from the chart: present or not, the latest result, the newest act.

Absence is unknown where the concept is open-world, and always where the records could not be fetched.
"""

from collections.abc import Callable
from typing import Any

from cards.chart.latest import latest_result
from cards.chart.records import Gap, Problem, Records, Result
from cards.logic.values import FALSE, Missing, Value, lacking, unknown

Choose = Callable[[Records[Result]], Result | None]  # which of several results is meant


def absence(concept: str, records: Records[Any], *, open_world: bool) -> Value:
    """What finding nothing means."""
    if Gap.NOT_FETCHED in records.gaps:
        return unknown(concept, Gap.NOT_FETCHED)
    if open_world:
        return unknown(concept, Gap.UNREADABLE if Gap.UNREADABLE in records.gaps else Gap.NOT_ON_FILE)
    return Value(False, (), doubts(concept, records)) if records.gaps else FALSE


def doubts(concept: str, records: Records[Any]) -> tuple[Missing, ...]:
    """The reasons why there may be more than what was found."""
    if not records.gaps:
        return ()
    return tuple(lacking(concept, gap) for gap in sorted(records.gaps))


def exists(
    concept: str, records: Records[Any], holds: Callable[[Any], bool | None], *, open_world: bool = False
) -> Value:
    """Whether any record is of the kind asked for."""
    found = tuple([item for item in records.items if holds(item)]) if records.items else ()
    return Value(True, found) if found else absence(concept, records, open_world=open_world)


def present(problem: Problem) -> bool:
    return problem.active and not problem.suspected


def latest(concept: str, records: Records[Result], read: Callable[[Result], Any], choose: Choose) -> Value:
    """An attribute of the latest usable result; an unreadable latest result is unknown, never the one before it."""
    newest = choose(records)
    if newest is None:
        return absence(concept, records, open_world=True)
    value = read(newest)
    if value is None:
        why = Gap.UNREADABLE if newest.unreadable else Gap.NOT_ON_FILE
        return Value(None, (newest,), (lacking(concept, why),))
    return Value(value, (newest,), doubts(concept, records))


def of_readable(read: Callable[[Result], Any]) -> Callable[[Result], Any]:
    """The date of a result that could not be read is the date of nothing."""
    return lambda result: None if result.unreadable else read(result)


def measured(concept: str, records: Records[Result], readable: Callable[[Result], Any]) -> Value:
    """Whether a usable result of the kind the concept reads is on record."""
    items = tuple([item for item in records.items if readable(item) is not None]) if records.items else ()
    newest = latest_result(Records(items)) if items else None
    if newest is not None:
        return Value(True, (newest,), doubts(concept, records))
    if Gap.NOT_FETCHED in records.gaps:
        return unknown(concept, Gap.NOT_FETCHED)
    unreadable = bool(records.items) or Gap.UNREADABLE in records.gaps
    return Value(False, records.items, (lacking(concept, Gap.UNREADABLE if unreadable else Gap.NOT_ON_FILE),))


def newest_date(concept: str, records: Records[Any], holds: Callable[[Any], bool | None]) -> Value:
    """The date of the newest record that was done."""
    dated = [item for item in records.items if holds(item) and item.date is not None]
    if not dated:
        return absence(concept, records, open_world=True)
    newest: Any = max(dated, key=lambda item: item.date.high or item.date.low)
    return Value(newest.date, (newest,), doubts(concept, records))
