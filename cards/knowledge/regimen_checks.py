"""What must hold within ``regimens.yaml``: nothing contradicts itself or names what does not exist."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from cards.dosing.bands import age_months, weight_edges
from cards.dosing.model import (
    PLAIN_FORM,
    Accepted,
    Amount,
    Ceiling,
    Option,
    Plan,
    Population,
    Record,
    RegimenFile,
)
from cards.terminology import Terminology


def faults(file: RegimenFile, terminology: Terminology, sources: Collection[str]) -> Iterator[tuple[str, str]]:
    if file.document not in sources:
        yield "document", f"'{file.document}' is not a source of the header"
    seen: set[str] = set()
    for record in file.records:
        if record.id in seen:
            yield record.id, "stands twice"
        seen.add(record.id)
        for field, reason in _record_faults(record, file, terminology, sources):
            yield f"{record.id}.{field}", reason
    for ceiling in file.label_max_any_indication:
        yield from (("label_max_any_indication", reason) for reason in _ceiling_faults(ceiling, file))
    yield from _overlaps(file)


def _record_faults(
    record: Record, file: RegimenFile, terminology: Terminology, sources: Collection[str]
) -> Iterator[tuple[str, str]]:
    for key in record.indication.conditions:
        if terminology.kind(key) != "condition":
            yield "indication.conditions", f"'{key}' is not a known condition"
    for name in record.sources:
        if name not in sources:
            yield "sources", f"'{name}' is not a source of the header"
    populations: list[tuple[str, Population | None]] = [("population", record.population)]
    populations += [("accepts.population", accepted.population) for accepted in record.accepts]
    populations += [("options.population", option.population) for option in _options(record)]
    yield from ((field, reason) for field, item in populations if item for reason in _population_faults(item))
    for field, plan in (("regimen", record.regimen), *(("accepts", accepted) for accepted in record.accepts)):
        yield from ((f"{field}.{where}", reason) for where, reason in _plan_faults(plan, file))
    for ceiling in (*record.ceiling, *record.course_ceiling):
        yield from (("ceiling", reason) for reason in _ceiling_faults(ceiling, file))
    if record.unconfirmed_fields and not record.unconfirmed:
        yield "unconfirmed", "is false beside unconfirmed_fields"


def _options(record: Record) -> Iterator[Option]:
    for plan in (record.regimen, *record.accepts):
        yield from plan.options


def _plan_faults(plan: Plan, file: RegimenFile) -> Iterator[tuple[str, str]]:
    offsets = [dose.at_day if dose.at_day is not None else (dose.at_week or Decimal(0)) * 7 for dose in plan.loading]
    if offsets != sorted(set(offsets)) or (offsets and offsets[0] != 0):
        yield "loading", "the doses must begin at 0 and follow each other"
    if [day.day for day in plan.titration] != list(range(1, len(plan.titration) + 1)):
        yield "titration", "the days must be 1, 2, 3 …"
    for dose in (*plan.loading, *plan.induction, *plan.options):
        yield from (("amount", reason) for reason in _amount_faults(dose))
    for option in plan.options:
        if option.unit is None and not option.timing:
            yield "options", "an option says how much or how often"
        if option.doses is not None and option.timing:
            yield "options", "a course has 'gap_days' and no 'timing'"
        if option.form not in {None, PLAIN_FORM, *file.forms}:
            yield "options.form", f"'{option.form}' is not one of the forms of the file"
    if isinstance(plan, Accepted) and not (plan.options or plan.loading):
        yield "options", "nothing is accepted"


def _amount_faults(dose: Amount) -> Iterator[str]:
    if dose.unit is None:
        yield from ("a dose of the start needs an amount",) if not isinstance(dose, Option) else ()
    elif dose.max_amount is not None and "/" not in dose.unit:
        yield "'max_amount' belongs to a dose per kg or m2"


def _ceiling_faults(ceiling: Ceiling, file: RegimenFile) -> Iterator[str]:
    if ceiling.form not in {None, PLAIN_FORM, *file.forms}:
        yield f"'{ceiling.form}' is not one of the forms of the file"
    if ceiling.if_unknown is not None and (ceiling.or_up_to is None or "/" in ceiling.if_unknown.unit):
        yield "'if_unknown' is a flat amount beside 'or_up_to'"


def _population_faults(population: Population) -> Iterator[str]:
    if population.age_min_y is not None and population.age_min_mo is not None:
        yield "give age_min_y or age_min_mo"
    if population.weight_min_kg is not None and population.weight_min_kg_excl is not None:
        yield "give weight_min_kg or weight_min_kg_excl"
    if population.weight_max_kg_incl is not None and population.weight_max_kg_excl is not None:
        yield "give weight_max_kg_incl or weight_max_kg_excl"
    low, high = age_months(population)
    if low >= high:
        yield "no age lies within"
    lightest, heaviest = weight_edges(population)
    if lightest >= heaviest:
        yield "no weight lies within"


def _overlaps(file: RegimenFile) -> Iterator[tuple[str, str]]:
    """Two records of one indication for one patient: nobody could say which holds."""
    counting = [record for record in file.records if record.counts_as_indication and record.regimen.options]
    for first, second in combinations(counting, 2):
        if first.indication.conditions[0] == second.indication.conditions[0] and _share_patients(first, second):
            yield f"{second.id}.population", f"overlaps with {first.id}"


def _share_patients(first: Record, second: Record) -> bool:
    return _meet([age_months(r.population) for r in (first, second)], touching=False) and _meet(
        [weight_edges(r.population) for r in (first, second)], touching=_both_inclusive(first, second)
    )


def _both_inclusive(first: Record, second: Record) -> bool:
    """Whether the edge that two weight bands share lies in both of them."""
    (lower, upper) = sorted((first.population, second.population), key=lambda p: weight_edges(p)[0])
    return lower.weight_max_kg_incl is not None and upper.weight_min_kg is not None


def _meet(bands: Iterable[tuple[Decimal, Decimal]], *, touching: bool) -> bool:
    (low, high), (other_low, other_high) = bands
    start, end = max(low, other_low), min(high, other_high)
    return start < end or (touching and start == end)
