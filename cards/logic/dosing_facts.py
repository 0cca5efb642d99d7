"""What conditions may ask of the doses that are drafted: ``scene.drug`` against its regimens.

A drug without regimens, or knowledge without the chapter ``dosing``, leaves everything about regimens unknown.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cards.chart.intervals import Interval
from cards.chart.records import Gap, Record, Records
from cards.dosing.doses import Basis
from cards.dosing.limits import most_within
from cards.dosing.selection import Indicated, Selection
from cards.dosing.view import PLACEHOLDERS, DosingView
from cards.logic.kinds import BOOL, Kind, collection, enum, number
from cards.logic.values import Value, unknown
from cards.words import Words

if TYPE_CHECKING:
    from cards.assess.scene import Scene

KILOGRAM = number("kg", {"kg": Decimal(1), "g": Decimal("0.001")})
MILLIGRAM = number("mg", {"mg": Decimal(1), "g": Decimal(1000)})
NOT_READ = unknown("ordered-dose", Gap.UNREADABLE)
NOT_SAID = unknown("ordered-dose", Gap.NOT_ON_FILE)


def _of(scene: "Scene", read: Callable[[DosingView], Value], concept: str = "regimens") -> Value:
    view = scene.dosing
    return unknown(concept, Gap.NOT_ON_FILE) if view is None else read(view)


def _selected(scene: "Scene", read: Callable[[DosingView, Selection], Value]) -> Value:
    def of_view(view: DosingView) -> Value:
        selection = view.situation.selection
        return unknown("regimens", Gap.NOT_ON_FILE) if selection is None else read(view, selection)

    return _of(scene, of_view)


def _number(value: Decimal | None, concept: str, evidence: tuple[Record, ...] = ()) -> Value:
    """A number, or that it is not known because it could not be read."""
    if value is None:
        return unknown(concept, Gap.UNREADABLE)
    return Value(Interval(value, value), evidence)


def _indication_state(_view: DosingView, selection: Selection) -> Value:
    if selection.indicated is None:
        return unknown("indication", Gap.NOT_FETCHED)
    return Value(selection.indicated.value, selection.rests_on)


def _too_young(view: DosingView, selection: Selection) -> Value:
    """Whether the patient is below the least age of every record of the indication."""
    if not selection.listed:
        return Value(False)
    answers = [view.situation.body.too_young(item.record.population) for item in selection.listed]
    if False in answers:
        return Value(False)
    return unknown("age", Gap.NOT_ON_FILE) if None in answers else Value(True, selection.rests_on)


def _outside_weight(view: DosingView, selection: Selection) -> Value:
    """Whether records fit by indication and age, and none by weight."""
    weight = view.situation.body.weight.record
    outside = bool(selection.of_age) and not selection.fitting
    return Value(outside, (weight,) if outside and weight is not None else ())


def _route_outside(view: DosingView) -> Value:
    outside = view.route_is_outside
    return unknown("route", Gap.NOT_ON_FILE) if outside is None else Value(outside)


def _weight(view: DosingView) -> Value:
    return _measured("body-weight", view.situation.body.weight)


def _measured(concept: str, measure: Any) -> Value:
    if measure.value is None:
        why = Gap.NOT_FETCHED if Gap.NOT_FETCHED in measure.gaps else Gap.NOT_ON_FILE
        return unknown(concept, why)
    return Value(Interval(measure.value, measure.value), (measure.record,))


def _age_of(concept: str, measure: Any, view: DosingView) -> Value:
    """Days since it was measured."""
    record = measure.record
    if record is None or record.date.low is None or record.date.high is None:
        return unknown(concept, Gap.NOT_ON_FILE)
    today = view.situation.chart.today
    youngest, oldest = (Decimal((today - day).days) for day in (record.date.high, record.date.low))
    return Value(Interval(youngest, oldest), (record,))


def _readable_dose(view: DosingView) -> Value:
    """True; unknown where the amount of a drafted dose could not be read or worked out."""
    doses = view.spelled_out
    stated = [dose for dose in doses if dose.amount[:3] != (None, None, None)]
    if view.situation.ordered and len(stated) == len(doses):
        return Value(True)
    return (
        NOT_READ
        if any(item.instruction.text or item.instruction.timed for item in view.situation.stretches)
        else NOT_SAID
    )


def _readable_timing(view: DosingView) -> Value:
    told = view.situation.ordered and all(dose.timed for dose in view.spelled_out)
    return Value(True) if told else unknown("timing", Gap.NOT_ON_FILE)


def _phase(view: DosingView, selection: Selection) -> Value:
    """Of the records that fit; unknown where they disagree or the history does not tell."""
    phases = {view.situation.is_past_loading(item.own) for item in selection.fitting}
    past = phases.pop() if len(phases) == 1 else None
    return unknown("dose-history", Gap.NOT_ON_FILE) if past is None else Value("maintenance" if past else "loading")


def _first_course(view: DosingView) -> Value:
    treated = view.situation.history.treated
    return unknown("dose-history", Gap.NOT_FETCHED) if treated is None else Value(not treated)


def _daily(view: DosingView) -> Value:
    total = most_within(view.situation, Decimal(1))
    return NOT_READ if total is None or not view.situation.ordered else Value(total)


def _interval(view: DosingView) -> Value:
    steps = [dose.step for dose in view.situation.ordered if dose.count != 1 and dose.step is not None]
    known = [step for step in steps if step.low is not None]
    if not known:
        return unknown("timing", Gap.NOT_ON_FILE)
    return Value(min(known, key=lambda step: step.low or Decimal(0)))


def _worst(attribute: str) -> Callable[[DosingView], Value]:
    """A ratio over all ordered doses and records: a range where they differ."""

    def read(view: DosingView) -> Value:
        found = [getattr(item, attribute) for item in view.comparisons]
        if not found or None in found:
            return NOT_READ
        lows, highs = [ratio.low for ratio in found], [ratio.high for ratio in found]
        if None in lows or None in highs:
            return NOT_READ
        return Value(Interval(min(lows), max(highs)))

    return read


VALUES: dict[str, tuple[Kind, Callable[["Scene"], Value]]] = {
    "indication-state": (enum(*(word.value for word in Indicated)), lambda s: _selected(s, _indication_state)),
    "below-every-age": (BOOL, lambda s: _selected(s, _too_young)),
    "outside-every-weight": (BOOL, lambda s: _selected(s, _outside_weight)),
    "route-outside": (BOOL, lambda s: _of(s, _route_outside)),
    "weight-needed": (BOOL, lambda s: _of(s, lambda view: Value(view.needs(Basis.PER_KG)))),
    "height-needed": (BOOL, lambda s: _of(s, lambda view: Value(view.needs(Basis.PER_M2)))),
    "body-weight-now": (KILOGRAM, lambda s: _of(s, _weight)),
    "body-height-now": (
        number("cm"),
        lambda s: _of(s, lambda view: _measured("body-height", view.situation.body.height)),
    ),
    "weight-age": (
        number("d"),
        lambda s: _of(s, lambda view: _age_of("body-weight", view.situation.body.weight, view)),
    ),
    "dose-readable": (BOOL, lambda s: _of(s, _readable_dose)),
    "timing-readable": (BOOL, lambda s: _of(s, _readable_timing)),
    "dose-phase": (enum("loading", "maintenance"), lambda s: _selected(s, _phase)),
    "first-course": (BOOL, lambda s: _of(s, _first_course)),
    "single-dose": (MILLIGRAM, lambda s: _of(s, lambda view: _number(view.largest_single_mg, "ordered-dose"))),
    "daily-ordered": (number("mg/d", {"mg/d": Decimal(1)}), lambda s: _of(s, _daily)),
    "first-day-dose": (MILLIGRAM, lambda s: _of(s, lambda view: _number(view.first_day_mg, "ordered-dose"))),
    "ordered-interval": (number("d"), lambda s: _of(s, _interval)),
    "starter-pack": (BOOL, lambda s: _of(s, lambda view: Value(view.starter_pack))),
    "dose-ratio": (number(None), lambda s: _of(s, _worst("ratio"))),
    "interval-ratio": (number(None), lambda s: _of(s, _worst("interval"))),
}


def _listed(read: Callable[[DosingView], tuple[Any, ...]]) -> Callable[["Scene"], Records[Any]]:
    def records(scene: "Scene") -> Records[Any]:
        view = scene.dosing
        return Records() if view is None else Records(read(view))

    return records


COLLECTIONS: dict[str, tuple[Kind, Callable[["Scene"], Records[Any]]]] = {
    "ordered-doses": (collection("ordered-dose"), _listed(lambda view: view.comparisons)),
    "dose-limits": (collection("dose-limit"), _listed(lambda view: view.limits)),
    "regimens": (collection("regimen"), _listed(lambda view: view.regimens)),
}


def placeholder(scene: "Scene", name: str) -> Words | None:
    """The words for ``{name}`` in what a statement says."""
    view = scene.dosing
    return view.words(name) if view is not None and name in PLACEHOLDERS else None


def total_within(scene: "Scene", days: Decimal) -> Value:
    """The largest sum of doses in any such stretch of days."""

    def read(view: DosingView) -> Value:
        total = most_within(view.situation, days) if view.situation.ordered else None
        return NOT_READ if total is None else Value(total)

    return _of(scene, read)


def has_indication(scene: "Scene", condition: str) -> Value:
    """Whether the order is for a condition: by its reason, else as the only indication on record."""

    def read(_view: DosingView, selection: Selection) -> Value:
        if selection.indicated is None:
            return unknown("indication", Gap.NOT_FETCHED)
        certain = selection.by_reason or selection.indicated is not Indicated.SEVERAL
        return Value(certain and condition in selection.conditions, selection.rests_on)

    return _selected(scene, read)
