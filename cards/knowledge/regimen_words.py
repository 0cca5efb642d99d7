"""Regimens in words, in one language, as a pharmacist would read them aloud."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from cards.dosing.model import Amount, Bound, Ceiling, Option, Plan, Population, Record, Regulatory, Timing
from cards.errors import KnowledgeError
from cards.words import Words
from cards.yaml_files import read_yaml, validated

FILE = Path(__file__).parents[1] / "locale" / "regimens.yaml"


@cache
def _words() -> Mapping[str, Words]:
    content = cast(Mapping[str, Any], read_yaml(FILE))
    return {key: validated(Words, value, FILE, key) for key, value in content.items()}


def number(value: Decimal) -> str:
    return format(value.normalize(), "f")


class RegimenWords:
    """Says records, doses and limits in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, key: str, **values: object) -> str:
        words = _words().get(key)
        if words is None:
            raise KnowledgeError(FILE.name, key, "no such words")
        return words.in_language(self.language).format(**values)

    def doses(self, record: Record) -> list[str]:
        """Every way to give the drug that the record recommends."""
        regimen = record.regimen
        lines = [self._option(regimen.start, "start")] if regimen.start else []
        lines += self.plan(regimen)
        if regimen.no_loading:
            lines.append(self.say("no_loading"))
        if regimen.infusion:
            lines.append(self.say("infusion", minutes=number(regimen.infusion.min_minutes)))
        return lines or ([] if record.accepts else [self.say("no_dose")])

    def plan(self, plan: Plan) -> list[str]:
        days = [self.say("titration", day=d.day, am=number(d.am_mg), pm=number(d.pm_mg)) for d in plan.titration]
        induction = [
            self.say(
                "induction",
                first=number(item.from_week),
                last=number(item.to_week),
                dose=f"{self._amount(item)} {self._timings(item.timing)}",
            )
            for item in plan.induction
        ]
        return [*days, *self._loading(plan), *induction, *(self._option(option) for option in plan.options)]

    def _loading(self, plan: Plan) -> Iterator[str]:
        """Equal doses in a row are said once."""
        for dose, members in groupby(plan.loading, self._amount):
            items = list(members)
            weeks = [number(item.at_week) for item in items if item.at_week is not None]
            days = [number(item.at_day) for item in items if item.at_day is not None]
            if weeks:
                yield self.say("loading", dose=dose, weeks=self._list(weeks))
            if days:
                yield self.say("loading_day", dose=dose, days=self._list(days))

    def _option(self, option: Option, said_as: str = "") -> str:
        dose = " ".join(part for part in (self._amount(option), self._timings(option.timing)) if part)
        if option.doses is not None and option.gap_days is not None:
            dose = self.say("course", dose=self._amount(option), doses=option.doses, gap=number(option.gap_days))
        parts = [self.say(said_as, dose=dose) if said_as else dose, *self._about(option)]
        return self._list(part for part in parts if part)

    def _about(self, option: Option) -> Iterator[str]:
        for key in (option.route, option.form):
            if key:
                yield self.say(key)
        for key, name, value in (
            ("from_week", "week", option.start_week),
            ("from_day", "day", option.start_day),
            ("until_week", "week", option.until_week),
        ):
            if value is not None:
                yield self.say(key, **{name: number(value)})
        if option.population:
            yield self.population(option.population)
        if option.condition:
            yield self.say("condition", condition=option.condition.in_language(self.language))
        if not option.timing and option.doses is None:
            yield self.say("timing_lost")
        if not option.usable_for_findings:
            yield self.say("only_passes")

    def _amount(self, dose: Amount) -> str:
        said = ""
        if dose.amount is not None:
            said = self._quantity(dose.amount, dose.unit or "")
        elif dose.amount_min is not None and dose.amount_max is not None:
            limits = self.say("range", low=number(dose.amount_min), high=number(dose.amount_max))
            said = self.say("amount", amount=limits, unit=dose.unit)
        elif dose.amount_max is not None:
            said = self.say("at_most", amount=self._quantity(dose.amount_max, dose.unit or ""))
        return said if dose.max_amount is None else self.say("capped", dose=said, amount=number(dose.max_amount))

    def _quantity(self, amount: Decimal, unit: str) -> str:
        return self.say("amount", amount=number(amount), unit=unit)

    def _timings(self, timings: Iterable[Timing]) -> str:
        return self.say("or").join(self._timing(item) for item in timings)

    def _timing(self, timing: Timing) -> str:
        unit = timing.period_unit
        if timing.period == 1 and timing.period_max is None and unit in {"d", "wk", "mo"}:
            times = "once" if timing.frequency == 1 else "times"
            return self.say(f"{times}_{unit}", times=timing.frequency)
        period = number(timing.period)
        if timing.period_max is not None:
            period = self.say("range", low=period, high=number(timing.period_max))
        every = self.say(f"every_{unit}", period=period)
        return every if timing.frequency == 1 else self.say("times_every", times=timing.frequency, every=every)

    def population(self, population: Population) -> str:
        said = [
            self.say(key, **{name: number(value)})
            for key, name, value in (
                ("age_from", "age", population.age_min_y),
                ("age_from_months", "age", population.age_min_mo),
                ("age_below", "age", population.age_max_y_excl),
                ("weight_from", "kg", population.weight_min_kg),
                ("weight_above", "kg", population.weight_min_kg_excl),
                ("weight_below", "kg", population.weight_max_kg_excl),
                ("weight_to", "kg", population.weight_max_kg_incl),
                ("weight_only_below", "age", population.weight_applies_below_age_y),
            )
            if value is not None
        ]
        return self._list(said) or self.say("everyone")

    def limit(self, ceiling: Ceiling) -> str:
        amount = self._bound(ceiling)
        if ceiling.per in {"dose", "application"}:
            said = self.say(f"limit_{ceiling.per}", amount=amount)
        else:
            count, _, unit = ceiling.per.rpartition(" ")
            period = self.say(f"period_{unit}", count=count) if count else self.say(f"one_{unit}")
            said = self.say("limit_period", amount=amount, period=period)
        if ceiling.or_up_to:
            said = self.say("limit_or", limit=said, amount=self._bound(ceiling.or_up_to))
        if ceiling.if_unknown:
            said = self.say("limit_unknown", limit=said, amount=self._bound(ceiling.if_unknown))
        return self._list([said, *(self.say(key) for key in (ceiling.route, ceiling.form) if key)])

    def _bound(self, bound: Bound) -> str:
        return self._quantity(bound.amount, bound.unit)

    def regulatory(self, entry: Regulatory) -> str:
        when = "-".join(f"{part:02d}" for part in (entry.year, entry.month) if part is not None)
        status = " ".join(part for part in (self.say(entry.status), when) if part)
        return self.say("agency", agency=entry.agency, status=status)

    def grade(self, record: Record) -> str:
        if record.grade is None:
            return self.say("no_grade")
        return self.say("grade_uncertain" if "grade" in record.unconfirmed_fields else "grade", grade=record.grade)

    def _list(self, parts: Iterable[str]) -> str:
        return self.say("list").join(parts)
