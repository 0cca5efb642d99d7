"""Small pieces of FHIR JSON that suggestions are made of, and the repair of messy ones where they are touched."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from cards.compose.phrasebook import Phrasebook
from cards.terminology.systems import URIS

Json = dict[str, Any]
UCUM = "http://unitsofmeasure.org"
OWN_CONCEPTS = "urn:biologic-cds:concept"  # for what no shared code system names, e.g. a group of drugs


def as_list(value: Any) -> list[Any]:
    """A repeating element that a system sent as a single object."""
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def as_object(value: Any) -> Json:
    """``value`` itself if it is an object, else an empty one."""
    return cast("Json", value) if isinstance(value, dict) else {}


def number(value: Any) -> Decimal | None:
    known = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return Decimal(str(value)) if known else None


def objects(holder: Json, name: str) -> list[Json]:
    """The objects of a repeating element, which becomes a proper list in ``holder``; none yet: one that is empty."""
    found = [as_object(item) for item in as_list(holder.get(name)) if isinstance(item, dict)]
    holder[name] = found = found or [{}]
    return found


def inner(holder: Json, name: str) -> Json:
    """The object under ``name``; one that is missing or no object becomes an empty one."""
    holder[name] = found = as_object(holder.get(name))
    return found


def plain_number(value: Decimal) -> Decimal:
    """``300`` however it was computed: no exponent and no needless zeros."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def milligrams(amount: Decimal) -> Json:
    return {"value": plain_number(amount), "unit": "mg", "system": UCUM, "code": "mg"}


def coding(system: str, code: str, display: str) -> Json:
    return {"system": URIS.get(system, system), "code": code, "display": display}


def test_concept(key: str, phrases: Phrasebook) -> Json:
    """The CodeableConcept that orders a test, act or referral."""
    terminology = phrases.terminology
    kind, text = terminology.kind(key), phrases.name(key)
    concept = terminology.lab(key) if kind == "lab" else terminology.act(key) if kind == "act" else None
    if concept is not None and concept.order is not None:
        order = concept.order
        return {"coding": [coding(order.system, order.code, order.display)], "text": text}
    codes = concept.codes if concept else {}
    return {"coding": [_first_code(codes, ("loinc", "snomed"), key, text)], "text": text}


def drug_concept(key: str, phrases: Phrasebook) -> Json:
    """The CodeableConcept that prescribes a drug, or names a group of drugs without choosing one."""
    text = phrases.name(key)
    codes = phrases.terminology.drug(key).codes
    return {"coding": [_first_code(codes, ("rxnorm", "snomed", "atc"), key, text)], "text": text}


def vaccine_concept(group: str, phrases: Phrasebook) -> Json:
    """The CodeableConcept of a vaccine group; where it has live and other products, those that are not live."""
    vaccines = [v for v in phrases.terminology.sets.vaccines.values() if v.group == group]
    unspecified = next((v for v in vaccines if v.live == "unknown"), None)
    safe = next((v for v in vaccines if v.live == "inactivated"), None)
    named = safe if safe is not None and any(v.live == "live" for v in vaccines) else None
    text = named.names.in_language(phrases.language) if named else phrases.name(group)
    display = unspecified.names.en if unspecified else text
    return {"coding": [_first_code(unspecified.codes if unspecified else {}, ("cvx",), group, display)], "text": text}


def route_concept(route: str, phrases: Phrasebook) -> Json:
    text = phrases.texts.route.get(route, route)
    words = phrases.terminology.sets.routes.get(route)
    return {"coding": [_first_code(words.codes if words else {}, ("snomed",), route, text)], "text": text}


def _first_code(codes: Mapping[Any, list[str]], systems: Iterable[str], key: str, display: str) -> Json:
    """A code of the first system that has one; else our own key, so that a client always finds a code."""
    for system in systems:
        if codes.get(system):
            return coding(system, codes[system][0], display)
    return coding(OWN_CONCEPTS, key, display)
