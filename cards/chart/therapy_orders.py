"""Drafted ServiceRequests and DeviceRequests that order a drug: cell products and infusions often arrive as these."""

import re
from collections.abc import Iterable, Iterator

from cards.chart import fhir
from cards.chart.dates import day_of, period, shown
from cards.chart.ingredients import named_content
from cards.chart.intervals import Day
from cards.chart.reasons import read_reasons
from cards.chart.records import Medication, MedicationSource
from cards.chart.source import Source
from cards.terminology.systems import system_of

KINDS = ("ServiceRequest", "DeviceRequest")
# A request that names a drug may be about it and not order it: a drug level, antibodies against it, a talk about it.
_ABOUT_THE_DRUG = re.compile(
    r"\blevels?\b|\btrough\b|concentration|(?<!monoclonal )antibod|anti-?drug|monitor|assay|\btest(?:s|ing)?\b|genotyp"
    r"|counsel|educat|referral|\brefer\b|allerg|desensiti|screen"
    r"|浓度|(?<!单克隆)抗体|监测|检测|测定|检查|基因|咨询|宣教|会诊|转诊|过敏|脱敏|筛查|皮试",
    re.IGNORECASE,
)


def read_therapy_drafts(source: Source) -> Iterator[Medication]:
    """The drafts that order a drug, as orders of that drug without a dose."""
    for draft in source.drafts_of(*KINDS):
        concepts = list(_concepts(draft.content))
        found = named_content(concepts, source)
        refused = draft.content.get("doNotPerform") is True
        if not found.drugs or refused or _is_another_order(concepts, found.drugs, source):
            continue
        when, reasons = _planned(draft.content), read_reasons(draft.content, source)
        authored = day_of(draft.content.get("authoredOn"))
        yield Medication(
            reference=fhir.local_reference(draft.content),
            label=", ".join(part for part in (found.name, fhir.status(draft.content), shown(when or authored)) if part),
            matched_by=found.matched_by,
            raw=draft.content,
            drugs=found.drugs,
            source=MedicationSource.REQUEST,
            status=fhir.status(draft.content),
            draft=True,
            selected=draft.selected,
            start=when or authored,
            authored=authored,
            dates=(when,) if when is not None else (),
            reasons=reasons.concepts,
            reason_given=reasons.given,
            reason_text=reasons.text,
        )


def _concepts(content: fhir.Json) -> Iterator[object]:
    yield content.get("code")
    yield content.get("codeCodeableConcept")
    yield {"text": fhir.string(fhir.one(content.get("codeReference")).get("display"))}
    yield from fhir.objects(content.get("orderDetail"))


def _is_another_order(concepts: list[object], drugs: Iterable[str], source: Source) -> bool:
    """A test, an act or a vaccine that the value sets know, or something that is only about a drug.

    What the name of the drug itself says is not looked at: CD19/CD22 CAR-T is no count of CD19 cells.
    """
    terminology = source.terminology
    names = sorted((name.lower() for drug in drugs for name in terminology.drug(drug).text), key=len, reverse=True)
    for concept in concepts:
        codings, texts = fhir.codings(concept), [_without(names, text) for text in fhir.texts(concept)]
        if any(system_of(uri) == "loinc" and code for uri, code in codings):
            return True
        if any(known(codings, texts) for known in (terminology.labs, terminology.acts, terminology.vaccines)):
            return True
        if any(_ABOUT_THE_DRUG.search(text) for text in texts):
            return True
    return False


def _without(names: list[str], text: str) -> str:
    for name in names:
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


def _planned(content: fhir.Json) -> Day | None:
    start, _ = period(content.get("occurrencePeriod"))
    events = fhir.strings(fhir.one(content.get("occurrenceTiming")).get("event"))
    return day_of(content.get("occurrenceDateTime")) or start or next((d for e in events if (d := day_of(e))), None)
