"""Adverse reactions to drugs, from allergies, adverse events and conditions, with how bad they were."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cards.chart import fhir
from cards.chart.dates import day_of, shown
from cards.chart.ingredients import read_content
from cards.chart.records import Reaction
from cards.chart.source import Source

_VOID = frozenset({"refuted", "entered-in-error"})
_ANAPHYLAXIS = re.compile(r"anaphyla|过敏性休克|严重过敏反应|速发型过敏|life.threatening|危及生命", re.IGNORECASE)
_REACTION = re.compile(
    r"infusion|reaction|hypersens|anaphyla|allerg|urticaria|rash|angio-?o?edema|bronchospasm"
    r"|输液|输注|过敏|皮疹|荨麻疹|血管性水肿|支气管痉挛",
    re.IGNORECASE,
)
_SUSPECTS = ("Medication", "MedicationAdministration", "MedicationStatement", "MedicationRequest", "Immunization")


@dataclass(frozen=True, slots=True)
class Found:
    """A reaction, the reaction concepts its code says, and whether anyone can tell to what it was.

    ``other_event``: an adverse event of the drug that is said to be something else, such as an infection.
    """

    record: Reaction
    concepts: frozenset[str]
    kind: str
    readable: bool = True
    other_event: bool = False


def read_reactions(source: Source) -> tuple[Found, ...]:
    return (*_allergies(source), *_events(source), *_conditions(source))


def _allergies(source: Source) -> Iterator[Found]:
    for content in source.all("AllergyIntolerance"):
        if fhir.coded_status(content.get("verificationStatus")) in _VOID:
            source.put_aside(content, "refuted or entered in error")
            continue
        reactions = fhir.objects(content.get("reaction"))
        substances = [content.get("code"), *(item.get("substance") for item in reactions)]
        signs = [text for item in reactions for text in _signs(item)]
        severities = {(fhir.string(item.get("severity")) or "").lower() for item in reactions}
        yield _found(
            content,
            source,
            substances,
            life_threatening=content.get("criticality") == "high" or any(map(_ANAPHYLAXIS.search, signs)),
            severe="severe" in severities,
            mild=bool(severities & {"mild", "moderate"}),
            words=signs,
        )


def _signs(reaction: fhir.Json) -> list[str]:
    said = [text for item in fhir.objects(reaction.get("manifestation")) for text in fhir.texts(item)]
    description = fhir.string(reaction.get("description"))
    return [*said, description] if description else said


def _events(source: Source) -> Iterator[Found]:
    for content in source.all("AdverseEvent"):
        words = fhir.texts(content.get("event"))
        if fhir.string(content.get("actuality")) == "potential":
            source.put_aside(content, "potential event")
            continue
        severity = fhir.coded_status(content.get("severity"))
        seriousness = re.sub(r"[^a-z]", "", fhir.coded_status(content.get("seriousness")))
        fatal = "threatening" in seriousness or "death" in seriousness
        found = _found(
            content,
            source,
            [*_suspects(content, source), content.get("event")],
            life_threatening=fatal or any(map(_ANAPHYLAXIS.search, words)),
            severe=severity == "severe" or (seriousness.startswith("serious") and not fatal),
            mild=severity in {"mild", "moderate"} or seriousness.startswith("non"),
            words=words,
        )
        yield replace(found, other_event=bool(words) and not _speaks_of_reaction(words))


def _speaks_of_reaction(words: Iterable[str]) -> bool:
    return any(_REACTION.search(text) for text in words)


def _suspects(event: fhir.Json, source: Source) -> Iterator[object]:
    for entity in fhir.objects(event.get("suspectEntity")):
        pointer = entity.get("instance")
        display = fhir.string(fhir.one(pointer).get("display"))
        if display:
            yield {"text": display}
        yield entity.get("instanceCodeableConcept")
        for kind in _SUSPECTS:
            resource = source.resolve(event, pointer, kind) if pointer else None
            if resource is not None:
                yield _drug_of(resource, source)


def _drug_of(resource: fhir.Json, source: Source) -> object:
    if resource.get("resourceType") == "Medication":
        return resource.get("code")
    content = read_content(resource, source)
    codings = [{"system": system, "code": code} for system, code in content.codings]
    return {"coding": codings, "text": content.name}


def _conditions(source: Source) -> Iterator[Found]:
    """A problem such as ``infusion reaction to inebilizumab``."""
    for content in source.all("Condition"):
        words = fhir.texts(content.get("code"))
        if not _speaks_of_reaction(words) or fhir.coded_status(content.get("verificationStatus")) in _VOID:
            continue
        drugs = source.terminology.drugs((), words)
        if not drugs:
            continue
        severity = " ".join(fhir.texts(content.get("severity"))).lower()
        yield _found(
            content,
            source,
            [content.get("code")],
            life_threatening=any(map(_ANAPHYLAXIS.search, words)),
            severe="severe" in severity or "重" in severity,
            mild="mild" in severity or "moderate" in severity or "轻" in severity or "中" in severity,
            words=words,
        )


def _found(
    content: fhir.Json,
    source: Source,
    substances: Iterable[object],
    *,
    life_threatening: bool,
    severe: bool,
    mild: bool,
    words: list[str],
) -> Found:
    terminology, kind = source.terminology, str(content.get("resourceType"))
    stated = [item for item in substances if fhir.codings(item) or fhir.texts(item)]
    said = [(fhir.codings(item), fhir.texts(item)) for item in stated]
    drugs = {match.concept: match.matched_by for each in said for match in terminology.drugs(*each)}
    named = {match.concept: match.matched_by for each in said for match in terminology.reactions(*each)}
    when = day_of(content.get("onsetDateTime")) or day_of(content.get("recordedDate")) or day_of(content.get("date"))
    name = next((fhir.wording(item) for item in stated), "")
    record = Reaction(
        reference=fhir.local_reference(content),
        label=", ".join(part for part in (name or "reaction", *words[:2], shown(when)) if part),
        matched_by=next(iter((drugs | named).values()), ""),
        raw=content,
        drugs=frozenset(drugs),
        allergy=kind == "AllergyIntolerance",
        active=fhir.coded_status(content.get("clinicalStatus")) not in {"inactive", "resolved", "remission"},
        life_threatening=life_threatening,
        severe=severe,
        mild_or_moderate=mild,
        text="; ".join(words)[:300],
    )
    return Found(record, frozenset(named), kind, readable=bool(stated))
