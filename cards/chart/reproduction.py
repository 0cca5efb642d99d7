"""Pregnancy, its end, breastfeeding and contraception: one answer from the several kinds of resources that tell."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from msgspec.structs import replace

from cards.chart.intervals import Day
from cards.chart.records import Act, Gap, Medication, Problem, Qualitative, Record, Records, Result

_TESTED = {Qualitative.POSITIVE: "pregnant", Qualitative.NEGATIVE: "not-pregnant"}


class Reader(Protocol):
    """What the chart reads from single kinds of resources."""

    def observed(self, concept: str) -> Records[Result]: ...
    def diagnosed(self, concept: str) -> Records[Problem]: ...
    def medications(self, concept: str) -> Records[Medication]: ...
    def acts(self, concept: str) -> Records[Act]: ...


def pregnancy_status(chart: Reader) -> Records[Result]:
    """Recorded status, pregnancy tests and pregnancies on the problem list."""
    status, tests, problems = chart.observed("pregnancy-status"), chart.observed("hcg"), chart.diagnosed("pregnancy")
    items = [_status(item) for item in status.items]
    items += [_status(item) for item in tests.items if item.qualitative in _TESTED]
    items += _from_problems(problems, "pregnant")
    return _merged(items, status, tests, problems)


def _status(item: Result) -> Result:
    """A status given as positive or negative means the same."""
    answer = item.answer or (_TESTED.get(item.qualitative) if item.qualitative else None)
    return replace(item, answer=answer, unreadable=item.unreadable and answer is None)


def pregnancy_intention(chart: Reader) -> Records[Result]:
    asked, problems = chart.observed("pregnancy-intention"), chart.diagnosed("procreative-management")
    return _merged([*asked.items, *_from_problems(problems, "wanted")], asked, problems)


def lactation_status(chart: Reader) -> Records[Result]:
    asked, problems = chart.observed("lactation-status"), chart.diagnosed("lactation")
    return _merged([*asked.items, *_from_problems(problems, "breastfeeding")], asked, problems)


def delivery_date(chart: Reader) -> Records[Result]:
    """Recorded dates, deliveries done, and the onset of a postpartum state."""
    recorded, acts, problems = chart.observed("delivery-date"), chart.acts("delivery"), chart.diagnosed("postpartum")
    items = list(recorded.items)
    items += [_at(act, act.date, None) for act in acts.items if act.done and act.date is not None]
    items += [_at(p, p.onset, None) for p in problems.items if p.onset is not None and not p.suspected]
    return _merged(items, recorded, acts, problems)


def contraception(chart: Reader) -> Records[Result]:
    """Observations that name a method, hormonal contraceptives in use and intrauterine devices."""
    said, pills, devices = (
        chart.observed("contraception"),
        chart.medications("hormonal-contraceptive"),
        chart.acts("iud"),
    )
    items = [item if item.answer else replace(item, answer="in-use") for item in said.items if not item.unreadable]
    items += [_at(m, m.start, "in-use") for m in pills.items if m.active and m.start is not None]
    items += [_at(act, act.date, "in-use") for act in devices.items if act.done and act.date is not None]
    return _merged(items, said, pills, devices)


def pregnancy_ended(chart: Reader) -> Records[Problem]:
    """Abortions, pregnancies that are over, and deliveries; each with the day of the end as its onset."""
    losses, pregnancies = chart.diagnosed("pregnancy-ended"), chart.diagnosed("pregnancy")
    births = chart.acts("delivery")
    items = list(losses.items)
    items += [replace(p, onset=p.ended, recorded=p.ended) for p in pregnancies.items if p.resolved and p.ended]
    items += [_birth(act) for act in births.items if act.done and act.date is not None]
    return Records(tuple(items), losses.gaps | pregnancies.gaps | births.gaps)


def _birth(act: Act) -> Problem:
    return Problem(
        reference=act.reference,
        label=act.label,
        matched_by=act.matched_by,
        raw=act.raw,
        active=False,
        suspected=False,
        resolved=True,
        onset=act.date,
        recorded=act.date,
        ended=act.date,
    )


def _from_problems(problems: Records[Problem], answer: str) -> Iterator[Result]:
    """A problem without any date cannot be placed in time; it is still found among the problems."""
    for problem in problems.items:
        when = problem.onset or problem.recorded
        if problem.active and not problem.suspected and when is not None:
            yield _at(problem, when, answer)


def _at(record: Record, when: Day | None, answer: str | None) -> Result:
    assert when is not None
    return Result(
        reference=record.reference,
        label=record.label,
        matched_by=record.matched_by,
        raw=record.raw,
        date=when,
        answer=answer,
        answer_date=when,
    )


def _merged(items: Iterable[Result], *sources: Records[object]) -> Records[Result]:
    return Records(tuple(items), frozenset[Gap]().union(*[source.gaps for source in sources]))


RESULTS: dict[str, Callable[[Reader], Records[Result]]] = {
    "pregnancy-status": pregnancy_status,
    "pregnancy-intention": pregnancy_intention,
    "lactation-status": lactation_status,
    "delivery-date": delivery_date,
    "contraception": contraception,
}
PROBLEMS: dict[str, Callable[[Reader], Records[Problem]]] = {"pregnancy-ended": pregnancy_ended}
