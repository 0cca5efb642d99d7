"""The patient: day of birth and administrative sex."""

from cards.chart import fhir
from cards.chart.dates import day_of
from cards.chart.records import Gap, Patient
from cards.chart.source import Source

_SEXES = frozenset({"male", "female"})


def read_patient(source: Source) -> tuple[Patient | None, Gap | None]:
    """The patient, or why there is none."""
    found = source.all("Patient")
    if not found:
        return None, Gap.NOT_FETCHED if "Patient" in source.absent else Gap.NOT_ON_FILE
    content = found[0]
    birth = day_of(content.get("birthDate"))
    gender = (fhir.string(content.get("gender")) or "").strip().lower()
    patient = Patient(
        reference=fhir.local_reference(content),
        birth=None if source.is_future(birth) else birth,
        sex=gender if gender in _SEXES else None,
    )
    return patient, None
