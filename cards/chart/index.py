"""Sorts the received resources by type, and observations by code, without decoding what nobody asks for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from cards.chart import fhir
from cards.chart.received import RawResource
from cards.terminology import Match

Codings = tuple[tuple[str | None, str | None], ...]
CodeKey = tuple[Codings, tuple[str, ...]]  # codings and texts of one CodeableConcept
Recognise = Callable[[Iterable[tuple[str | None, str | None]], Iterable[str]], tuple[Match, ...]]
NO_DATA = "not readable"
OTHER_PATIENT = "of another patient"


_ABSENT = msgspec.Raw(b"null")


# The structs hold no cycles, so the garbage collector need not look at thousands of them.
class _Part(msgspec.Struct, gc=False):
    code: msgspec.Raw = _ABSENT


class _Link(msgspec.Struct, gc=False):
    reference: str | None = None


class _Header(msgspec.Struct, gc=False):
    """As much of a resource as decides whether anyone will want to read it."""

    resource_type: str | None = msgspec.field(default=None, name="resourceType")
    id: str | None = None
    subject: _Link | None = None
    patient: _Link | None = None
    code: msgspec.Raw = _ABSENT
    component: list[_Part] | None = None


_read_header = msgspec.json.Decoder(_Header).decode


@dataclass(slots=True)
class Index:
    """Raw resources by type, raw observations by the codes of themselves and their components."""

    by_type: dict[str, list[RawResource]] = field(default_factory=dict[str, list[RawResource]])
    observations: dict[CodeKey, list[RawResource]] = field(default_factory=dict[CodeKey, list[RawResource]])
    set_aside: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def observed(self, recognise: Recognise) -> dict[str, list[tuple[RawResource, str]]]:
        """Raw observations by concept, each with what recognised it; every distinct code is looked up once."""
        found: dict[str, list[tuple[RawResource, str]]] = {}
        for (codings, texts), resources in self.observations.items():
            for match in recognise(codings, texts):
                found.setdefault(match.concept, []).extend((raw, match.matched_by) for raw in resources)
        return found


class Indexer:
    """Builds the index of one call; the same resource in two prefetch keys counts once."""

    def __init__(self, patient_id: str, taken: Iterable[str] = ()) -> None:
        self._patient = f"Patient/{patient_id}" if patient_id else None
        self._seen = set(taken)
        self._groups: dict[bytes, list[RawResource]] = {}  # the lists of the index, by the spelling of the code
        self._owners: dict[str | None, bool] = {}
        self.index = Index()

    def add_all(self, resources: Iterable[RawResource]) -> Index:
        seen, owners, groups = self._seen, self._owners, self._groups
        for raw in resources:
            if type(raw) is not msgspec.Raw and isinstance(raw, Mapping):
                self._add_decoded(raw)
                continue
            try:
                header = _read_header(raw)  # type: ignore[arg-type]
            except (msgspec.MsgspecError, RecursionError, ValueError):
                self._add_decoded(fhir.decoded(raw), raw)
                continue
            link, identifier = header.subject, header.id
            if (
                header.resource_type != "Observation"
                or header.component
                or identifier is None
                or link is None
                or not owners.get(link.reference)
            ):
                self._add_raw(raw, header)
                continue
            # Nearly every resource comes this way, by the thousand: no call that can be spared.
            reference = "Observation/" + identifier
            if reference not in seen:
                seen.add(reference)
                group = groups.get(bytes(header.code))
                (self._group(header.code) if group is None else group).append(raw)
        return self.index

    def add_observation(self, content: fhir.Json, reference: str) -> None:
        """An observation contained in something else; it has no identity of its own."""
        if self._is_ours(reference, fhir.reference(content.get("subject"))):
            self._file_observation(content, code_keys(content))

    def _add_raw(self, raw: RawResource, header: _Header) -> None:
        kind = header.resource_type
        link = header.subject or header.patient
        if kind is None:
            self.index.set_aside.append(("", NO_DATA))
        elif not self._is_wanted(kind, header.id, link.reference if link else None):
            return
        elif kind == "Observation":
            self._group(header.code).append(raw)
            if header.component:
                self._file_components(raw, header)
        else:
            self.index.by_type.setdefault(kind, []).append(raw)

    def _add_decoded(self, content: fhir.Json, raw: RawResource | None = None) -> None:
        kind, identifier = fhir.string(content.get("resourceType")), fhir.string(content.get("id"))
        owner = fhir.reference(content.get("subject")) or fhir.reference(content.get("patient"))
        if kind is None:
            self.index.set_aside.append(("", NO_DATA))
        elif not self._is_wanted(kind, identifier, owner):
            return
        elif kind == "Observation":
            self._file_observation(content, code_keys(content))
        else:
            self.index.by_type.setdefault(kind, []).append(content if raw is None else raw)

    def _is_wanted(self, kind: str, identifier: str | None, owner: str | None) -> bool:
        reference = f"{kind}/{identifier}"
        if identifier is not None and reference in self._seen:
            return False
        self._seen.add(reference)
        subject = reference if kind == "Patient" and identifier else owner
        return self._is_ours(reference if identifier else "", subject)

    def _is_ours(self, reference: str, owner: str | None) -> bool:
        """A subject that is missing, contained or a group does not speak against the resource."""
        if owner is None or self._patient is None:
            return True
        ours = self._owners.get(owner)
        if ours is None:
            subject = fhir.short_reference(owner)
            ours = self._owners[owner] = not subject.startswith("Patient/") or subject == self._patient
        if not ours:
            self.index.set_aside.append((reference, OTHER_PATIENT))
        return ours

    def _group(self, code: msgspec.Raw) -> list[RawResource]:
        """Where observations of a code are filed; the same code in the same spelling is read once."""
        spelling = bytes(code)
        found = self._groups.get(spelling)
        if found is None:
            key = concept_key(fhir.parsed(spelling))
            found = self._groups[spelling] = self.index.observations.setdefault(key, [])
        return found

    def _file_components(self, raw: RawResource, header: _Header) -> None:
        """Under the code of each component, once."""
        filed = {id(self._group(header.code))}
        for part in header.component or ():
            group = self._group(part.code)
            if id(group) not in filed:
                group.append(raw)
                filed.add(id(group))

    def _file_observation(self, raw: RawResource, keys: Iterable[CodeKey]) -> None:
        for key in keys:
            self.index.observations.setdefault(key, []).append(raw)


def code_keys(observation: fhir.Json) -> Iterable[CodeKey]:
    """The codes under which an observation can be asked for: its own and its components'."""
    parts = (observation, *fhir.objects(observation.get("component")))
    return dict.fromkeys(concept_key(part.get("code")) for part in parts)


def concept_key(concept: object) -> CodeKey:
    return tuple(fhir.codings(concept)), tuple(fhir.texts(concept))
