"""Which records of a drug may be meant: by the reason of the order, else by the conditions; by age and weight."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cards.chart.chart import Chart
from cards.chart.records import Gap, Medication, Problem, Record
from cards.dosing.doses import DrugDoses, RecordDoses
from cards.dosing.patient import Body


class Indicated(StrEnum):
    ONE = "ONE"
    SEVERAL = "SEVERAL"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Selection:
    """``indicated`` is ``None`` where the conditions could not be fetched.

    ``listed``: every record of the indications; ``fitting``: those whose age and weight may be the patient's;
    ``of_age``: those whose age may be.
    """

    indicated: Indicated | None
    conditions: frozenset[str]
    listed: tuple[RecordDoses, ...]
    of_age: tuple[RecordDoses, ...]
    fitting: tuple[RecordDoses, ...]
    rests_on: tuple[Record, ...]
    by_reason: bool


def select(doses: DrugDoses, drafts: Iterable[Medication], chart: Chart, body: Body) -> Selection:
    reasons = [draft for draft in drafts if draft.reason_given]
    known: bool = True
    if reasons:
        conditions = frozenset(key for draft in reasons for key in draft.reasons)
        rests_on: tuple[Record, ...] = ()
    else:
        found = {key: _active(chart, key) for key in doses.conditions}
        conditions = frozenset(key for key, problems in found.items() if problems)
        rests_on = _once(problem for problems in found.values() for problem in problems)
        known = Gap.NOT_FETCHED not in chart.problems(next(iter(doses.conditions))).gaps if doses.conditions else True
    listed = tuple(item for item in doses.records if _is_for(item, conditions))
    of_age = tuple(item for item in listed if body.of_age(item.record.population) is not False)
    fitting = tuple(item for item in of_age if body.of_weight(item.record.population) is not False)
    groups = {item.record.indication.conditions[0] for item in listed}
    indicated = Indicated.ONE if len(groups) == 1 else Indicated.SEVERAL if groups else Indicated.NONE
    return Selection(
        indicated=indicated if groups or known else None,
        conditions=conditions,
        listed=listed,
        of_age=of_age,
        fitting=fitting,
        rests_on=rests_on,
        by_reason=bool(reasons),
    )


def _is_for(item: RecordDoses, conditions: frozenset[str]) -> bool:
    return item.record.counts_as_indication and not conditions.isdisjoint(item.record.indication.conditions)


def _active(chart: Chart, key: str) -> tuple[Problem, ...]:
    return tuple(p for p in chart.problems(key).items if p.active and not p.suspected)


def _once(problems: Iterable[Problem]) -> tuple[Record, ...]:
    return tuple({problem.reference or id(problem): problem for problem in problems}.values())
