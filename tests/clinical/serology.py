"""Hepatitis B results of a case, and the statements that every hepatitis B test names."""

from building import Case, clean

HBSAG = "hbv.hbsag-missing.screening-missing"
ANTI_HBC = "hbv.anti-hbc-missing.screening-missing"
DNA = "hbv.dna-missing-serology-positive.screening-missing"
NO_ANTIVIRAL = "hbv.carrier-no-antiviral.prophylaxis-needed"
ON = "2026-02-10"


def of_hbv(case: Case) -> set[str]:
    return {name for name in case.ids() if name.startswith("hbv.")}


def serology(case: Case, s: str | None, c: str | None, d: str | None, on: str = ON) -> Case:
    """HBsAg, anti-HBc and DNA; None: never tested."""
    case.forget("hbsag", "anti-hbc-total", "hbv-dna")
    for key, value in (("hbsag", s), ("anti-hbc-total", c), ("hbv-dna", d)):
        if value is not None:
            case.result(key, value, on)
    return case


def carrier(case: Case | None = None) -> Case:
    return serology(case or clean(), "positive", "positive", "negative")
