"""How far an ordered amount or interval is from an allowed one, as ratios. 1 is right; ranges stay ranges."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from math import log

from cards.chart.dosage import Amount, times
from cards.chart.intervals import Interval
from cards.chart.quantities import Number
from cards.dosing.doses import Allowed, Basis, Span
from cards.dosing.patient import Body
from cards.dosing.policy import Policy

ONE = Decimal(1)
SAME: Number = Interval(ONE, ONE)
FAR = 99.0  # the distance of what cannot be compared


def in_mg(amount: Amount, body: Body) -> Number | None:
    """A dose in mg, by the patient's weight or surface where it is written so."""
    if amount.flat is not None:
        return amount.flat
    for written, measure in ((amount.per_kg, body.kilograms), (amount.per_m2, body.square_metres)):
        if written is not None:
            return None if measure is None else times(written, measure)
    return None


def amount_ratio(amount: Amount, allowed: Allowed, body: Body) -> Number | None:
    """The ordered single dose divided by the nearest allowed one."""
    if allowed.low is None or allowed.high is None:
        return SAME
    mg, expected = in_mg(amount, body), expected_mg(allowed, body)
    if mg is not None and expected is not None:
        return _ratio(mg, expected.low or Decimal(0), expected.high or Decimal(0))
    written = {Basis.PER_KG: amount.per_kg, Basis.PER_M2: amount.per_m2}.get(allowed.basis)
    return None if written is None else _ratio(written, allowed.low, allowed.high)


def expected_mg(allowed: Allowed, body: Body) -> Number | None:
    """What is allowed in mg, no more than the most of one dose."""
    if allowed.low is None or allowed.high is None:
        return None
    by = {Basis.FLAT: ONE, Basis.PER_KG: body.kilograms, Basis.PER_M2: body.square_metres}[allowed.basis]
    if by is None:
        return None
    low, high = allowed.low * by, allowed.high * by
    most = allowed.most_mg
    return Interval(low, high) if most is None else Interval(min(low, most), min(high, most))


def _ratio(ordered: Number, low: Decimal, high: Decimal) -> Number:
    return _mapped(ordered, lambda value: _to_range(value, low, high))


def _to_range(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    if value < low:
        return value / low
    return value / high if value > high and high else ONE


def _mapped(number: Number, by: Callable[[Decimal], Decimal]) -> Number:
    return Interval(None if number.low is None else by(number.low), None if number.high is None else by(number.high))


def interval_ratio(step: Number | None, spans: Iterable[Span]) -> Number | None:
    """The ordered interval divided by the nearest allowed one."""
    if step is None or step.low is None or step.high is None or step.low <= 0:
        return None
    found = [_ratio(step, span.low, span.high) for span in spans]
    return min(found, key=distance, default=None)


def distance(ratio: Number | None) -> float:
    """How far from right, the same in both directions."""
    ends = [end for end in (ratio.low, ratio.high) if end is not None and end > 0] if ratio is not None else []
    return max((abs(log(end)) for end in ends), default=FAR)


def amount_passes(ratio: Number | None, basis: Basis, policy: Policy) -> bool:
    """A flat dose must be met; a dose per kg or m2 has room on both sides."""
    if ratio is None or ratio.low is None or ratio.high is None:
        return False
    if basis is Basis.FLAT:
        return ratio.low == ratio.high == ONE
    return policy.body_low <= ratio.low and ratio.high <= policy.body_high


def interval_passes(ratio: Number | None, policy: Policy) -> bool:
    if ratio is None or ratio.low is None or ratio.high is None:
        return True
    return policy.interval_low <= ratio.low and ratio.high <= policy.interval_high


def per_day(amount: Number | None, step: Number | None) -> Number | None:
    """Exposure per time."""
    if amount is None or step is None or not step.low or not step.high:
        return None
    low, high = amount.low, amount.high
    return Interval(None if low is None else low / step.high, None if high is None else high / step.low)
