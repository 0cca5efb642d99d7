"""Allergies and adverse reactions."""

from cards.chart import fhir
from cards.chart.records import Reaction
from cards.terminology import Terminology
from cards.terminology.matching import normalised

VOID = frozenset({"refuted", "entered-in-error"})
LIFE_THREATENING = ("anaphyla", "life-threatening", "life threatening", "过敏性休克", "危及生命", "严重过敏反应")
REACTION = ("infusion", "输注", "输液", "reaction", "反应", "anaphyla", "过敏", "hypersensitivity")


def read_allergy(content: fhir.Json, terminology: Terminology) -> list[tuple[str, Reaction]]:
    """By drug and by named allergy; a refuted one is none."""
    if fhir.coded_status(content.get("verificationStatus")) in VOID:
        return []
    reactions = fhir.objects(content.get("reaction"))
    substances = [content.get("code"), *(item.get("substance") for item in reactions)]
    severities = {fhir.string(item.get("severity")) or "" for item in reactions}
    said = [text for item in reactions for part in fhir.objects(item.get("manifestation")) for text in fhir.texts(part)]
    active = fhir.coded_status(content.get("clinicalStatus")) in {"active", ""}
    threat = fhir.string(content.get("criticality")) == "high"
    return _reactions(content, substances, terminology, said, severities, threat=threat, active=active, allergy=True)


def read_adverse_event(content: fhir.Json, terminology: Terminology) -> list[tuple[str, Reaction]]:
    if fhir.string(content.get("actuality")) == "potential":
        return []
    suspects = [fhir.one(item.get("instance")) for item in fhir.objects(content.get("suspectEntity"))]
    named = [{"text": fhir.string(item.get("display")) or ""} for item in suspects]
    seriousness = " ".join([fhir.coded_status(content.get("seriousness")), *fhir.texts(content.get("seriousness"))])
    severity = fhir.coded_status(content.get("severity"))
    said = [*fhir.texts(content.get("event")), seriousness]
    severities = {severity} | ({"severe"} if _serious(seriousness) else set()) | (
        {"mild"} if normalised(seriousness).startswith(("non-serious", "non serious")) else set()
    )
    substances = [*named, content.get("event")]
    return _reactions(content, substances, terminology, said, severities, threat=False, active=True, allergy=False)


def read_reaction_problem(content: fhir.Json, terminology: Terminology) -> list[tuple[str, Reaction]]:
    """A Condition that names a drug and a reaction to it."""
    if fhir.coded_status(content.get("verificationStatus")) in VOID:
        return []
    said = fhir.texts(content.get("code"))
    plain = normalised(" ".join(said))
    if not any(word in plain for word in REACTION):
        return []
    severity = " ".join(fhir.texts(content.get("severity"))).lower()
    severities = {word for word in ("severe", "mild", "moderate") if word in severity}
    return _reactions(
        content, [content.get("code")], terminology, said, severities, threat=False, active=True, allergy=False
    )


def _serious(seriousness: str) -> bool:
    plain = normalised(seriousness)
    return "serious" in plain and not plain.startswith("non")


def _reactions(
    content: fhir.Json,
    substances: list[object],
    terminology: Terminology,
    said: list[str],
    severities: set[str],
    *,
    threat: bool,
    active: bool,
    allergy: bool,
) -> list[tuple[str, Reaction]]:
    found: dict[str, str] = {}
    for substance in substances:
        coded, words = fhir.codings(substance), fhir.texts(substance)
        matches = (*terminology.drugs(coded, words), *(terminology.reactions(coded, words) if allergy else ()))
        found |= {match.concept: match.matched_by for match in matches}
    plain = normalised(" ".join(said))
    name = next((text for substance in substances for text in fhir.texts(substance)), "reaction")
    return [
        (
            key,
            Reaction(
                reference=fhir.local_reference(content),
                label=", ".join(filter(None, (name[:80], "; ".join(said)[:80]))),
                matched_by=how,
                drugs=frozenset([key]),
                allergy=allergy,
                active=active,
                life_threatening=threat or any(word in plain for word in LIFE_THREATENING),
                severe="severe" in severities,
                mild_or_moderate=bool({"mild", "moderate"} & severities),
                text=" ".join(said),
            ),
        )
        for key, how in found.items()
    ]
