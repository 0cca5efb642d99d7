"""The names under which code systems arrive."""

_ALIASES: dict[str, tuple[str, ...]] = {
    "loinc": ("loinc.org", "2.16.840.1.113883.6.1", "loinc"),
    "snomed": ("snomed.info/sct", "2.16.840.1.113883.6.96", "snomed"),
    "icd10cm": (
        "hl7.org/fhir/sid/icd-10-cm",
        "hl7.org/fhir/sid/icd-10-us",
        "2.16.840.1.113883.6.90",
        "icd-10-cm",
        "icd10cm",
    ),
    "icd10": (
        "hl7.org/fhir/sid/icd-10",
        "hl7.org/fhir/sid/icd-10-cn",
        "2.16.840.1.113883.6.3",
        "2.16.156.10011.2.3.3.11",
        "2.16.156.10011.2.3.3.11.3",
        "id.who.int/icd/release/10",
        "icd-10",
        "icd10",
    ),
    "rxnorm": ("www.nlm.nih.gov/research/umls/rxnorm", "2.16.840.1.113883.6.88", "rxnorm"),
    "atc": ("www.whocc.no/atc", "whocc.no/atc", "2.16.840.1.113883.6.73", "atc"),
    "cvx": ("hl7.org/fhir/sid/cvx", "2.16.840.1.113883.12.292", "cvx"),
    "interpretation": (
        "terminology.hl7.org/codesystem/v3-observationinterpretation",
        "hl7.org/fhir/v3/observationinterpretation",
        "hl7.org/fhir/v2/0078",
        "terminology.hl7.org/codesystem/v2-0078",
        "2.16.840.1.113883.5.83",
    ),
}
_EDITIONS = ("snomed.info/sct", "id.who.int/icd/release/10")
_BY_ALIAS = {alias: system for system, aliases in _ALIASES.items() for alias in aliases}
LABELS = {
    "loinc": "LOINC",
    "snomed": "SNOMED CT",
    "icd10": "ICD-10",
    "icd10cm": "ICD-10-CM",
    "rxnorm": "RxNorm",
    "atc": "ATC",
    "cvx": "CVX",
    "interpretation": "interpretation",
}
URIS = {
    "loinc": "http://loinc.org",
    "snomed": "http://snomed.info/sct",
    "icd10": "http://hl7.org/fhir/sid/icd-10",
    "icd10cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "atc": "http://www.whocc.no/atc",
    "cvx": "http://hl7.org/fhir/sid/cvx",
}
_KNOWN: dict[str, str | None] = {}


def system_of(uri: str | None) -> str | None:
    """The short name of a code system, or ``None`` when it is not one we read."""
    if not isinstance(uri, str):
        return None
    if uri not in _KNOWN:
        if len(_KNOWN) > 4096:
            _KNOWN.clear()
        _KNOWN[uri] = _looked_up(uri)
    return _KNOWN[uri]


def _looked_up(uri: str) -> str | None:
    """Without scheme, version and trailing slash; an edition or release of a system is that system."""
    plain = uri.strip().lower().partition("|")[0].removeprefix("urn:oid:")
    name = plain.partition("://")[2] or plain
    name = name.rstrip("/")
    edition = next((base for base in _EDITIONS if name.startswith(f"{base}/")), name)
    return _BY_ALIAS.get(edition)
