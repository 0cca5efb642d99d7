"""What is in a medication: from its code, its text, or the Medication it points at."""

from collections.abc import Iterable
from dataclasses import dataclass

from cards.chart import fhir
from cards.chart.source import Source
from cards.chart.strengths import UNKNOWN, Strength, strength_of
from cards.terminology.systems import system_of


@dataclass(frozen=True, slots=True)
class Content:
    """The ingredients recognised; ``readable`` is false when nobody can tell what the drug is."""

    drugs: frozenset[str] = frozenset()
    matched_by: str = ""
    name: str = ""
    codings: tuple[tuple[str | None, str | None], ...] = ()
    texts: tuple[str, ...] = ()
    strength: Strength = UNKNOWN
    product: str = ""
    readable: bool = True
    stated: bool = True  # a draft may not name a drug yet


def read_content(resource: fhir.Json, source: Source) -> Content:
    """The drug of a MedicationRequest, MedicationStatement or MedicationAdministration."""
    concept = resource.get("medicationCodeableConcept") or resource.get("medication")
    pointer = resource.get("medicationReference")
    if fhir.one(pointer) and not fhir.codings(concept) and not fhir.texts(concept):
        medication = source.resolve(resource, pointer, "Medication")
        if medication is not None:
            return _of_medication(medication, source)
        return _content(source, [], [shown] if (shown := fhir.string(fhir.one(pointer).get("display"))) else [], None)
    if concept is None or (not fhir.codings(concept) and not fhir.texts(concept)):
        return Content(readable=False, stated=False)
    return _content(source, fhir.codings(concept), fhir.texts(concept), concept)


def named_content(concepts: Iterable[object], source: Source) -> Content:
    """The drugs that the codes and words of an order name which is no prescription."""
    said = list(concepts)
    codings = [coding for concept in said for coding in fhir.codings(concept)]
    return _content(source, codings, [text for concept in said for text in fhir.texts(concept)], None)


def _of_medication(medication: fhir.Json, source: Source) -> Content:
    """A Medication by its own code and by each ingredient."""
    codings, texts = fhir.codings(medication.get("code")), fhir.texts(medication.get("code"))
    for ingredient in fhir.objects(medication.get("ingredient")):
        item = ingredient.get("itemCodeableConcept")
        substance = source.resolve(medication, ingredient.get("itemReference"), "Medication")
        inner = item or (substance or {}).get("code")
        display = fhir.string(fhir.one(ingredient.get("itemReference")).get("display"))
        codings += fhir.codings(inner)
        texts += [*fhir.texts(inner), *([display] if display else [])]
    return _content(source, codings, texts, medication.get("code"), medication)


def _content(
    source: Source,
    codings: list[tuple[str | None, str | None]],
    texts: list[str],
    concept: object,
    medication: fhir.Json | None = None,
) -> Content:
    matches = source.terminology.drugs(codings, texts)
    drugs = frozenset(match.concept for match in matches)
    # A code alone says what the drug is only in a system we read.
    readable = bool(drugs or texts or any(system_of(uri) and code for uri, code in codings))
    name = texts[0] if texts else next((code for _, code in codings if code), "")
    return Content(
        drugs=drugs,
        matched_by=matches[0].matched_by if matches else "",
        name=name,
        codings=tuple(codings),
        texts=tuple(texts),
        strength=strength_of(concept, medication, source.terminology) if drugs else UNKNOWN,
        product=" ".join([source.terminology.product_name(codings) or "", *texts]).strip() if drugs else "",
        readable=readable,
    )
