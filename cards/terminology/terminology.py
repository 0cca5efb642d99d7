"""Everything the value sets know, ready to be asked."""

from collections.abc import Iterable, Mapping, Set
from functools import lru_cache

from cards.terminology.broad import BroadCodes
from cards.terminology.finding import Codings, Finder
from cards.terminology.forms import with_forms
from cards.terminology.matching import CodeIndex, TextIndex, normalised
from cards.terminology.model import (
    ActConcept,
    ConditionConcept,
    DrugConcept,
    DrugGroup,
    LabConcept,
    Match,
    VaccineConcept,
)
from cards.terminology.remembering import Coded, Worded, remembering
from cards.terminology.systems import system_of
from cards.terminology.value_sets import ValueSets

GENERAL_UNITS = frozenset({"mg", "g", "kg", "mg/kg", "mg/d", "min", "h", "%", "{count}"})


def _matches(found: Mapping[str, str]) -> tuple[Match, ...]:
    return tuple(Match(concept=concept, matched_by=how) for concept, how in found.items())


class Terminology:
    """Answers which concepts a code or text means, and what is known of each concept."""

    def __init__(self, sets: ValueSets) -> None:
        self.sets = sets
        self._kinds = {key: kind for kind, keys in sets.keys_by_kind() for key in keys}
        self._labs = Finder(sets.labs)
        self._conditions = Finder(sets.conditions)
        self._acts = Finder(sets.acts)
        self._drugs = Finder(sets.drugs, longest=True)
        self._vaccines = Finder(sets.vaccines)
        self._reactions = Finder(sets.reactions)
        # Which concepts the codings and texts of one thing mean.
        self.labs, self.acts = remembering(self._find_labs), remembering(self._find_acts)
        self.conditions, self.drugs = remembering(self._find_conditions), remembering(self._find_drugs)
        self.vaccines, self.reactions = remembering(self._find_vaccines), remembering(self._find_reactions)
        self.answers = remembering(self._find_answers)
        # Concepts that are a state of a wider one, such as a relapse, and that wider one.
        self.narrowing = {item.key: item.narrows for item in sets.conditions.values() if item.narrows}
        self._narrowed_further = frozenset(self.narrowing.values())
        self._excluded = _excluded(sets.conditions)
        self._broad = BroadCodes(sets.conditions)
        self._form_of = {drug.key: drug.form_of for drug in sets.drugs.values() if drug.form_of}
        self._products = {code: drug.key for drug in sets.drugs.values() for code in drug.products}
        self._answer_codes = CodeIndex()
        self._answer_texts: dict[str, tuple[str, ...]] = {}
        self._index_answers()
        self._groups = {key: frozenset([key]) for key in sets.drugs}
        self._groups |= {group.key: frozenset([*group.members, *_class_keys(group)]) for group in sets.groups.values()}
        self._classes = [
            (prefix, f"{group.key}:{prefix}", frozenset(group.members))
            for group in sets.groups.values()
            for prefix in group.atc
        ]
        self._class_texts = TextIndex()
        for group in sets.groups.values():
            self._class_texts.add(f"{group.key}:text", group.text)
        self._local_words = TextIndex()
        self._local_words.add("local", sets.local_words)
        self.route_of_text = lru_cache(maxsize=2000)(self._route_of_text)

    def kind(self, key: str) -> str | None:
        """lab, condition, act, reaction, drug (also groups) or vaccine (a vaccine group)."""
        return self._kinds.get(key)

    def units(self) -> frozenset[str]:
        """Every unit a number in a condition may carry."""
        return GENERAL_UNITS | {unit for lab in self.sets.labs.values() for unit in (*lab.units, lab.unit) if unit}

    def lab(self, key: str) -> LabConcept:
        return self.sets.labs[key]

    def with_alternatives(self, key: str) -> tuple[str, ...]:
        """A test or act and those whose order answers for it as well."""
        concept = self.sets.labs.get(key) or self.sets.acts.get(key)
        return (key, *concept.alternatives) if concept else (key,)

    def act(self, key: str) -> ActConcept:
        return self.sets.acts[key]

    def drug(self, key: str) -> DrugConcept:
        return self.sets.drugs.get(key) or DrugConcept(key=key, names={"en": key, "zh": key})  # type: ignore[arg-type]

    def name(self, key: str, language: str) -> str:
        """What a concept is called; a vaccine group after its least specific member."""
        sets = self.sets
        for concepts in (sets.labs, sets.conditions, sets.acts, sets.reactions, sets.drugs, sets.groups):
            if key in concepts:
                return concepts[key].names.in_language(language)
        vaccines = [vaccine for vaccine in sets.vaccines.values() if vaccine.group == key]
        vaccines.sort(key=lambda vaccine: vaccine.live != "unknown")
        return vaccines[0].names.in_language(language) if vaccines else key

    def group(self, key: str) -> frozenset[str]:
        """The ingredients of a drug group; a single drug is its own group."""
        return self._groups.get(key, frozenset())

    def _find_labs(self, codings: Coded, texts: Worded) -> tuple[Match, ...]:
        return _matches(self._labs.find(codings, texts))

    def _find_acts(self, codings: Coded, texts: Worded) -> tuple[Match, ...]:
        return _matches(self._acts.find(codings, texts))

    def _find_conditions(self, codings: Coded, said: Worded) -> tuple[Match, ...]:
        """Codes match by prefix; a code that is too broad counts only with a word beside it."""
        texts = [text for text in said if text]
        found = self._conditions.by_code(codings)
        for concept in list(found):
            if any(concept in self._excluded.find(s, c) for uri, c in codings if c and (s := system_of(uri))):
                del found[concept]
        found |= self._broad.find(codings, texts, found)
        for concept, how in self._conditions.by_text(texts).items():
            narrows = self.sets.conditions[concept].narrows
            if concept not in found and (narrows in found or self._unknown_to_all(codings)):
                found[concept] = how
        return _matches({concept: how for concept, how in found.items() if self._narrowed(concept, found)})

    def _unknown_to_all(self, codings: Coded) -> bool:
        """Whether no coding is a diagnosis code: then the text is all there is."""
        return not any(system_of(uri) in {"icd10", "icd10cm", "snomed"} and code for uri, code in codings)

    def _narrowed(self, concept: str, found: Mapping[str, str]) -> bool:
        wider = self.sets.conditions[concept].narrows
        return wider is None or wider in found

    def narrower(self, wider: str, texts: Iterable[str]) -> dict[str, str]:
        """Concepts that the words of a record make of a wider one: a relapse of NMOSD. Each text speaks for itself."""
        if wider not in self._narrowed_further:
            return {}
        said = {key: how for text in texts for key, how in self._conditions.by_text([text]).items()}
        return {key: how for key, how in said.items() if self.narrowing.get(key) == wider}

    def _find_drugs(self, codings: Coded, said: Worded) -> tuple[Match, ...]:
        """Ingredients; a group's ATC class counts also for drugs without an entry of their own."""
        found: dict[str, str] = {}
        for uri, code in codings:
            if system_of(uri) == "rxnorm" and code and code.strip() in self._products:
                found[self._products[code.strip()]] = f"RxNorm {code}"
        found |= self._drugs.by_code(codings)
        texts = [text for text in said if text]
        if not found:
            found = self._drugs.by_text(texts)
        found = with_forms(found, self._form_of, lambda: self._drugs.by_text(texts))
        found = self._localised(found, texts)
        found |= self._class_matches(codings, texts, found.keys())
        return _matches(self._with_ingredients(found))

    def _localised(self, found: Mapping[str, str], texts: list[str]) -> dict[str, str]:
        """An ointment or eye drop is the local form of its drug, which is no systemic exposure."""
        if not self._local_words.said(texts):
            return dict(found)
        return {self.sets.drugs[key].local_form or key: how for key, how in found.items()}

    def _class_matches(self, codings: Coded, texts: list[str], known: Set[str]) -> dict[str, str]:
        """The stand-in of a class, unless a drug of it is ``known``: one drug is one ingredient."""
        found = {
            key: f"ATC {code}"
            for uri, code in codings
            if code and system_of(uri) == "atc"
            for prefix, key, members in self._classes
            if code.strip().upper().startswith(prefix) and members.isdisjoint(known)
        }
        return found | self._class_texts.said(texts)

    def _with_ingredients(self, found: Mapping[str, str]) -> dict[str, str]:
        complete: dict[str, str] = {}
        for key, how in found.items():
            drug = self.sets.drugs.get(key)
            for ingredient in drug.ingredients if drug and drug.ingredients else [key]:
                complete.setdefault(ingredient, how)
        return complete

    def product_name(self, codings: Codings) -> str | None:
        """The RxNorm name of a clinical or branded drug: it carries the strength."""
        for uri, code in codings:
            if system_of(uri) == "rxnorm" and code and code.strip() in self._products:
                return self.sets.drugs[self._products[code.strip()]].products[code.strip()]
        return None

    def _find_vaccines(self, codings: Coded, texts: Worded) -> tuple[Match, ...]:
        """A laboratory code is never a vaccine: antibodies are named after what one vaccinates for."""
        found = self._vaccines.by_code(codings)
        if not found and not any(system_of(uri) == "loinc" and code for uri, code in codings):
            found = self._vaccines.by_text(texts)
        return _matches(found)

    def vaccine(self, key: str) -> VaccineConcept:
        return self.sets.vaccines[key]

    def vaccine_live(self, keys: Iterable[str], texts: Iterable[str]) -> bool | None:
        """Whether a product is live: by its code or name, else by words such as 减毒活 or inactivated."""
        known = {self.sets.vaccines[key].live for key in keys} - {"unknown"}
        if len(known) == 1:
            return known == {"live"}
        plain = normalised(" ".join(texts))
        for kind, words in self.sets.live_words.items():
            if any(normalised(word) in plain for word in words):
                return kind == "live"
        return None

    def _find_reactions(self, codings: Coded, texts: Worded) -> tuple[Match, ...]:
        return _matches(self._reactions.find(codings, texts))

    def reaction_drug(self, key: str) -> str | None:
        concept = self.sets.reactions.get(key)
        return concept.drug if concept else key

    def _find_answers(self, codings: Coded, texts: Worded) -> frozenset[str]:
        """What a coded or worded result says: positive, negative, indeterminate, pregnant, wanted …"""
        found: set[str] = set()
        for uri, code in codings:
            system = system_of(uri)
            if system and code:
                found |= set(self._answer_codes.find(system, code))
        for text in texts:
            found |= set(self._answer_texts.get(normalised(text), ()))
        return frozenset(found)

    def interpretation(self, codes: Iterable[str]) -> frozenset[str]:
        """HL7 interpretation codes, whatever system they name."""
        return frozenset(key for code in codes for key in self._answer_codes.find("interpretation", code.upper()))

    def route_of_code(self, codings: Codings) -> str | None:
        codes = {code for uri, code in codings if system_of(uri) == "snomed"}
        return next(
            (name for name, route in self.sets.routes.items() if codes & set(route.codes.get("snomed", ()))), None
        )

    def _route_of_text(self, text: str) -> str | None:
        plain = normalised(text)
        for name, route in self.sets.routes.items():
            if plain in route.text:
                return name
        for name, route in self.sets.routes.items():
            if any((len(word) > 3 or not word.isascii()) and word in plain for word in route.text):
                return name
        return None

    def _index_answers(self) -> None:
        for key, answer in self.sets.answers.items():
            for system, codes in answer.codes.items():
                for code in codes:
                    self._answer_codes.add(system, code, key)
            for text in answer.text:
                plain = normalised(text)
                self._answer_texts[plain] = (*self._answer_texts.get(plain, ()), key)


def _class_keys(group: DrugGroup) -> list[str]:
    """Stand-ins for the drugs of an ATC class that have no entry of their own."""
    return [f"{group.key}:{prefix}" for prefix in group.atc] + ([f"{group.key}:text"] if group.text else [])


def _excluded(conditions: Mapping[str, ConditionConcept]) -> CodeIndex:
    index = CodeIndex()
    for key, concept in conditions.items():
        for system, codes in concept.exclude.items():
            for code in codes:
                index.add(system, code, key)
    return index
