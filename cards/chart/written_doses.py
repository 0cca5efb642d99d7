"""The dosage instructions of a medication as written, for units that the shared reading of doses leaves out."""

from decimal import Decimal

from cards.chart import fhir
from cards.chart.quantities import decimal
from cards.chart.records import Dose, Medication


def instructions_of(medication: Medication) -> list[fhir.Json]:
    return fhir.objects(medication.raw.get("dosageInstruction") or medication.raw.get("dosage"))


def with_doses(medication: Medication) -> list[tuple[fhir.Json, Dose]]:
    """Each instruction with the dose read from it; none where they do not correspond."""
    written = instructions_of(medication)
    return list(zip(written, medication.doses, strict=True)) if len(written) == len(medication.doses) else []


def quantity_of(instruction: fhir.Json) -> tuple[Decimal | None, str]:
    """Number and unit of the dose quantity, wherever the FHIR version has it."""
    for place in (*fhir.objects(instruction.get("doseAndRate")), instruction):
        quantity = fhir.one(place.get("doseQuantity") or place.get("dose"))
        number = decimal(quantity.get("value"))
        if number is not None:
            return number, fhir.string(quantity.get("unit")) or fhir.string(quantity.get("code")) or ""
    return None, ""
