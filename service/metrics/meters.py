"""What is counted.

Labels are hooks, statement ids, codes and other words of this service: few, known beforehand, and of no patient.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)

call_seconds = Histogram(
    "biologic_cds_call_seconds", "Time from the request line to the answer of a call.", ["hook"], buckets=_SECONDS
)
findings = Counter("biologic_cds_findings", "Findings on cards that went out.", ["statement", "severity"])
calls_with_unknown = Counter(
    "biologic_cds_calls_with_unknown", "Answered calls that left at least one statement not assessed.", ["hook"]
)
not_assessed = Counter("biologic_cds_not_assessed", "Statements that could not be decided.", ["hook", "why"])
refused = Counter("biologic_cds_refused", "Answers with an error, by its stable code.", ["code"])
fhir_reads = Counter("biologic_cds_fhir_reads", "Reads from the callers' FHIR servers.", ["outcome"])
feedback = Counter("biologic_cds_feedback", "Feedback entries that were stored.", ["service", "outcome"])
not_stored = Counter("biologic_cds_not_stored", "Rows that were dropped instead of stored.", ["table"])
about = Gauge(
    "biologic_cds_about",
    "1, with the versions of service and knowledge.",
    ["version", "knowledge"],
    multiprocess_mode="mostrecent",
)


def count_call(
    hook: str, seconds: float, fired: Sequence[Mapping[str, str]], unknown: Sequence[Mapping[str, str]]
) -> None:
    """An answered call: the findings on its cards, and what they say was not assessed."""
    _seconds(hook).observe(seconds)
    for finding in fired:
        _finding(finding["id"], finding["severity"]).inc()
    for item in unknown:
        _unknown(hook, item["why"]).inc()
    if unknown:
        _with_unknown(hook).inc()


# Looking a meter up by its labels costs more than counting.
_seconds = cache(call_seconds.labels)
_finding = cache(findings.labels)
_unknown = cache(not_assessed.labels)
_with_unknown = cache(calls_with_unknown.labels)
