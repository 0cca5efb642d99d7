"""Why an order was placed or stopped, as far as it says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cards.chart import fhir
from cards.chart.problems import concepts_in
from cards.chart.source import Source

_PREVENTION = re.compile(r"prophyla|prevent|预防", re.IGNORECASE)
_INEFFECTIVE = re.compile(
    r"ineffective|lack of (?:effect|efficacy|response)|inefficac|(?:treatment|therapeutic|drug) failure|no response"
    r"|无效|失效|疗效不佳|疗效差|效果不佳|效果差|治疗失败",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reasons:
    concepts: frozenset[str] = frozenset()
    given: bool = False
    text: str = ""


def read_reasons(order: fhir.Json, source: Source) -> Reasons:
    """From reasonCode and reasonReference; a reference to a Condition of the record means what that Condition says."""
    concepts: set[str] = set()
    texts: list[str] = []
    given = False
    for concept in _reason_concepts(order, source):
        given = True
        concepts |= _meant(concept, source)
        texts += [fhir.wording(concept)]
    return Reasons(frozenset(concepts), given, "; ".join(text for text in texts if text)[:300])


def _meant(concept: object, source: Source) -> set[str]:
    """A reason may name a relapse without naming the disease again; it has no onset date to ask for."""
    terminology = source.terminology
    texts = fhir.texts(concept)
    said = {key for wider in terminology.narrowing.values() for key in terminology.narrower(wider, texts)}
    return {*concepts_in(concept, terminology), *said}


def _reason_concepts(order: fhir.Json, source: Source) -> Iterator[object]:
    codes = order.get("reasonCode")
    yield from fhir.objects(codes)
    yield from ({"text": text} for text in fhir.strings(codes))
    for pointer in fhir.objects(order.get("reasonReference")):
        condition = source.resolve(order, pointer, "Condition")
        display = fhir.string(pointer.get("display"))
        if condition is not None:
            yield condition.get("code")
        if display is not None or condition is None:
            yield {"text": display} if display else {}


def for_prevention(order: fhir.Json, reasons: Reasons) -> bool:
    """Whether the reason, the instruction or a note says that the drug prevents something."""
    said = [reasons.text, *fhir.notes(order)]
    for instruction in fhir.objects(order.get("dosageInstruction") or order.get("dosage")):
        said += [fhir.string(instruction.get("text")) or "", fhir.string(instruction.get("patientInstruction")) or ""]
        said += [text for item in fhir.objects(instruction.get("additionalInstruction")) for text in fhir.texts(item)]
    return any(_PREVENTION.search(text) for text in said)


def stopped_as_ineffective(order: fhir.Json) -> bool:
    causes = [text for item in fhir.objects(order.get("statusReason")) for text in fhir.texts(item)]
    return any(_INEFFECTIVE.search(text) for text in [*causes, *fhir.strings(order.get("statusReason"))])
