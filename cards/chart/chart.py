"""One patient's chart: every kind of record by concept, read when it is first asked for."""

from datetime import date
from functools import cached_property

from cards.chart import fhir, reproduction
from cards.chart.acts import ByConcept, read_acts, read_test_orders
from cards.chart.dispensed import read_dispensed
from cards.chart.index import Group
from cards.chart.medications import KINDS, read_medications
from cards.chart.on_file import UNNAMED_MEDICATION, key, not_fetched
from cards.chart.ordering import each_once, in_order
from cards.chart.patient import read_patient
from cards.chart.problems import read_problems
from cards.chart.reactions import Found, read_reactions
from cards.chart.records import Act, Gap, Medication, Patient, Problem, Reaction, Records, Result, Vaccination
from cards.chart.results import read_results
from cards.chart.source import Source
from cards.chart.vaccinations import read_forecasts, read_vaccinations, read_vaccine_orders

_UNREADABLE = frozenset({Gap.UNREADABLE})
_NO_GAPS = frozenset[Gap]()


class Chart:
    """What is known of the patient on ``today``. Answers are cached; nothing in a resource makes them fail."""

    def __init__(self, source: Source, hook: str, encounter_id: str | None) -> None:
        self._source = source
        self.terminology = source.terminology
        self.today: date = source.today
        self.hook = hook
        self.patient_id = source.patient_id
        self.encounter_id = encounter_id
        self._results: dict[str, Records[Result]] = {}
        self._medications_of: dict[str, Records[Medication]] = {}

    @cached_property
    def _patient(self) -> tuple[Patient | None, Gap | None]:
        return read_patient(self._source)

    @property
    def patient(self) -> Patient | None:
        return self._patient[0]

    @property
    def patient_gap(self) -> Gap | None:
        """Why there is no patient."""
        return self._patient[1]

    def fetched(self, resource_type: str) -> bool:
        """Whether the query for these resources succeeded and was complete."""
        return resource_type not in self._source.absent

    @property
    def set_aside(self) -> tuple[tuple[str, str], ...]:
        """Resources ignored so far and why: reference and reason."""
        return self._source.set_aside

    # Laboratory results and other observations

    def results(self, concept: str) -> Records[Result]:
        """Dated, usable results, oldest first; unreadable ones are marked."""
        found = self._results.get(concept)
        if found is None:
            merged = reproduction.RESULTS.get(concept)
            found = merged(self) if merged else self.observed(concept)
            if len(found.items) > 1:
                found = Records(in_order(found.items), found.gaps)
            self._results[concept] = found
        return found

    def observed(self, concept: str) -> Records[Result]:
        """The results of Observations alone."""
        source, groups = self._source, self._observations.get(concept)
        if groups is None:
            return source.nothing("Observation")
        items: list[Result] = []
        for raw, how in each_once(groups):
            items += read_results(source, concept, fhir.decoded(raw), how)
        return Records(tuple(items), source.gaps("Observation"))

    @cached_property
    def _observations(self) -> dict[str, list[Group]]:
        self._source.open_reports()
        return self._source.index.observed(self.terminology.labs)

    # Problems

    def problems(self, concept: str) -> Records[Problem]:
        merged = reproduction.PROBLEMS.get(concept)
        return merged(self) if merged else self.diagnosed(concept)

    def diagnosed(self, concept: str) -> Records[Problem]:
        """The problems of Conditions alone."""
        found = self._problems.get(concept)
        return Records(tuple(found), self._source.gaps("Condition")) if found else self._source.nothing("Condition")

    @cached_property
    def _problems(self) -> dict[str, list[Problem]]:
        return read_problems(self._source)

    # Medications

    def medications(self, concept: str) -> Records[Medication]:
        """All records of a drug or of the drugs of a group, drafts among them."""
        found = self._medications_of.get(concept)
        if found is None:
            found = self._no_medications
            drugs = self.terminology.group(concept)
            if not drugs.isdisjoint(self._drugs_on_file):
                items = [item for item in self._all_medications if not drugs.isdisjoint(item.drugs)]
                found = Records(tuple(items), self._medication_gaps)
            self._medications_of[concept] = found
        return found

    @cached_property
    def _no_medications(self) -> Records[Medication]:
        return Records((), self._medication_gaps)

    @cached_property
    def _drugs_on_file(self) -> frozenset[str]:
        return frozenset[str]().union(*[item.drugs for item in self._all_medications])

    @cached_property
    def _all_medications(self) -> tuple[Medication, ...]:
        return read_medications(self._source)

    def dispensed(self, concept: str) -> tuple[Medication, ...]:
        """What was handed over of a drug; nothing follows from finding none."""
        drugs = self.terminology.group(concept)
        return tuple(item for item in self._dispensed if not drugs.isdisjoint(item.drugs))

    @cached_property
    def _dispensed(self) -> tuple[Medication, ...]:
        return tuple(read_dispensed(self._source))

    @cached_property
    def drafted_drugs(self) -> tuple[str, ...]:
        """The drugs of the drafts that the hook call is about."""
        drafted = (item for item in self._all_medications if item.draft and item.selected)
        return tuple(dict.fromkeys(drug for item in drafted for drug in sorted(item.drugs)))

    @cached_property
    def _medication_gaps(self) -> frozenset[Gap]:
        """A medication nobody can name might be any drug."""
        unreadable = any(item.unreadable for item in self._all_medications)
        return self._source.gaps(*KINDS) | (_UNREADABLE if unreadable else _NO_GAPS)

    # Vaccinations

    def vaccinations(self) -> Records[Vaccination]:
        return Records(self._given, self._source.gaps("Immunization"))

    @cached_property
    def _given(self) -> tuple[Vaccination, ...]:
        return in_order(read_vaccinations(self._source))

    def vaccine_orders(self) -> Records[Vaccination]:
        return Records(self._vaccine_orders, self._source.gaps("MedicationRequest", "ServiceRequest"))

    @cached_property
    def _vaccine_orders(self) -> tuple[Vaccination, ...]:
        return in_order(read_vaccine_orders(self._source))

    def forecasts(self) -> Records[Vaccination]:
        return Records(self._forecasts, self._source.gaps("ImmunizationRecommendation"))

    @cached_property
    def _forecasts(self) -> tuple[Vaccination, ...]:
        return in_order(read_forecasts(self._source))

    # Acts and orders

    def acts(self, concept: str) -> Records[Act]:
        """Done, in progress, ordered and drafted."""
        act = self.terminology.sets.acts.get(concept)
        kinds = act.recorded_as if act else ("ServiceRequest",)
        found = self._acts.get(concept)
        return Records(in_order(found), self._source.gaps(*kinds)) if found else self._source.nothing(*kinds)

    @cached_property
    def _acts(self) -> ByConcept:
        return read_acts(self._source)

    def test_orders(self, concept: str) -> Records[Act]:
        """Active or drafted orders of a test, an act or a referral."""
        found, kind = self._test_orders.get(concept), "ServiceRequest"
        return Records(in_order(found), self._source.gaps(kind)) if found else self._source.nothing(kind)

    @cached_property
    def _test_orders(self) -> ByConcept:
        return read_test_orders(self._source)

    # Reactions

    def reactions(self, concept: str) -> Records[Reaction]:
        """All adverse events of a drug or drug group; under the name of a reaction only what is said to be one."""
        named = concept in self.terminology.sets.reactions
        drug = self.terminology.reaction_drug(concept)
        drugs = self.terminology.group(drug) if drug else frozenset[str]()
        kinds = ("AllergyIntolerance", "AdverseEvent", "Condition") if drugs else ("AllergyIntolerance",)
        if not self._reactions:
            return self._source.nothing(*kinds)
        considered = [found for found in self._reactions if found.kind in kinds and not (named and found.other_event)]
        items = [
            found.record
            for found in considered
            if not drugs.isdisjoint(found.record.drugs) or (named and concept in found.concepts)
        ]
        lost = any(not found.readable for found in considered)
        gaps = self._source.gaps(*kinds) | (_UNREADABLE if lost else _NO_GAPS)
        return Records(tuple(items), gaps)

    @cached_property
    def _reactions(self) -> tuple[Found, ...]:
        return read_reactions(self._source)

    @cached_property
    def on_file(self) -> frozenset[str]:
        """The keys (see ``cards.chart.on_file``) of everything that is on file, or may be."""
        found = {not_fetched(name) for name in self._source.absent}
        found.update(f"results {concept}" for concept in self._observations)
        found.update(f"problems {concept}" for concept in self._problems)
        found.update(f"medications {drug}" for item in self._all_medications for drug in item.drugs)
        found.update(f"acts {concept}" for concept in self._acts)
        found.update(f"test orders {concept}" for concept in self._test_orders)
        if Gap.UNREADABLE in self._medication_gaps:
            found.add(UNNAMED_MEDICATION)
        if self._reactions:
            found.add(key("reactions"))
        if self._given:
            found.add(key("vaccinations"))
        if self._vaccine_orders:
            found.add(key("vaccine orders"))
        if self._forecasts:
            found.add(key("forecasts"))
        return frozenset(found)

    # The drafts, and resources as they were received

    @cached_property
    def drafts(self) -> tuple[Medication | Vaccination | Act, ...]:
        """The drafted orders that are of a known kind, each once."""
        vaccines = [order for order in self._vaccine_orders if order.draft]
        known = {order.reference for order in vaccines}
        medications = [m for m in self._all_medications if m.draft and m.drugs and m.reference not in known]
        acts: dict[str, Act] = {}
        for orders in (*self._test_orders.values(), *self._acts.values()):
            for act in orders:
                if act.draft and act.reference not in known:
                    acts.setdefault(act.reference, act)
        return (*medications, *vaccines, *acts.values())

    def draft_resource(self, reference: str) -> fhir.Json:
        """A draft as it was received, decimals exact; empty when there is none of that name."""
        drafts = (draft.content for draft in self._source.drafts)
        return next((item for item in drafts if reference and fhir.local_reference(item) == reference), fhir.NOTHING)

    def active_resource(self, reference: str) -> fhir.Json:
        """A resource of the record as it was received; empty when there is none of that name."""
        kind = reference.partition("/")[0]
        return self._source.find(kind, reference) or fhir.NOTHING
