"""What an order may be meant as: a record, and a route and form where the order does not say them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cards.dosing.doses import Allowed, Limit, RecordDoses
from cards.dosing.ordered import OrderedDose
from cards.dosing.situation import Situation


@dataclass(frozen=True, slots=True)
class Reading:
    """``record`` is ``None`` where no record fits: then only the limits of the label hold."""

    record: RecordDoses | None
    route: str | None = None
    form: str | None = None

    @property
    def key(self) -> str:
        return "|".join((self.record.record.id if self.record else "", self.route or "", self.form or ""))

    def allows(self, allowed: Allowed, dose: OrderedDose) -> bool:
        """Whether a dose is of the route and form that the option is about."""
        if self.form is not None and allowed.form not in {None, self.form}:
            return False
        stated = {route.value for route in dose.routes}
        routes = stated or ({self.route} if self.route else set[str]())
        return not routes or not allowed.routes or not routes.isdisjoint(allowed.routes)

    def bounds(self, limit: Limit, routes: Iterable[str]) -> bool:
        ceiling = limit.ceiling
        if self.form is not None and ceiling.form not in {None, self.form}:
            return False
        known = frozenset(routes) or (frozenset([self.route]) if self.route else frozenset[str]())
        return ceiling.route is None or not known or ceiling.route in known


def readings(situation: Situation) -> tuple[Reading, ...]:
    """One for each record that fits by age, weight and route; those without any dose among them."""
    selection = situation.selection
    if selection is None:
        return ()
    return tuple(r for record in selection.fitting for r in _of_record(record, situation))


def _of_record(record: RecordDoses, situation: Situation) -> Iterator[Reading]:
    if not fits_route(record, situation.routes):
        return
    routes = [None] if situation.routes or not record.has_doses else [*sorted(record.routes)] or [None]
    forms = [situation.form] if situation.form is not None else [*sorted(record.forms)] or [None]
    yield from (Reading(record, route, form) for route in routes for form in forms)


def fits_route(record: RecordDoses, routes: frozenset[str]) -> bool:
    return not record.has_doses or not routes or not routes.isdisjoint(record.routes)


def label_readings(situation: Situation) -> tuple[Reading, ...]:
    """Where no record is selected: each route and form that the label limits speak of and the order may mean."""
    if situation.doses is None:
        return ()
    ceilings = [limit.ceiling for limit in situation.doses.label]
    routes = [None] if situation.routes else sorted({c.route for c in ceilings if c.route}) or [None]
    forms = [situation.form] if situation.form else sorted({c.form for c in ceilings if c.form}) or [None]
    return tuple(Reading(None, route, form) for route in routes for form in forms)
