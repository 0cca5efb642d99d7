"""Sorts the received resources by type, and observations by concept, without decoding what nobody asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from cards.chart import fhir
from cards.chart.received import RawResource
from cards.terminology import Terminology


class _Coding(msgspec.Struct):
    system: str | None = None
    code: str | None = None
    display: str | None = None


class _Concept(msgspec.Struct):
    coding: list[_Coding] | None = None
    text: str | None = None


class _Part(msgspec.Struct):
    code: _Concept | None = None


class _Link(msgspec.Struct):
    reference: str | None = None


class _Observation(msgspec.Struct):
    """As much of a resource as decides whether anyone will want to read it."""

    resource_type: str | None = msgspec.field(default=None, name="resourceType")
    id: str | None = None
    subject: _Link | None = None
    code: _Concept | None = None
    component: list[_Part] | None = None




_read_observation = msgspec.json.Decoder(_Observation).decode


@dataclass(slots=True)
class Index:
    """Raw resources by type; raw observations by concept, with what recognised them."""

    by_type: dict[str, list[RawResource]] = field(default_factory=dict[str, list[RawResource]])
    observations: dict[str, list[tuple[RawResource, str]]] = field(
        default_factory=dict[str, list[tuple[RawResource, str]]]
    )
    set_aside: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


class Indexer:
    """Builds the index of one call; the same resource in two prefetch keys counts once."""

    def __init__(self, terminology: Terminology, patient_id: str) -> None:
        self._terminology = terminology
        self._patient = f"Patient/{patient_id}"
        self._seen: set[str] = set()
        self._recognised: dict[tuple[Any, ...], tuple[tuple[str, str], ...]] = {}
        self.index = Index()

    def add_all(self, resources: Iterable[RawResource]) -> Index:
        for raw in resources:
            if isinstance(raw, Mapping):
                self._add_decoded(raw, raw)
            else:
                self._add_raw(raw)
        return self.index

    def _add_raw(self, raw: RawResource) -> None:
        try:
            header = _read_observation(raw)  # type: ignore[arg-type]
        except (msgspec.MsgspecError, RecursionError, ValueError):
            self._add_decoded(raw, fhir.decoded(raw))
            return
        if header.resource_type != "Observation":
            self._add(raw, header.resource_type, header.id)
        elif self._is_new("Observation", header.id) and self._is_ours(header):
            self._file_observation(raw, _keys_of(header))

    def _add_decoded(self, raw: RawResource, content: fhir.Json) -> None:
        kind, identifier = fhir.string(content.get("resourceType")), fhir.string(content.get("id"))
        if kind != "Observation":
            self._add(raw, kind, identifier)
            return
        subject = fhir.reference(content.get("subject"))
        if not self._is_new(kind, identifier) or not self._is_patient(subject, f"Observation/{identifier}"):
            return
        parts = [content.get("code"), *(part.get("code") for part in fhir.objects(content.get("component")))]
        self._file_observation(content, [(tuple(fhir.codings(p)), tuple(fhir.texts(p))) for p in parts])

    def _add(self, raw: RawResource, kind: str | None, identifier: str | None) -> None:
        if kind is None:
            self.index.set_aside.append(("", "not readable"))
        elif self._is_new(kind, identifier):
            self.index.by_type.setdefault(kind, []).append(raw)

    def _is_new(self, kind: str, identifier: str | None) -> bool:
        if identifier is None:
            return True
        key = f"{kind}/{identifier}"
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _is_ours(self, header: _Observation) -> bool:
        link = header.subject.reference if header.subject else None
        subject = "/".join(link.partition("/_history/")[0].split("/")[-2:]) if link else None
        return self._is_patient(subject, f"Observation/{header.id}")

    def _is_patient(self, subject: str | None, reference: str) -> bool:
        if subject is None or not subject.startswith("Patient/") or subject == self._patient:
            return True
        self.index.set_aside.append((reference, "other patient"))
        return False

    def _file_observation(self, raw: RawResource, parts: Iterable[tuple[Any, ...]]) -> None:
        for key in parts:
            found = self._recognised.get(key)
            if found is None:
                matches = self._terminology.labs(key[0], key[1])
                found = self._recognised[key] = tuple((match.concept, match.matched_by) for match in matches)
            for concept, how in found:
                self.index.observations.setdefault(concept, []).append((raw, how))


def _keys_of(header: _Observation) -> list[tuple[Any, ...]]:
    parts = [header.code, *(part.code for part in header.component or ())]
    return [_key(concept) for concept in parts if concept is not None]


def _key(concept: _Concept) -> tuple[Any, ...]:
    coding = concept.coding or ()
    said = [concept.text, *(item.display for item in coding)]
    return tuple((item.system, item.code) for item in coding), tuple(dict.fromkeys(text for text in said if text))
