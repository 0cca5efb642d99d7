"""What must hold between the value sets: keys mean one thing, names lead somewhere, codes are not shared."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cards.errors import KnowledgeError
from cards.terminology.matching import expanded, normalised, plain_code
from cards.terminology.model import Codes, DrugConcept, LabConcept
from cards.terminology.reading import Additions
from cards.terminology.systems import LABELS
from cards.terminology.value_sets import ValueSets

Files = Mapping[str, Path]
# Results exclude each other; yes and no answer several questions.
_RESULTS = ("positive", "negative", "indeterminate")


class Owners:
    """The concept that holds each code of one kind."""

    def __init__(self) -> None:
        self._owners: dict[tuple[str, str], set[str]] = {}

    def claim(self, key: str, codes: Codes, path: Path, shared: Iterable[str] = ()) -> None:
        """Raises ``KnowledgeError`` when another concept than the ``shared`` ones has a code already."""
        for system, values in codes.items():
            for code in (part for value in values for part in expanded(system, value)):
                owners = self._owners.setdefault((system, plain_code(system, code)), set())
                strangers = owners - {key, *shared}
                if strangers:
                    raise KnowledgeError(
                        path.name, f"{key}.codes", f"{LABELS[system]} {code} stands under {min(strangers)} too"
                    )
                owners.add(key)


def check_shared_codes(concepts: Mapping[str, object], files: Files, additions: Additions) -> None:
    """No code means two tests, two drugs, two vaccines or two answers, unless a test says that it includes another."""
    owners, including = Owners(), _including(concepts)
    for key, concept in concepts.items():
        owners.claim(key, _codes(concept), files[key], including.get(key, ()))
    for key, added in additions.items():
        for path, entry in added:
            owners.claim(key, entry.codes, path, including.get(key, ()))


def _codes(concept: object) -> Codes:
    codes: Codes = dict(getattr(concept, "codes", {}))
    if isinstance(concept, DrugConcept) and concept.products:
        codes["rxnorm"] = [*codes.get("rxnorm", ()), *concept.products]
    return codes


def _including(concepts: Mapping[str, object]) -> dict[str, set[str]]:
    """Which concepts may share codes with which, both ways."""
    found: dict[str, set[str]] = {}
    for key, concept in concepts.items():
        for other in concept.includes if isinstance(concept, LabConcept) else ():
            found.setdefault(key, set()).add(other)
            found.setdefault(other, set()).add(key)
    return found


def check_keys(sets: ValueSets) -> None:
    """A key is of one kind only."""
    seen: dict[str, str] = {}
    for kind, keys in sets.keys_by_kind():
        for key in keys:
            if key in seen:
                raise KnowledgeError("value_sets", key, f"is both a {seen[key]} and a {kind}")
            seen[key] = kind


def check_result_words(sets: ValueSets, path: Path) -> None:
    """No word is positive and negative."""
    owners: dict[str, str] = {}
    for key in _RESULTS:
        for word in sets.answers[key].text if key in sets.answers else ():
            owner = owners.setdefault(normalised(word), key)
            if owner != key:
                raise KnowledgeError(path.name, f"{key}.text", f"'{word}' stands under {owner} too")


def check_names(sets: ValueSets, files: Files) -> None:
    """Every concept that is named by another exists."""
    for key, field, name, known in _named(sets):
        if name not in known:
            raise KnowledgeError(files[key].name, f"{key}.{field}", f"there is no '{name}'")


def _named(sets: ValueSets) -> Iterator[tuple[str, str, str, Iterable[str]]]:
    orderable = {*sets.labs, *sets.acts}
    for key, lab in sets.labs.items():
        yield from ((key, "alternatives", name, orderable) for name in lab.alternatives)
        yield from ((key, "includes", name, sets.labs) for name in lab.includes)
        yield from ((key, "answers", name, sets.answers) for name in lab.answers)
    for key, act in sets.acts.items():
        yield from ((key, "alternatives", name, orderable) for name in act.alternatives)
    for key, condition in sets.conditions.items():
        yield from ((key, "narrows", name, sets.conditions) for name in (condition.narrows,) if name)
        rules = condition.codes_with_text
        yield from ((key, "unless", name, sets.conditions) for rule in rules for name in rule.unless)
    for key, reaction in sets.reactions.items():
        yield from ((key, "drug", name, {*sets.drugs, *sets.groups}) for name in (reaction.drug,) if name)
    for key, drug in sets.drugs.items():
        yield from ((key, "ingredients", name, sets.drugs) for name in drug.ingredients)
        yield from ((key, "local_form", name, sets.drugs) for name in (drug.local_form,) if name)
        yield from ((key, "form_of", name, sets.drugs) for name in (drug.form_of,) if name)
    for key, group in sets.groups.items():
        yield from ((key, "members", name, sets.drugs) for name in group.members)
