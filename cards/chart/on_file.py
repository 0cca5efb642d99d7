"""What a chart holds at all, as short keys: it is known beforehand that nothing else will be found.

A key is a kind of record and, where records are found by it, the concept or drug. Other keys stand for types of
resources that were not fetched, and for medications nobody can name: finding none of those does not say there is none.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

Kind = Literal[
    "results",
    "problems",
    "medications",
    "acts",
    "test orders",
    "reactions",
    "vaccinations",
    "vaccine orders",
    "forecasts",
]
UNNAMED_MEDICATION: Final = "a medication nobody can name"
_MEDICATIONS = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")
RECORDED_IN: Final[Mapping[Kind, tuple[str, ...]]] = {
    "results": ("Observation",),
    "problems": ("Condition",),
    "medications": _MEDICATIONS,
    "acts": (),  # each says for itself where it may be recorded
    "test orders": ("ServiceRequest",),
    "reactions": ("AllergyIntolerance", "AdverseEvent", "Condition"),
    "vaccinations": ("Immunization",),
    "vaccine orders": ("MedicationRequest", "ServiceRequest"),
    "forecasts": ("ImmunizationRecommendation",),
}


def key(kind: Kind, concept: str = "") -> str:
    return f"{kind} {concept}"


def not_fetched(resource_type: str) -> str:
    return f"not fetched {resource_type}"


def asked_for(kind: Kind, concepts: Iterable[str] = ("",), recorded_in: Iterable[str] = ()) -> frozenset[str]:
    """The keys of which none may be on file for the answer to be: nothing, and nothing was overlooked.

    ``recorded_in``: types of resources beside those of the kind.
    """
    found = {key(kind, concept) for concept in concepts}
    found |= {not_fetched(name) for name in (*RECORDED_IN[kind], *recorded_in)}
    return frozenset(found | {UNNAMED_MEDICATION} if kind == "medications" else found)


class KeyNumbers:
    """Numbers the keys that a chapter's conditions look for, so that a set of them is the bits of one integer.

    Two such sets are compared in a step that touches a few bytes; a call makes a hundred of these comparisons.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def bits(self, keys: Iterable[str]) -> int:
        found = 0
        for name in keys:
            found |= 1 << self._numbers.setdefault(name, len(self._numbers))
        return found

    def known_bits(self, keys: Iterable[str]) -> int:
        """Without those that nothing looks for."""
        found, numbers = 0, self._numbers
        for name in keys:
            number = numbers.get(name)
            if number is not None:
                found |= 1 << number
        return found

    def keys(self, bits: int) -> frozenset[str]:
        return frozenset(name for name, number in self._numbers.items() if bits >> number & 1)
