"""What is counted.

Labels are hooks, statement ids, codes and other words of this service: few, known beforehand, and of no patient.
"""

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
