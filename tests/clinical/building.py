"""Builds one patient case after another: ``clean().forget("hbsag").fires("hbv.hbsag-missing")``.

Dates are ISO strings; statements are named without the drug's name in front.
"""

from dataclasses import replace
from datetime import date
from functools import cache

from both_passes import assessed
from case_record import DRUG, Record

from cards.findings import Assessment, Explanation, Finding, NotAssessed
from cards.knowledge.loader import Knowledge, load_knowledge

PREFIX = f"{DRUG}."
PREMEDICATION = {
    "methylprednisolone": (100, "intravenous"),
    "diphenhydramine": (25, "oral"),
    "paracetamol": (500, "oral"),
}


@cache
def knowledge() -> Knowledge:
    """Of this drug alone: what the other chapters say of its patients is tested with them."""
    known = load_knowledge()
    return replace(known, chapters={DRUG: known.chapters[DRUG]})


class Case(Record):
    """A case and what the assessment makes of it."""

    def assessment(self) -> Assessment:
        today = date.fromisoformat(self._today)
        return assessed(self.received(), knowledge(), today=today, hook=self._hook)

    def findings(self) -> dict[str, Finding]:
        """By statement id, without the drug's name in front."""
        found = self.assessment().findings
        return {item.statement.id.removeprefix(PREFIX): item for item in found if item.drug == DRUG}

    def ids(self) -> set[str]:
        return set(self.findings())

    def fires(self, short: str) -> bool:
        """Whether a statement fires; ``short`` may leave out the end of its id as long as it stays unique."""
        return full(short) in self.findings()

    def finding(self, short: str) -> Finding:
        return self.findings()[full(short)]

    def severity(self, short: str) -> str | None:
        """The severity it fires with; None when silent."""
        found = self.findings().get(full(short))
        return found.severity if found else None

    def explanation(self, short: str) -> Explanation | None:
        """What became of a statement; None when the hook does not evaluate it."""
        wanted = PREFIX + full(short)
        return next((item for item in self.assessment().explanations if item.statement.id == wanted), None)

    def verdict(self, short: str) -> str | None:
        found = self.explanation(short)
        return found.verdict.value if found else None

    def not_assessed(self) -> dict[str, NotAssessed]:
        found = self.assessment().not_assessed
        return {item.statement.id.removeprefix(PREFIX): item for item in found if item.drug == DRUG}

    def proposals(self, short: str) -> set[tuple[str, str]]:
        """(action, concept) of the suggestions that still make sense."""
        return {(proposal.action, proposal.concept) for proposal in self.finding(short).proposals}

    def proposed_day(self, short: str, action: str) -> str | None:
        days = [item.day for item in self.finding(short).proposals if item.action == action]
        return str(days[0]) if days else None


@cache
def full(short: str) -> str:
    """The one statement id that starts with ``short``."""
    known = [key.removeprefix(PREFIX) for key in knowledge().chapters[DRUG].statements]
    found = [key for key in known if key == short] or [key for key in known if key.startswith(short)]
    assert len(found) == 1, f"{short!r} names {found or 'no statement'}"
    return found[0]


def screened(case: Case, on: str) -> Case:
    """Everything that is screened before the first dose: negative or normal, on one day."""
    for key in ("hbsag", "anti-hbc-total", "anti-hcv", "igra"):
        case.result(key, "negative", on)
    return (
        case.result("serum-igg", 10.5, on, "g/L")
        .result("serum-iga", 2.1, on, "g/L")
        .result("serum-igm", 1.1, on, "g/L")
    )


def clean(hook: str = "order-select", today: str = "2026-03-02") -> Case:
    """A man of 40 with AQP4-IgG positive NMOSD, fully screened and vaccinated, who gets his first pair of infusions.

    Planned date is 2026-03-09 and day 15 is 2026-03-23. On patient-view there is no draft.
    """
    case = Case(today, hook).patient(sex="male", birth="1985-06-15")
    case.condition("nmosd", recorded="2025-11-03").result("aqp4-igg", "positive", "2025-11-05")
    screened(case, "2026-02-10")
    for vaccine in ("influenza", "pneumococcal", "zoster-recombinant", "covid-19"):
        case.vaccinated(vaccine, "2025-10-01")
    case.medication("prednisone", start="2025-11-10", mg=15, per_day=1, route="oral")
    return case.draft(dates=("2026-03-09", "2026-03-23")).premedication(**PREMEDICATION)


def treated(hook: str = "patient-view", today: str = "2026-03-02") -> Case:
    """The same man a year into treatment, all monitoring up to date; last dose 2025-09-08, due 2026-03-08.

    On order hooks the draft is the infusion that is due.
    """
    case = Case(today, hook).patient(sex="male", birth="1985-06-15")
    case.condition("nmosd", recorded="2024-11-03").result("aqp4-igg", "positive", "2026-02-10")
    case.given("2025-03-10", "2025-03-24", "2025-09-08")
    screened(case, "2026-02-10").result("alt", 20, "2026-02-10", "U/L").result("creatinine", 70, "2026-02-10", "umol/L")
    for month in ("07", "08", "09"):
        case.result("cd20-b-cell-count", 1, f"2025-{month}-05", "/uL")
    for vaccine in ("influenza", "pneumococcal", "zoster-recombinant", "covid-19"):
        case.vaccinated(vaccine, "2024-10-01")
    return case.draft(dates=("2026-03-08",)).premedication(**PREMEDICATION)


def planned(today: str = "2026-03-02") -> Case:
    """Patient-view of the man whose first infusions are ordered and not yet given."""
    return clean("patient-view", today).ordered("2026-03-09", "2026-03-23")


def stopped(today: str = "2026-03-02") -> Case:
    """Patient-view after inebilizumab was stopped for good; last dose 2025-09-08."""
    return treated("patient-view", today).ordered("2025-09-08", status="stopped", authored="2025-09-01")
