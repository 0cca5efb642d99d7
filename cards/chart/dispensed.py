"""Drugs handed over, from MedicationDispense: what a dose that nobody recorded as given may rest on."""

from collections.abc import Iterator

from cards.chart import fhir
from cards.chart.dates import day_of, first_day, shown
from cards.chart.ingredients import read_content
from cards.chart.records import Medication, MedicationSource
from cards.chart.source import Source

KIND = "MedicationDispense"
_HANDED_OVER = frozenset({"completed", "in-progress"})


def read_dispensed(source: Source) -> Iterator[Medication]:
    """One record for each dispense that took place, dated by when it was handed over."""
    for content in source.all(KIND):
        found = read_content(content, source)
        when = first_day(content.get("whenHandedOver"), content.get("whenPrepared"))
        if fhir.status(content) not in _HANDED_OVER or not found.drugs or source.is_future(when):
            continue
        yield Medication(
            reference=fhir.local_reference(content),
            label=", ".join(part for part in (found.name, shown(when)) if part),
            matched_by=found.matched_by,
            raw=content,
            drugs=found.drugs,
            source=MedicationSource.STATEMENT,
            status=fhir.status(content),
            start=when,
            authored=day_of(content.get("whenPrepared")),
            dates=(when,) if when is not None else (),
            strength=found.strength,
            product=found.product,
        )
