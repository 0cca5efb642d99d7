"""The wording that the corrections settled: nothing may read as a negative, or as a fact that is not on file."""

import pytest
from building import DRUG, knowledge

from cards.knowledge.model import Words

# statement, what it must say in English and Chinese, what it must not say in either
WORDING = [
    ("hbv.hbsag-missing", "No usable HBsAg result is on record", "未见可判读的HBsAg结果", "has not been resulted"),
    (
        "hbv.anti-hbc-missing",
        "No usable anti-HBc result is on record",
        "未见可判读的抗HBc结果",
        "has not been resulted",
    ),
    (
        "hcv.missing",
        "No usable hepatitis C result is on record",
        "未见可判读的丙型肝炎筛查结果",
        "has not been screened",
    ),
    (
        "ig.quantitative-missing",
        "No usable result on record for one or more serum immunoglobulins (IgG, IgA, IgM)",
        "缺少一项或多项可用定量结果",
        "have not been measured",
    ),
    (
        "hbv.dna-missing-serology-positive",
        "no usable HBV DNA result is on record",
        "但无可用的HBV-DNA检测结果",
        "未见HBV-DNA",
    ),
    ("hbv.carrier-no-antiviral", "with no antiviral on record", "未见抗病毒用药记录", "without antiviral"),
    (
        "hbv.carrier-antiviral-gap",
        "HBsAg or anti-HBc positive after inebilizumab and no active antiviral on record",
        "未见抗病毒用药记录",
        "HBV carrier treated",
    ),
    (
        "hbv.reactivation-on-treatment",
        "during, or within 18 months after, inebilizumab",
        "治疗期间或停药后18个月内HBV-DNA阳性",
        "during inebilizumab treatment",
    ),
    (
        "hbv.monitor-carrier-hbsag",
        "HBV carrier on, or within 18 months after, inebilizumab",
        "末次用药后18个月内的HBV携带者",
        "HBV carrier on inebilizumab",
    ),
    (
        "hbv.monitor-carrier-hbv-dna",
        "HBV carrier on, or within 18 months after, inebilizumab",
        "末次用药后18个月内的HBV携带者",
        "HBV carrier on inebilizumab",
    ),
    (
        "hbv.monitor-carrier-alt",
        "HBV carrier on, or within 18 months after, inebilizumab",
        "末次用药后18个月内的HBV携带者",
        "HBV carrier on inebilizumab",
    ),
    (
        "tb.positive-workup-missing",
        "TB screen is positive or active TB is suspected, and active disease is not excluded",
        "结核筛查阳性或疑似活动性结核，尚未排除活动性结核",
        "positive but active",
    ),
    (
        "tb.latent-untreated",
        "Latent TB with no preventive treatment on record",
        "未见预防性抗结核治疗记录：未经治疗者禁用",
        "Latent TB without preventive",
    ),
    (
        "timing.start-maintenance-early",
        "with no maintenance therapy on record",
        "未见维持治疗记录",
        "without maintenance therapy",
    ),
    (
        "vaccine.live-within-4-weeks-before-start",
        "the planned inebilizumab dose; delay it if disease allows",
        "距计划的伊奈利珠单抗输注",
        "first inebilizumab dose",
    ),
    ("infection.active.hold", "Confirm if it is current.", "请核实是否仍存在", "\0"),
]


@pytest.mark.parametrize(("short", "english", "chinese", "never"), WORDING)
def test_the_wording_of_the_corrections(short: str, english: str, chinese: str, never: str) -> None:
    say = statement(short)
    assert english in say.en
    assert chinese in say.zh
    assert never not in say.en + say.zh


def statement(short: str) -> Words:
    statements = knowledge().chapters[DRUG].statements
    (found,) = [item for name, item in statements.items() if name.startswith(f"{DRUG}.{short}")]
    return found.entry.say
