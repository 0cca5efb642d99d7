"""What a FHIR server sent that it was not asked for.

A server that answers about another patient, or with other things, is not believed to have answered the question: what
does not belong is left out, and the rest counts as incomplete.
"""

from dataclasses import replace

import msgspec
from msgspec import Raw, Struct

from service.gather.prefetch import Part, State
from service.protocol.bundle import UNREADABLE

# What may come along with a search for medications: the drug a record points at.
_COMPANION = "Medication"


class _Link(Struct):
    reference: str | None = None


class _Header(Struct, rename="camel"):
    resource_type: str | None = None
    id: str | None = None
    subject: _Link | None = None
    patient: _Link | None = None


_header = msgspec.json.Decoder(_Header)


def sifted(part: Part, expected: str, patient_id: str) -> Part:
    """``part`` without what is of another patient or of a type that was not asked for."""
    kept = tuple(resource for resource in part.resources if _belongs(resource, expected, patient_id))
    if len(kept) == len(part.resources):
        return part
    state = State.PARTIAL if kept or part.next_page else State.FAILED
    return replace(part, state=state, resources=kept, holes=True)


def _belongs(resource: Raw, expected: str, patient_id: str) -> bool:
    """A resource of a shape nobody can read is left to those who read it: they say that it could not be read."""
    try:
        header = _header.decode(resource)
    except UNREADABLE:
        return True
    if header.resource_type == "Patient":
        return expected == "Patient" and header.id == patient_id
    if header.resource_type not in (expected, _COMPANION):
        return False
    return all(_of_patient(link, patient_id) for link in (header.subject, header.patient))


def _of_patient(link: _Link | None, patient_id: str) -> bool:
    """A subject that is missing, contained or a group does not speak against the resource."""
    if link is None or link.reference is None:
        return True
    path = link.reference.partition("/_history/")[0].split("/")
    return len(path) < 2 or path[-2] != "Patient" or path[-1] == patient_id
