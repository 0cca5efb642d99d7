"""All value sets as they were read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cards.terminology.model import (
    ActConcept,
    AnswerConcept,
    ConditionConcept,
    DrugConcept,
    DrugGroup,
    LabConcept,
    ReactionConcept,
    RouteWords,
    VaccineConcept,
)


@dataclass(frozen=True, slots=True)
class ValueSets:
    labs: Mapping[str, LabConcept]
    conditions: Mapping[str, ConditionConcept]
    acts: Mapping[str, ActConcept]
    reactions: Mapping[str, ReactionConcept]
    drugs: Mapping[str, DrugConcept]
    vaccines: Mapping[str, VaccineConcept]
    groups: Mapping[str, DrugGroup]
    answers: Mapping[str, AnswerConcept]
    live_words: Mapping[str, list[str]]
    local_words: list[str]
    routes: Mapping[str, RouteWords]

    def keys_by_kind(self) -> Iterator[tuple[str, Iterable[str]]]:
        yield "lab", self.labs
        yield "condition", self.conditions
        yield "act", self.acts
        yield "reaction", self.reactions
        yield "drug", self.drugs
        yield "drug", self.groups
        yield "vaccine", sorted({vaccine.group for vaccine in self.vaccines.values()})
