"""Each statement on drugs and infections with what it rests on not fetched: nothing unknown is taken as negative."""

from collections.abc import Callable

import pytest
from myositis_cases import NO_ILD, infusions, on_steroid, ordering, pulse
from myositis_people import Person, knowledge, man, woman
from test_myositis_immunoglobulin import FIVE, ivig
from test_myositis_infection import at_risk, prevented
from test_myositis_rituximab import FORTNIGHT, after, course, infected, infusion, of_size, reaction, rtx, screened
from test_myositis_steroid_monitoring import long_term
from test_myositis_steroids import downto, lowering, start

Build = Callable[[], Person]
ORDERS, RESULTS, PROBLEMS = "MedicationRequest", "Observation", "Condition"
GIVEN, REPORTS = "MedicationAdministration", "DiagnosticReport"


def mild() -> Person:
    return ordering().report("hrct", "2026-02-01", NO_ILD).lab("imacs", "improved")


def late() -> Person:
    return man("order-select").forget("dm").ill("dm", onset="2024-01-01").order("prednisone", 60)


# Statement, a case that fires, the level it fires with, what was not fetched, and the level then.
CASES: list[tuple[str, Build, str, str, str | None]] = [
    ("MYO-GC-001", late, "info", ORDERS, None),
    ("MYO-GC-002", lambda: start(20), "warning", ORDERS, None),
    ("MYO-GC-003", lambda: start(100), "warning", ORDERS, None),
    ("MYO-GC-004", lambda: long_term(15), "info", ORDERS, None),
    ("MYO-GC-005", lambda: pulse(mild()), "info", REPORTS, None),
    ("MYO-GC-006", lambda: lowering("2026-02-10"), "warning", ORDERS, None),
    (
        "MYO-GC-007",
        lambda: on_steroid(ordering(), 40, start="2025-06-01").order("prednisone", 20),
        "warning",
        ORDERS,
        None,
    ),
    ("MYO-GC-008", lambda: downto(10, "2025-12-01"), "warning", ORDERS, None),
    ("MYO-GC-009", long_term, "warning", ORDERS, None),
    ("MYO-GC-010", long_term, "warning", ORDERS, None),
    ("MYO-GC-011", long_term, "info", ORDERS, None),
    ("MYO-GC-012", lambda: long_term().lab("t-score", -3), "warning", RESULTS, "info"),
    ("MYO-GC-012A", lambda: man().takes("denosumab", 60), "info", ORDERS, None),
    ("MYO-GC-013", lambda: start(60), "info", ORDERS, None),
    ("MYO-GC-014", lambda: long_term().lab("potassium", 3.2), "info", RESULTS, None),
    ("MYO-GC-015", long_term, "info", ORDERS, None),
    ("MYO-MTX-001", lambda: ordering().ill("ild").order("methotrexate", 10), "critical", PROBLEMS, None),
    ("MYO-MTX-002", lambda: mild().lab("anti-mda5", "positive").order("methotrexate", 10), "warning", RESULTS, "info"),
    ("MYO-IS-001", lambda: on_steroid(ordering(), 20).order("azathioprine", 100), "info", ORDERS, None),
    ("MYO-CSA-001", lambda: on_steroid(ordering(), 20).order("ciclosporin", 100), "info", ORDERS, None),
    ("MYO-MMF-001", lambda: ordering().order("mycophenolate-mofetil", 1000), "info", PROBLEMS, None),
    ("MYO-CTX-001", lambda: mild().order("cyclophosphamide", 50), "warning", REPORTS, None),
    ("MYO-CTX-002", lambda: ordering().order("cyclophosphamide", 100), "info", PROBLEMS, None),
    ("MYO-TAC-001", lambda: ordering().order("tacrolimus", 2), "info", PROBLEMS, None),
    ("MYO-JAK-001", lambda: ordering().ill("sepsis").order("tofacitinib", 5), "critical", PROBLEMS, "warning"),
    ("MYO-JAK-002", lambda: ordering().order("tofacitinib", 5), "info", PROBLEMS, None),
    ("MYO-RTX-001", lambda: course(1500, 1.8), "critical", RESULTS, "warning"),
    (
        "MYO-RTX-002",
        lambda: infusions(man("order-select", birth="1950-06-15"), "rituximab", 1000, *FORTNIGHT),
        "info",
        PROBLEMS,
        None,
    ),
    ("MYO-RTX-003", infusion, "warning", GIVEN, "info"),
    ("MYO-RTX-004", lambda: screened(of_size(), None, None), "warning", RESULTS, "warning"),
    ("MYO-RTX-005", lambda: screened(of_size(), igg=None), "warning", RESULTS, "warning"),
    ("MYO-RTX-006", lambda: after("2025-11-01"), "warning", GIVEN, None),
    ("MYO-RTX-007", lambda: infected(6.5, "2025-06-01", "2025-12-01"), "warning", RESULTS, "info"),
    (
        "MYO-RTX-008",
        lambda: on_steroid(ordering(), 40).was_given("rituximab", "2026-02-01").order("prednisone", 32),
        "warning",
        GIVEN,
        None,
    ),
    ("MYO-RTX-009", lambda: rtx(500).resource(reaction()), "warning", "AllergyIntolerance", None),
    (
        "MYO-RTX-010",
        lambda: infusions(woman("order-select").lab("pregnancy-status", "pregnant"), "rituximab", 500, *FORTNIGHT),
        "warning",
        RESULTS,
        "warning",
    ),
    ("MYO-IVIG-001", lambda: ivig(30), "critical", RESULTS, "info"),
    (
        "MYO-IVIG-002",
        lambda: infusions(man("order-select").ill("deep vein thrombosis"), "ivig", 20, *FIVE, unit="g"),
        "warning",
        PROBLEMS,
        None,
    ),
    (
        "MYO-INF-001",
        lambda: on_steroid(ordering(), 20).takes("tacrolimus", 2).order("azathioprine", 50),
        "warning",
        ORDERS,
        None,
    ),
    (
        "MYO-TB-001",
        lambda: ordering().report("hrct", "2026-02-01", "陈旧性肺结核").order("azathioprine", 50),
        "warning",
        REPORTS,
        "info",
    ),
    ("MYO-TB-001A", lambda: ordering().ill("active tb").order("azathioprine", 50), "critical", PROBLEMS, None),
    ("MYO-CMV-001", lambda: man().lab("cmv", "positive"), "critical", RESULTS, None),
    ("MYO-PCP-001", at_risk, "warning", ORDERS, None),
    ("MYO-PCP-002", lambda: prevented(2), "warning", PROBLEMS, None),
]
STAYS_KNOWN = {"MYO-GC-003"}


@pytest.mark.parametrize(("statement", "build", "level", "absent", "then"), CASES, ids=[case[0] for case in CASES])
def test_what_was_not_fetched_is_unknown(
    statement: str, build: Build, level: str, absent: str, then: str | None
) -> None:
    assert build().severity(statement) == level
    without = build().without(absent)
    assert without.severity(statement) == then
    if then is None and statement not in STAYS_KNOWN:
        assert without.verdict(statement) in {"unknown", None}


def test_every_statement_on_drugs_and_infections_is_in_the_table() -> None:
    ours = (
        "MYO-GC",
        "MYO-MTX",
        "MYO-IS",
        "MYO-CSA",
        "MYO-MMF",
        "MYO-CTX",
        "MYO-TAC",
        "MYO-JAK",
        "MYO-RTX",
        "MYO-IVIG",
        "MYO-INF",
        "MYO-TB",
        "MYO-CMV",
        "MYO-PCP",
    )
    assert {key for key in knowledge().chapters["myositis"].statements if key.startswith(ours)} == {
        case[0] for case in CASES
    }
