"""Sorts the received resources by type, and observations by code, without decoding what nobody asks for."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

from cards.chart import fhir
from cards.chart.headers import NOT_SO, Header, bytes_of, read_header, read_link
from cards.chart.received import RawResource
from cards.terminology import Match

Codings = tuple[tuple[str | None, str | None], ...]
CodeKey = tuple[Codings, tuple[str, ...]]  # codings and texts of one CodeableConcept
Group = tuple[list[RawResource], str]  # the observations of one code, and what recognised it
Recognise = Callable[[Iterable[tuple[str | None, str | None]], Iterable[str]], tuple[Match, ...]]
_SHORT = 500  # bytes of a code that is remembered
NO_DATA = "not readable"
OTHER_PATIENT = "of another patient"


@dataclass(slots=True)
class Index:
    """Raw resources by type, raw observations by the codes of themselves and their components."""

    by_type: dict[str, list[RawResource]] = field(default_factory=dict[str, list[RawResource]])
    observations: dict[CodeKey, list[RawResource]] = field(default_factory=dict[CodeKey, list[RawResource]])
    set_aside: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def observed(self, recognise: Recognise) -> dict[str, list[Group]]:
        """Raw observations by concept; every distinct code is looked up once."""
        found: dict[str, list[Group]] = {}
        for (codings, texts), resources in self.observations.items():
            for match in recognise(codings, texts):
                found.setdefault(match.concept, []).append((resources, match.matched_by))
        return found


class Indexer:
    """Builds the index of one call; the same resource in two prefetch keys counts once."""

    def __init__(self, patient_id: str, taken: Iterable[str] = ()) -> None:
        self._patient = f"Patient/{patient_id}" if patient_id else None
        self._seen: defaultdict[str, set[str]] = defaultdict(set)  # ids by type
        for reference in taken:
            kind, _, identifier = reference.partition("/")
            self._seen[kind].add(identifier)
        self._groups: dict[bytes, list[RawResource]] = {}  # the lists of the index, by the spelling of the code
        self._owners: dict[str, bool] = {}
        self._ours: msgspec.Raw | None = None  # a subject that is this patient, as it was spelled last
        self.index = Index()

    def add_all(self, resources: Iterable[RawResource]) -> Index:
        seen, groups = self._seen["Observation"], self._groups
        for raw in resources:
            try:
                header = read_header(raw)  # type: ignore[arg-type]
            except NOT_SO:
                self._add_decoded(fhir.decoded(raw), raw)
                continue
            # Nearly every resource is one of these, by the thousand: no call that can be spared.
            if (
                header.resource_type == "Observation"
                and header.subject == self._ours
                and (identifier := header.id)
                and not header.component
            ):
                if identifier not in seen:
                    seen.add(identifier)
                    group = groups.get(bytes_of((header.code,)))
                    (self._group(header.code) if group is None else group).append(raw)
            else:
                self._add_raw(raw, header)
        return self.index

    def add_observation(self, content: fhir.Json, reference: str) -> None:
        """An observation contained in something else; it has no identity of its own."""
        if self._is_ours(reference, fhir.reference(content.get("subject"))):
            self._file_observation(content, code_keys(content))

    def _add_raw(self, raw: RawResource, header: Header) -> None:
        kind = header.resource_type
        try:
            subject, patient = read_link(header.subject), read_link(header.patient)
        except NOT_SO:
            self._add_decoded(fhir.decoded(raw), raw)
            return
        link = subject or patient
        if kind is None:
            self.index.set_aside.append(("", NO_DATA))
        elif not self._is_wanted(kind, header.id, link.reference if link else None):
            return
        elif kind == "Observation":
            self._ours = header.subject if subject else None
            self._group(header.code).append(raw)
            if header.component:
                self._file_components(raw, header)
        else:
            self.index.by_type.setdefault(kind, []).append(raw)

    def _add_decoded(self, content: fhir.Json, raw: RawResource) -> None:
        kind, identifier = fhir.string(content.get("resourceType")), fhir.string(content.get("id"))
        owner = fhir.reference(content.get("subject")) or fhir.reference(content.get("patient"))
        if kind is None:
            self.index.set_aside.append(("", NO_DATA))
        elif not self._is_wanted(kind, identifier, owner):
            return
        elif kind == "Observation":
            self._file_observation(content, code_keys(content))
        else:
            self.index.by_type.setdefault(kind, []).append(raw)

    def _is_wanted(self, kind: str, identifier: str | None, owner: str | None) -> bool:
        seen = self._seen[kind]
        if identifier is not None:
            if identifier in seen:
                return False
            seen.add(identifier)
        reference = f"{kind}/{identifier}" if identifier else ""
        return self._is_ours(reference, reference if kind == "Patient" and identifier else owner)

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
        spelling = bytes_of((code,))
        found = self._groups.get(spelling)
        if found is None:
            key = _short_key(spelling) if len(spelling) <= _SHORT else _key(spelling)
            found = self._groups[spelling] = self.index.observations.setdefault(key, [])
        return found

    def _file_components(self, raw: RawResource, header: Header) -> None:
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


def _key(spelling: bytes) -> CodeKey:
    return concept_key(fhir.parsed(spelling))


_short_key = lru_cache(maxsize=2000)(_key)  # the same codes come with every patient


def code_keys(observation: fhir.Json) -> Iterable[CodeKey]:
    """The codes under which an observation can be asked for: its own and its components'."""
    parts = (observation, *fhir.objects(observation.get("component")))
    return dict.fromkeys(concept_key(part.get("code")) for part in parts)


def concept_key(concept: object) -> CodeKey:
    return tuple(fhir.codings(concept)), tuple(fhir.texts(concept))
