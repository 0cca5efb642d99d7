"""Whether two orders of a drug are for the same product: a biosimilar or another brand is another one."""

import re
import unicodedata
from collections.abc import Iterable

from cards.chart import fhir
from cards.chart.records import Medication
from cards.dosing.product import says
from cards.terminology import Terminology
from cards.terminology.systems import system_of

_BRACKETS = re.compile(r"\[([^\]]+)\]")
_UNIT = r"(?:mg|g|mcg|ug|µg|ml|毫克|微克|克|毫升)"
_STRENGTH = re.compile(rf"\d+(?:[.,]\d+)?\s*{_UNIT}?(?:\s*/\s*(?:\d+(?:\.\d+)?\s*)?(?:ml|毫升))?")
_MARKS = re.compile(r"[^\w]+")

Code = tuple[str, str]


def same_product(one: Medication, other: Medication, drug: str, terminology: Terminology) -> bool:
    """By a code of the product, else by its brand, else by name or by the code of the ingredient."""
    general = _of_ingredient(drug, terminology)
    codes, special = (_codes(one), _codes(other)), (_codes(one) - general, _codes(other) - general)
    if not special[0].isdisjoint(special[1]):
        return True
    brands = _brands(one, drug, terminology), _brands(other, drug, terminology)
    if all(brands):
        return not brands[0].isdisjoint(brands[1])
    if any({system for system, _ in codes} == {system for system, _ in special[1]} for codes in special[:1] if codes):
        return False  # two products of one system of codes
    return not codes[0].isdisjoint(codes[1]) or _plain(one) == _plain(other)


def _codes(order: Medication) -> frozenset[Code]:
    """Of the order, or of the Medication that it contains or refers to."""
    concepts: list[object] = [order.raw.get("medicationCodeableConcept")]
    concepts += [item.get("code") for item in fhir.objects(order.raw.get("contained"))]
    reference = fhir.reference(order.raw.get("medicationReference"))
    found: set[Code] = {("reference", reference)} if reference and not reference.startswith("#") else set()
    for concept in concepts:
        found |= {(system_of(uri) or uri or "", code.strip()) for uri, code in fhir.codings(concept) if code}
    return frozenset(found)


def _of_ingredient(drug: str, terminology: Terminology) -> frozenset[Code]:
    concept = terminology.sets.drugs.get(drug)
    codes = concept.codes if concept else {}
    return frozenset((system, code) for system, listed in codes.items() for code in listed)


def _brands(order: Medication, drug: str, terminology: Terminology) -> frozenset[str]:
    """Names of the drug beside that of the ingredient: brands, and the four letters of a biosimilar."""
    concept = terminology.sets.drugs.get(drug)
    if concept is None:
        return frozenset()
    own = {concept.names.en.casefold(), concept.names.zh.casefold()}
    listed = {name.casefold() for name in _names(concept.text) if name.casefold() not in own and says(order, [name])}
    bracketed = {name.casefold() for name in _BRACKETS.findall(order.product)}
    suffixed = re.findall(rf"{re.escape(concept.names.en)}-[a-z]{{4}}(?![a-z])", order.product.casefold())
    return frozenset(listed | bracketed | set(suffixed))


def _names(texts: Iterable[str]) -> Iterable[str]:
    """Short Latin names such as ADA stand for the ingredient."""
    return (text for text in texts if len(text) > 3 or not text.isascii())


def _plain(order: Medication) -> str:
    """The name without strength, case and marks."""
    folded = unicodedata.normalize("NFKC", order.product).casefold()
    return " ".join(_MARKS.sub(" ", _STRENGTH.sub(" ", folded)).split())
