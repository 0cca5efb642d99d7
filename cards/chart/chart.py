"""One patient's chart for one call: records by concept, read on demand and once."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from cards.chart import fhir
from cards.chart.acts import read_acts
from cards.chart.dates import day_of
from cards.chart.index import Indexer
from cards.chart.medications import References, read_medication
from cards.chart.problems import read_problems
from cards.chart.reactions import read_adverse_event, read_allergy, read_reaction_problem
from cards.chart.received import RawResource, Received
from cards.chart.records import (
    Act,
    Gap,
    Medication,
    Patient,
    Problem,
    Reaction,
    Records,
    Result,
    Vaccination,
)
from cards.chart.results import ResultReader
from cards.chart.vaccinations import read_forecasts, read_immunization, read_vaccine_order
from cards.terminology import Terminology

MEDICATION_TYPES = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")
REACTION_TYPES = ("AllergyIntolerance", "AdverseEvent")
Kind = TypeVar("Kind")


class Chart:
    """Answers which records there are about a concept, and whether there might be more."""

    def __init__(self, received: Received, terminology: Terminology, today: date, hook: str) -> None:
        self.today = today
        self.hook = hook
        self.terminology = terminology
        self.patient_id = received.patient_id
        self.encounter_id = received.encounter_id
        self._received = received
        self._index = Indexer(terminology, received.patient_id).add_all(received.resources)
        self._results: dict[str, Records[Result]] = {}
        self._medications: dict[str, Records[Medication]] = {}
        self._reader = ResultReader(terminology, today)

    @property
    def set_aside(self) -> tuple[tuple[str, str], ...]:
        """Resources that were not used, with the reason: no date, future date, other patient, void status."""
        return (*self._index.set_aside, *self._reader.set_aside)

    @cached_property
    def patient(self) -> Patient | None:
        for content in self._decoded("Patient"):
            if content.get("id") in {self.patient_id, None}:
                sex = fhir.string(content.get("gender"))
                return Patient(
                    reference=f"Patient/{self.patient_id}",
                    birth=day_of(content.get("birthDate")),
                    sex=sex if sex in {"male", "female"} else None,
                )
        return None

    @property
    def patient_gap(self) -> Gap | None:
        if self.patient is not None:
            return None
        return Gap.NOT_FETCHED if "Patient" in self._received.absent else Gap.NOT_ON_FILE

    def results(self, concept: str) -> Records[Result]:
        """Usable results of a laboratory concept, oldest first."""
        if concept not in self._results:
            found: list[Result] = []
            for raw, how in self._index.observations.get(concept, []):
                found += self._reader.read(fhir.decoded(raw), concept, how)
            found += self._reported(concept)
            found.sort(key=lambda result: (result.date.high or date.max, result.date.low or date.min))
            self._results[concept] = Records(tuple(found), self._gaps("Observation"))
        return self._results[concept]

    def _reported(self, concept: str) -> Iterable[Result]:
        """Observations contained in diagnostic reports."""
        for content in self._contained_observations:
            code = content.get("code")
            for match in self.terminology.labs(fhir.codings(code), fhir.texts(code)):
                if match.concept == concept:
                    yield from self._reader.read(content, concept, match.matched_by)

    @cached_property
    def _contained_observations(self) -> list[fhir.Json]:
        found: list[fhir.Json] = []
        for report in self._of_patient("DiagnosticReport"):
            for _, content in fhir.contained(report):
                if content.get("resourceType") == "Observation":
                    found.append({**content, "id": f"{report.get('id')}#{content.get('id')}"})
        return found

    def problems(self, concept: str) -> Records[Problem]:
        return Records(tuple(self._problems.get(concept, ())), self._gaps("Condition"))

    @cached_property
    def _problems(self) -> dict[str, list[Problem]]:
        return _grouped(
            pair for content in self._of_patient("Condition") for pair in read_problems(content, self.terminology)
        )

    def medications(self, concept: str) -> Records[Medication]:
        """Records of a drug or any drug of a group, drafts included, by when they start."""
        if concept not in self._medications:
            wanted = self.terminology.group(concept)
            found = [item for item in self._all_medications if not wanted.isdisjoint(item.drugs)]
            gaps = self._gaps(*MEDICATION_TYPES)
            if any(item.unreadable and not item.draft for item in self._all_medications):
                gaps |= {Gap.UNREADABLE}
            self._medications[concept] = Records(tuple(found), gaps)
        return self._medications[concept]

    @cached_property
    def _all_medications(self) -> list[Medication]:
        references = References(self._medication, self._reasons_behind)
        found = [
            medication
            for kind in MEDICATION_TYPES
            for content in self._of_patient(kind)
            if (medication := read_medication(content, self.terminology, references)) is not None
        ]
        found += [draft for draft in self.drafts if isinstance(draft, Medication)]
        found.sort(key=lambda item: (_first(item) or date.min))
        return found

    @cached_property
    def drafts(self) -> tuple[Medication | Vaccination | Act, ...]:
        """The drafted orders this service can read, as what they are."""
        references = References(self._medication, self._reasons_behind)
        found: list[Medication | Vaccination | Act] = []
        for content in self._draft_contents.values():
            selected = self._is_selected(content)
            vaccine = read_vaccine_order(content, self.terminology, draft=True, selected=selected)
            if vaccine is not None:
                found.append(vaccine)
                continue
            medication = read_medication(content, self.terminology, references, draft=True, selected=selected)
            if medication is not None:
                found.append(medication)
        return (*found, *(act for acts in self._drafted_acts.values() for act in acts))

    @cached_property
    def _draft_contents(self) -> dict[str, fhir.Json]:
        contents = [fhir.decoded(raw) for raw in self._received.drafts]
        return {fhir.local_reference(content) or f"#{number}": content for number, content in enumerate(contents)}

    def _is_selected(self, content: fhir.Json) -> bool:
        reference = fhir.local_reference(content)
        return self._received.select_all or reference in self._received.selections

    @cached_property
    def _drafted_acts(self) -> dict[str, list[Act]]:
        return _grouped(
            pair
            for content in self._draft_contents.values()
            if content.get("resourceType") in {"ServiceRequest", "Procedure"}
            for pair in read_acts(content, self.terminology, draft=True)
        )

    def acts(self, concept: str) -> Records[Act]:
        """Done, running, ordered and drafted."""
        found = [*self._acts.get(concept, ()), *self._drafted_acts.get(concept, ())]
        act = self.terminology.sets.acts.get(concept)
        return Records(tuple(found), self._gaps(*(act.recorded_as if act else ("ServiceRequest",))))

    @cached_property
    def _acts(self) -> dict[str, list[Act]]:
        types = ("Procedure", "ImagingStudy", "DiagnosticReport", "ServiceRequest")
        pairs = [pair for kind in types for content in self._of_patient(kind) for pair in read_acts(content, self.terminology)]
        pairs.sort(key=lambda pair: (pair[1].date.low if pair[1].date else None) or date.min)
        return _grouped(pairs)

    def test_orders(self, concept: str) -> Records[Act]:
        """Active or drafted orders of a test, imaging study or referral."""
        found = self.acts(concept)
        return Records(tuple(act for act in found.items if act.ordered or act.draft), found.gaps)

    def vaccinations(self) -> Records[Vaccination]:
        return self._vaccinations

    @cached_property
    def _vaccinations(self) -> Records[Vaccination]:
        read = (read_immunization(content, self.terminology) for content in self._of_patient("Immunization"))
        found = [item for item in read if item is not None]
        found.sort(key=lambda item: (item.date.low if item.date else None) or date.min)
        return Records(tuple(found), self._gaps("Immunization"))

    def vaccine_orders(self) -> Records[Vaccination]:
        """Drafted orders of a vaccine."""
        return Records(tuple(draft for draft in self.drafts if isinstance(draft, Vaccination)))

    def forecasts(self) -> Records[Vaccination]:
        return self._forecasts

    @cached_property
    def _forecasts(self) -> Records[Vaccination]:
        kind = "ImmunizationRecommendation"
        found = [item for content in self._decoded(kind) for item in read_forecasts(content, self.terminology)]
        return Records(tuple(found), self._gaps(kind))

    def reactions(self, concept: str) -> Records[Reaction]:
        """Reactions under their own name, or to a drug."""
        drug = self.terminology.reaction_drug(concept)
        found = self._reactions.get(drug or concept, ())
        return Records(tuple(found), self._gaps(*REACTION_TYPES))

    @cached_property
    def _reactions(self) -> dict[str, list[Reaction]]:
        readers: tuple[tuple[str, Callable[..., list[tuple[str, Reaction]]]], ...] = (
            ("AllergyIntolerance", read_allergy),
            ("AdverseEvent", read_adverse_event),
            ("Condition", read_reaction_problem),
        )
        return _grouped(
            pair for kind, read in readers for content in self._of_patient(kind) for pair in read(content, self.terminology)
        )

    def draft_resource(self, reference: str) -> fhir.Json:
        """A draft in full, as received."""
        return self._draft_contents.get(reference, fhir.NOTHING)

    def active_resource(self, reference: str) -> fhir.Json:
        """A resource of the record in full, as received."""
        kind = reference.partition("/")[0]
        found = (content for content in self._decoded(kind) if fhir.local_reference(content) == reference)
        return next(found, fhir.NOTHING)

    def _decoded(self, kind: str) -> list[fhir.Json]:
        cache = self.__dict__.setdefault("_decoded_by_type", {})
        if kind not in cache:
            raws: list[RawResource] = self._index.by_type.get(kind, [])
            cache[kind] = [fhir.decoded(raw) for raw in raws]
        return cache[kind]

    def _of_patient(self, kind: str) -> Iterable[fhir.Json]:
        for content in self._decoded(kind):
            field = content.get("patient") if kind in {"Immunization", "AllergyIntolerance"} else content.get("subject")
            subject = fhir.reference(field)
            if subject is None or not subject.startswith("Patient/") or subject == f"Patient/{self.patient_id}":
                yield content

    def _gaps(self, *types: str) -> frozenset[Gap]:
        return frozenset([Gap.NOT_FETCHED]) if not self._received.absent.isdisjoint(types) else frozenset()

    def _medication(self, reference: str) -> fhir.Json | None:
        identifier = reference.removeprefix("urn:uuid:")
        for content in (*self._decoded("Medication"), *self._draft_contents.values()):
            if content.get("resourceType") == "Medication":
                if fhir.local_reference(content) == reference or content.get("id") == identifier:
                    return content
        return None

    def _reasons_behind(self, reference: str) -> frozenset[str]:
        for content in self._decoded("Condition"):
            if fhir.local_reference(content) == reference:
                code = content.get("code")
                return self.terminology.reasons(fhir.codings(code), fhir.texts(code))
        return frozenset()


def _first(medication: Medication) -> Any:
    for day in (medication.start, *medication.dates[:1], medication.authored):
        if day is not None:
            return day.low or day.high
    return None


def _grouped(pairs: Iterable[tuple[str, Kind]]) -> dict[str, list[Kind]]:
    found: dict[str, list[Kind]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return found
