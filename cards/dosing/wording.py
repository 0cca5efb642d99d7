"""Doses in words, in both languages, for the placeholders of statements."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from cards.chart.frequency import DAY, HOURS
from cards.dosing.amounts import expected_mg, in_mg
from cards.dosing.comparisons import Comparison
from cards.dosing.compiling import basis_of, bound_in_mg
from cards.dosing.doses import Allowed, Basis, Course, Phase, RecordDoses
from cards.dosing.limits import LimitUse
from cards.dosing.model import Bound, Ceiling, Timing
from cards.dosing.ordered import OrderedDose
from cards.dosing.patient import Body
from cards.words import Words

if TYPE_CHECKING:
    from cards.locale.texts import DoseTexts

_TOO_LONG = Decimal("1e12")
MONTH = HOURS["mo"] / DAY
_UNITS = {Basis.FLAT: "mg", Basis.PER_KG: "mg/kg", Basis.PER_M2: "mg/m²"}


def both(say: Callable[["DoseTexts"], str]) -> Words:
    """The same in both languages."""
    from cards.locale.texts import card_texts

    texts = [card_texts(language) for language in ("en", "zh")]
    return Words(en=say(texts[0].dose), zh=say(texts[1].dose))


def plain(number: Decimal) -> str:
    """At most three figures behind the point, without needless zeros."""
    if number >= _TOO_LONG:
        return f"{number:.3E}"
    text = f"{number.quantize(Decimal('0.001')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def tenths(number: Decimal) -> str:
    return plain(number if number >= _TOO_LONG else number.quantize(Decimal("0.1")))


def expected(record: RecordDoses, body: Body, routes: frozenset[str], *, loading: bool) -> Words:
    """The recommended doses of a record, its start only where the treatment begins; without any, those of the label."""
    own = record.own
    if own.loading or own.others:
        return both(lambda texts: _course(own, body, routes, texts, loading=loading))
    others = [c for c in record.courses[1:] if c.population is None or body.fits(c.population) is not False]

    def say(texts: "DoseTexts") -> str:
        doses = dict.fromkeys(_course(course, body, routes, texts, loading=loading) for course in others)
        return texts.or_.join(texts.by_label.format(dose=dose) for dose in doses) or texts.not_known

    return both(say)


def _course(course: Course, body: Body, routes: frozenset[str], texts: "DoseTexts", *, loading: bool) -> str:
    usable = [a for a in course.maintenance if a.usable and (not routes or not routes.isdisjoint(a.routes))]
    on = texts.or_.join(dict.fromkeys(_option(allowed, body, texts) for allowed in usable))
    start = texts.following.join(_loading(course, body, texts)) if loading else ""
    between = [_option(a, body, texts) for a in course.others if a.phase is Phase.INDUCTION] if loading else []
    return texts.then.join(part for part in (start, *between, on) if part) or texts.not_known


def _loading(course: Course, body: Body, texts: "DoseTexts") -> Iterable[str]:
    """Equal doses of the start in one go."""
    groups: list[tuple[Allowed, list[Decimal]]] = []
    for day, allowed in course.loading:
        if groups and (groups[-1][0].low, groups[-1][0].high) == (allowed.low, allowed.high):
            groups[-1][1].append(day)
        else:
            groups.append((allowed, [day]))
    for allowed, days in groups:
        dose = _dose(allowed, body, texts)
        if all(day % 7 == 0 for day in days):
            yield texts.at_weeks.format(dose=dose, weeks=", ".join(plain(day / 7) for day in days))
        else:
            yield texts.at_days.format(dose=dose, days=", ".join(plain(day + 1) for day in days))


def _option(allowed: Allowed, body: Body, texts: "DoseTexts") -> str:
    dose = _dose(allowed, body, texts)
    if allowed.doses is not None and allowed.gap is not None:
        return texts.course.format(dose=dose, count=allowed.doses, days=plain(allowed.gap))
    option = allowed.option
    if option is not None and option.timing:
        return texts.or_.join(_timed(dose, timing, texts).strip() for timing in option.timing)
    return _spaced(dose, allowed.spans[0].low, texts) if allowed.spans else dose


def _timed(dose: str, timing: Timing, texts: "DoseTexts") -> str:
    one = timing.period == 1 and timing.period_max is None
    number = plain(timing.period)
    if timing.period_max is not None:
        number = f"{number}-{plain(timing.period_max)}"
    words = {"dose": dose, "times": timing.frequency, "number": number}
    names = {"unit": texts.unit[timing.period_unit], "units": texts.units[timing.period_unit]}
    if timing.frequency > 1:
        return (texts.times_one if one else texts.times).format(**words, **names)
    return (texts.every_one if one else texts.every).format(**words, **names)


def _dose(allowed: Allowed, body: Body, texts: "DoseTexts") -> str:
    if allowed.low is None or allowed.high is None:
        return ""
    unit = _UNITS[allowed.basis]
    dose = _amount(allowed.low, allowed.high, unit, texts)
    mg = expected_mg(allowed, body) if allowed.basis is not Basis.FLAT else None
    if mg is None or mg.high is None:
        return dose
    return texts.in_mg.format(dose=dose, mg=tenths(mg.high))


def _amount(low: Decimal | None, high: Decimal | None, unit: str, texts: "DoseTexts") -> str:
    if high is None:
        return texts.not_known
    if low == high:
        return texts.amount.format(amount=plain(high), unit=unit)
    if not low:
        return texts.at_most.format(amount=plain(high), unit=unit)
    return texts.between.format(low=plain(low), high=plain(high), unit=unit)


def ordered(doses: Iterable[OrderedDose], body: Body) -> Words:
    """What the drafts say."""
    listed = list(doses)
    return both(
        lambda texts: (
            texts.following.join(filter(None, dict.fromkeys(_ordered(dose, body, texts).strip() for dose in listed)))
            or texts.not_known
        )
    )


def _ordered(dose: OrderedDose, body: Body, texts: "DoseTexts") -> str:
    if dose.mean is not None:  # of different amounts each is said
        rows = (part.instruction for part in dose.parts)
        each = [replace(dose, amount=row.amount, step=row.interval, mean=None) for row in rows]
        return texts.following.join(_ordered(row, body, texts) for row in each)
    written = next(
        ((n, u) for n, u in zip(dose.amount[:3], ("mg", "mg/kg", "mg/m²"), strict=True) if n is not None), None
    )
    said = "" if written is None else _amount(written[0].low, written[0].high, written[1], texts)  # type: ignore[union-attr]
    mg = in_mg(dose.amount, body) if written is not None and written[1] != "mg" else None
    if mg is not None and mg.high is not None:
        said = texts.in_mg.format(dose=said, mg=tenths(mg.high))
    step = dose.step.low if dose.step is not None else None
    if step is not None and dose.count != 1:
        said = _spaced(said, step, texts)
    elif dose.count == 1:
        return texts.once.format(dose=said)
    return said if dose.count is None else texts.repeated.format(dose=said, count=dose.count)


def _spaced(dose: str, days: Decimal, texts: "DoseTexts") -> str:
    """An interval in the largest unit that it is whole in."""
    if days < 1:
        return texts.times_one.format(
            dose=dose, times=plain((1 / days).quantize(Decimal("0.1")) if days else days), unit=texts.unit["d"]
        )
    for unit, each in (("mo", MONTH), ("wk", Decimal(7)), ("d", Decimal(1))):
        if days % each == 0:
            number = days / each
            template = texts.every_one if number == 1 else texts.every
            return template.format(dose=dose, number=plain(number), unit=texts.unit[unit], units=texts.units[unit])
    return texts.every.format(dose=dose, number=plain(days), units=texts.units["d"])


def limit(use: LimitUse, body: Body) -> Words:
    days = use.limit.days

    def say(texts: "DoseTexts") -> str:
        dose = _ceiling(use.limit.ceiling, body, texts)
        if days is None:
            return texts.limit_dose.format(dose=dose)
        return (texts.limit_day if days == 1 else texts.limit_period).format(dose=dose, days=plain(days))

    return both(say)


def _ceiling(ceiling: Ceiling, body: Body, texts: "DoseTexts") -> str:
    """Where the larger of two limits counts, both."""
    bounds = [bound for bound in (ceiling, ceiling.or_up_to) if bound is not None]
    said = [_bound(bound, body, texts) for bound in bounds]
    return said[0] if len(said) == 1 else texts.larger_of.format(one=said[0], other=said[1])


def _bound(bound: Bound, body: Body, texts: "DoseTexts") -> str:
    said = texts.amount.format(amount=plain(bound.amount), unit=bound.unit.replace("m2", "m²"))
    basis, _ = basis_of(bound.unit)
    mg = None if basis is Basis.FLAT else bound_in_mg(bound, body.kilograms, body.square_metres)
    return said if mg is None else texts.in_mg.format(dose=said, mg=tenths(mg))


def joined(words: Iterable[Words]) -> Words:
    """Each once, in both languages."""
    known = list({item.en: item for item in words}.values())
    return both(lambda texts: texts.following.join(_in(item, texts) for item in known) or texts.not_known)


def _in(words: Words, texts: "DoseTexts") -> str:
    return words.in_language(texts.language)


def grade(record: RecordDoses) -> Words | None:
    letter = record.record.grade
    if letter is None:
        return None
    if "grade" in record.record.unconfirmed_fields:
        return both(lambda texts: texts.doubtful_grade.format(grade=letter))
    return Words(en=letter, zh=letter)


def remark(item: Comparison) -> Words | None:
    if item.rounded_up:
        return both(lambda texts: texts.rounded_up)
    return item.remark
