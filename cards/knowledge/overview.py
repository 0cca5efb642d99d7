"""Everything the knowledge says about one drug, in one place."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cards.dosing.model import Accepted, Ceiling, Population, Record, RegimenFile
from cards.knowledge.chapter import Chapter
from cards.knowledge.explain import source_in_words
from cards.knowledge.loader import Knowledge
from cards.knowledge.recommendations import Recommendation
from cards.knowledge.regimen_words import RegimenWords
from cards.words import Words

Json = dict[str, Any]
LANGUAGES = ("en", "zh")


def about_drug(knowledge: Knowledge, drug: str) -> Json | None:
    """Names, recognised codes, regimens, statements and recommendations of a drug; ``None`` for none of that key."""
    terminology = knowledge.terminology
    concept = terminology.sets.drugs.get(drug)
    if concept is None:
        return None
    chapter = next((item for item in knowledge.chapters.values() if item.drug == drug), None)
    regimens = chapter.regimens if chapter else None
    return {
        "drug": drug,
        "names": chapter.entry.names.model_dump() if chapter else concept.names.model_dump(),
        "recognised_by": {
            "codes": {system: len(codes) for system, codes in concept.codes.items()},
            "products": len(concept.products),
            "text": list(concept.text),
        },
        "limits": _limits(regimens.label_max_any_indication) if regimens else [],
        "regimens": [_regimen(knowledge, regimens, record) for record in regimens.records] if regimens else [],
        "statements": [found for item in knowledge.chapters.values() if (found := _statements(item, drug))],
        "recommendations": [
            _recommendation(knowledge, item, drug)
            for other in knowledge.chapters.values()
            for item in other.recommendations
            if item.of_drug(drug)
        ],
    }


def drugs_with_knowledge(knowledge: Knowledge) -> list[str]:
    """Every drug that a chapter is about or that brings up a statement."""
    chapters = knowledge.chapters.values()
    found = {chapter.drug for chapter in chapters if chapter.drug} | {d for chapter in chapters for d in chapter.drugs}
    return sorted(drug for drug in found if drug in knowledge.terminology.sets.drugs)


def _in_both(say: Callable[[RegimenWords], list[str]]) -> list[dict[str, str]]:
    """What ``say`` answers as lines, line by line in both languages."""
    lines = [say(RegimenWords(language)) for language in LANGUAGES]
    return [dict(zip(LANGUAGES, pair, strict=True)) for pair in zip(*lines, strict=True)]


def _limits(ceilings: Iterable[Ceiling]) -> list[Json]:
    items = list(ceilings)
    words = _in_both(lambda said: [said.limit(item) for item in items])
    return [{**said, "level": item.level, "origin": item.origin} for item, said in zip(items, words, strict=True)]


def _regimen(knowledge: Knowledge, file: RegimenFile, record: Record) -> Json:
    note = record.note if isinstance(record.note, Words) else Words(en=record.note, zh=record.note)
    return {
        "id": record.id,
        "indication": record.indication.names.model_dump(),
        "population": _whom(record.population),
        "doses": _in_both(lambda said: said.doses(record)),
        "accepted": [_accepted(item) for item in record.accepts],
        "limits": _limits((*record.ceiling, *record.course_ceiling)),
        "grade": _in_both(lambda said: [said.grade(record)])[0],
        "line": record.line,
        "regulatory": _in_both(lambda said: [said.regulatory(item) for item in record.regulatory]),
        "source": source_in_words(knowledge, file.document, record.locator),
        "outside": [source_in_words(knowledge, name, "") for name in record.sources],
        "unconfirmed": list(record.unconfirmed_fields),
        "sign_off": record.sign_off,
        "note": note.model_dump(),
    }


def _accepted(item: Accepted) -> Json:
    whom = _whom(item.population) if item.population else None
    doses = _in_both(lambda said: said.plan(item))
    return {"level": item.level, "why": item.why.model_dump(), "population": whom, "doses": doses}


def _whom(population: Population) -> dict[str, str]:
    return _in_both(lambda said: [said.population(population)])[0]


def _statements(chapter: Chapter, drug: str) -> Json | None:
    found = [s.entry for s in chapter.statements.values() if drug in s.drugs or chapter.drug == drug]
    if not found:
        return None
    return {
        "chapter": chapter.key,
        "names": chapter.entry.names.model_dump(),
        "statements": [
            {"id": e.id, "kind": e.kind, "severity": e.severity, "hooks": list(e.hooks), "say": e.say.model_dump()}
            for e in found
        ],
    }


def _recommendation(knowledge: Knowledge, item: Recommendation, drug: str) -> Json:
    named = item.of_drug(drug)
    assert named is not None
    terminology = knowledge.terminology
    return {
        "disease": item.disease,
        "names": {language: terminology.name(item.disease, language) for language in LANGUAGES},
        "choice": {"key": named.choice} | _in_both(lambda said: [said.say(named.choice)])[0],
        "grade": named.grade,
        "records": list(named.records),
        "condition": named.condition.model_dump() if named.condition else None,
        "conditions_for_use": [words.model_dump() for words in item.conditions_for_use],
        "special_populations": list(_special_populations(item, drug)),
        "locator": item.locator,
    }


def _special_populations(item: Recommendation, drug: str) -> Iterator[Json]:
    for special in item.special_populations:
        if special.drug in (None, drug):
            yield {"population": special.population.model_dump(), "text": special.text.model_dump()}
