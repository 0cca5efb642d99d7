"""What each record that may be meant says beside its doses: grade, approval, start, weight bands."""

from collections.abc import Iterable
from decimal import Decimal

from cards.dosing.comparisons import Comparison
from cards.dosing.doses import Allowed, Basis, RecordDoses
from cards.dosing.judged import Judged
from cards.dosing.readings import Reading
from cards.dosing.situation import Situation
from cards.dosing.starts import loading_is_missing
from cards.dosing.weight_bands import edge_distance

NOT_APPROVED = "not-approved"


class RegimenView(Judged, frozen=True, kw_only=True, eq=False):
    """One record that fits the patient."""

    doses: RecordDoses
    not_approved: frozenset[str] = frozenset()  # agencies
    edge_distance: Decimal | None = None  # % to the nearest weight band
    loading_missing: bool = False
    titration_first_mg: Decimal | None = None

    @property
    def group(self) -> str:
        return self.doses.record.id


def regimen_views(situation: Situation, compared: Iterable[Comparison]) -> tuple[RegimenView, ...]:
    selection, items = situation.selection, list(compared)
    if selection is None:
        return ()
    return tuple(_view(record, items, situation) for record in selection.fitting)


def _view(record: RecordDoses, items: list[Comparison], situation: Situation) -> RegimenView:
    body, own = situation.body, [item for item in items if item.reading.record is record]
    weight = body.weight.record
    by_weight = body.weighed(record.record.population)
    kilograms = body.kilograms if by_weight else None
    titration = record.own.titration
    return RegimenView(
        reference="",
        label=record.record.id,
        doses=record,
        not_approved=frozenset(r.agency for r in record.record.regulatory if r.status == NOT_APPROVED),
        edge_distance=None if kilograms is None else edge_distance(record, kilograms),
        loading_missing=_misses_loading(own, situation),
        titration_first_mg=titration[0] if titration else None,
        rests_on=(
            *(situation.selection.rests_on if situation.selection else ()),
            *([weight] if weight is not None and by_weight else []),
        ),
    )


def _misses_loading(own: list[Comparison], situation: Situation) -> bool:
    by_reading: dict[Reading, list[Comparison]] = {}
    for item in own:
        by_reading.setdefault(item.reading, []).append(item)
    return bool(by_reading) and all(loading_is_missing(r, items, situation) for r, items in by_reading.items())


def needs(basis: Basis, situation: Situation, compared: Iterable[Comparison]) -> bool:
    """Whether the dose depends on a measure: by weight bands, or as no dose that needs none is ordered."""
    selection = situation.selection
    if selection is None:
        return False
    if basis is Basis.PER_KG and any(situation.body.weighed(item.record.population) for item in selection.of_age):
        return True
    items = list(compared)
    if basis is Basis.PER_KG and any(_is_met_by_weight(item, situation) for item in items):
        return True
    met = any(_is_met(item) and item.basis is Basis.FLAT for item in items)
    allowed = (a for item in selection.fitting for a in _all(item) if _is_of_route(a, situation))
    return not met and any(_depends(item, basis) for item in allowed)


def _is_met(item: Comparison) -> bool:
    choice = item.choice
    return choice is not None and choice.ratio is not None and choice.ratio.low == choice.ratio.high == 1


def _is_met_by_weight(item: Comparison, situation: Situation) -> bool:
    """Whether the dose is right only in a weight band: light adults get half of it."""
    choice = item.choice
    if choice is None or not _is_met(item):
        return False
    bands = (choice.course.population, choice.allowed.population)
    return any(band is not None and situation.body.weighed(band) for band in bands)


def _is_of_route(allowed: Allowed, situation: Situation) -> bool:
    return not situation.routes or not allowed.routes or not situation.routes.isdisjoint(allowed.routes)


def _all(record: RecordDoses) -> Iterable[Allowed]:
    yield from (allowed for _, allowed in record.own.loading)
    yield from (allowed for allowed in record.own.others if allowed.usable)


def _depends(allowed: Allowed, basis: Basis) -> bool:
    """A dose per m2 needs the weight as well as the height."""
    return allowed.basis is basis or (basis is Basis.PER_KG and allowed.basis is Basis.PER_M2)
