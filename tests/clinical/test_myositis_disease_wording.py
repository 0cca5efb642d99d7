"""What is not known is said to be unknown: no card words it as if the patient had it."""

from collections.abc import Callable

import pytest
from myositis_people import ORDERING, WEEKLY, Person, expecting, imnm, man, wishing, woman


def lung(hook: str = "patient-view", onset: str | None = "2025-06-01") -> Person:
    return man(hook).ill("ild", onset=onset)


def progressing() -> Person:
    return lung(ORDERING).lab("fvc", 80, "2025-12-01").lab("fvc", 65, "2026-02-20")


def rapid(mda5: str) -> Person:
    """On full-dose oral steroid and the other drugs, without a pulse."""
    case = man().ill("rp-ild", onset="2026-02-10").lab("anti-mda5", mda5)
    case.takes("prednisone", 60, start="2026-02-15").takes("tacrolimus", 2, start="2026-02-15")
    return case.was_given("cyclophosphamide", "2026-02-16")


CASES: list[tuple[str, Callable[[], Person], str, str]] = [
    ("MYO-ILD-001", lambda: lung(onset=None), "not recorded", "未记录ILD起病日期"),
    ("MYO-ILD-002", lung, "No saturation or HRCT", "近30天无可判定的血氧或HRCT"),
    (
        "MYO-ILD-003",
        lambda: lung(ORDERING).order("tacrolimus", 2, reason="ild"),
        "No lung function",
        "无法判断ILD是否进展",
    ),
    ("MYO-ILD-004", lambda: progressing().order("tacrolimus", 2), "are not known", "抗体未明"),
    ("MYO-ILD-005", lambda: lung().takes("prednisone", 30), "antibodies are not known", "肌炎抗体未明"),
    (
        "MYO-ILD-005",
        lambda: man().lab("anti-jo-1", "positive").takes("prednisone", 30),
        "ILD neither found nor excluded",
        "ILD尚未明确",
    ),
    ("MYO-ILD-006", lambda: rapid("negative"), "a methylprednisolone pulse is not", "未见甲泼尼龙冲击记录"),
    ("MYO-ILD-007", lambda: rapid("positive"), "a methylprednisolone pulse is not", "未见甲泼尼龙冲击记录"),
    ("MYO-ILD-009", lambda: lung().lab("anti-mda5", "positive"), "incomplete", "无法评估快速进展风险"),
    (
        "MYO-IMNM-001",
        lambda: imnm(ORDERING).takes("azathioprine", 100).takes("prednisone", 5).order("azathioprine", 50),
        "is not known",
        "稳定时间或现用剂量不明",
    ),
    (
        "MYO-HCQ-001",
        lambda: man().takes("hydroxychloroquine", 200).without("Procedure", "DiagnosticReport"),
        "could not be retrieved",
        "无法获取",
    ),
    (
        "MYO-REF-001",
        lambda: man(ORDERING).without("MedicationRequest").order("tofacitinib", 5, reason="难治性皮肌炎"),
        "too incomplete",
        "记录不全",
    ),
    ("MYO-BIO-001", lambda: man(ORDERING).order("tocilizumab", 100), "not stated", "未注明适应证"),
    ("MYO-PREG-AZA", lambda: expecting().takes("azathioprine", 100), "cannot be checked", "无法核对"),
    (
        "MYO-PREG-AZA",
        lambda: woman().lab("body-weight", 50).takes("azathioprine", 150),
        "pregnancy status is not known",
        "妊娠状态不明",
    ),
    ("MYO-PREG-CSA", lambda: expecting().takes("ciclosporin", 100), "cannot be checked", "无法核对"),
    (
        "MYO-PREG-MTX-001",
        lambda: woman(ORDERING).order("methotrexate", 15),
        "Pregnancy is not excluded",
        "妊娠状态未明",
    ),
    (
        "MYO-PREG-MTX-002",
        lambda: wishing().takes("methotrexate", 15, status="stopped", start=None, repeat=WEEKLY),
        "is not recorded",
        "未记录",
    ),
    ("MYO-PREG-MMF-001", lambda: woman(ORDERING).order("mycophenolate-mofetil", 500), "not excluded", "妊娠状态未明"),
    (
        "MYO-PREG-CTX",
        lambda: woman(ORDERING).order("cyclophosphamide", 50),
        "is not recorded",
        "未记录妊娠状态或生育意愿",
    ),
]


@pytest.mark.parametrize(("statement", "build", "english", "chinese"), CASES, ids=[case[0] for case in CASES])
def test_an_unknown_is_said_to_be_unknown(
    statement: str, build: Callable[[], Person], english: str, chinese: str
) -> None:
    say = build().findings()[statement].statement.say
    assert english in " ".join(say.en.split())
    assert chinese in say.zh
