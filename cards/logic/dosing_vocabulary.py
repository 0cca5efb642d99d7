"""The attributes of ordered doses, dose limits and regimens."""

from decimal import Decimal

from cards.chart.intervals import Interval
from cards.chart.quantities import Number
from cards.dosing.comparisons import Comparison
from cards.dosing.limits import LimitUse
from cards.dosing.regimen_views import RegimenView
from cards.logic.kinds import BOOL, enum, number
from cards.logic.vocabulary import Attribute

RATIO = number(None)
MINUTES = number("min", {"min": Decimal(1), "h": Decimal(60)})


def _exact(value: Decimal | None) -> Number | None:
    return None if value is None else Interval(value, value)


def _course_gap(item: Comparison) -> Number | None:
    return _exact(item.choice.course_gap if item.choice else None)


def _loading_gap(item: Comparison) -> Number | None:
    return _exact(item.choice.loading_gap if item.choice else None)


ORDERED_DOSE: dict[str, Attribute] = {
    "ratio": Attribute(RATIO, lambda d: d.ratio),
    "basis": Attribute(enum("flat", "per-kg", "per-m2"), lambda d: d.basis.value),
    "banded": Attribute(BOOL, lambda d: d.banded),
    "interval-ratio": Attribute(RATIO, lambda d: d.interval),
    "exposure-ratio": Attribute(RATIO, lambda d: d.exposure),
    "remarked": Attribute(BOOL, lambda d: d.level == "info" or d.rounded_up),
    "warned": Attribute(BOOL, lambda d: d.level == "warning"),
    "rounded-up": Attribute(BOOL, lambda d: d.rounded_up),
    "as-neighbour": Attribute(BOOL, lambda d: d.as_neighbour),
    "once": Attribute(BOOL, lambda d: d.dose.count == 1),
    "first": Attribute(BOOL, lambda d: d.first),
    "to-maintenance": Attribute(RATIO, lambda d: d.to_maintenance),
    "loading-gap": Attribute(RATIO, _loading_gap),
    "course-gap": Attribute(RATIO, _course_gap),
    "too-many-doses": Attribute(BOOL, lambda d: bool(d.choice and d.choice.too_many)),
    "minutes": Attribute(MINUTES, lambda d: d.minutes),
    "least-minutes": Attribute(MINUTES, lambda d: d.least_minutes),
    "faster-accepted": Attribute(BOOL, lambda d: d.faster is not None),
}


def _critical(use: LimitUse) -> bool:
    return use.limit.ceiling.level == "critical"


DOSE_LIMIT: dict[str, Attribute] = {
    "share": Attribute(RATIO, lambda limit: limit.share),
    "critical": Attribute(BOOL, _critical),
    "exposure-ratio": Attribute(RATIO, lambda limit: limit.exposure),
    "as-neighbour": Attribute(BOOL, lambda limit: limit.as_neighbour),
}


def _not_approved_in_china(view: RegimenView) -> bool:
    return "NMPA" in view.not_approved


REGIMEN: dict[str, Attribute] = {
    "graded": Attribute(BOOL, lambda regimen: regimen.doses.record.grade is not None),
    "not-approved-in-china": Attribute(BOOL, _not_approved_in_china),
    "edge-distance": Attribute(number("%", {"%": Decimal(1)}), lambda regimen: _exact(regimen.edge_distance)),
    "with-amount": Attribute(BOOL, lambda regimen: regimen.doses.has_amounts),
    "with-interval": Attribute(BOOL, lambda regimen: regimen.doses.has_intervals),
    "titrated": Attribute(BOOL, lambda regimen: regimen.titration_first_mg is not None),
    "loading-missing": Attribute(BOOL, lambda regimen: regimen.loading_missing),
    "titration-first": Attribute(number("mg", {"mg": Decimal(1)}), lambda regimen: _exact(regimen.titration_first_mg)),
}

BY_RECORD: dict[str, dict[str, Attribute]] = {
    "ordered-dose": ORDERED_DOSE,
    "dose-limit": DOSE_LIMIT,
    "regimen": REGIMEN,
}
