"""Orders as hospitals write them, read and judged by the dose statements; each was once misread."""

import pytest
from dose_building import DoseCase, adult, by, child, every, mg, once, words

ADALIMUMAB = ("adalimumab", "plaque-psoriasis")
DUPILUMAB = ("dupilumab", "atopic-dermatitis")
USTEKINUMAB = ("ustekinumab", "plaque-psoriasis")
TOFACITINIB = ("tofacitinib", "psoriatic-arthritis")
RITUXIMAB = ("rituximab", "pemphigus-vulgaris")


def prurigo(kilograms: float, amount: float) -> DoseCase:
    return adult("nemolizumab", "prurigo-nodularis", kilograms).treated().order(mg(amount), every(4, "wk"))


def test_nemolizumab_in_prurigo_is_measured_by_the_weight_band_of_the_patient() -> None:
    assert prurigo(70, 60).severity("DOSE-001") == "critical"  # twice the 30 mg below 90 kg
    assert prurigo(95, 60).severity("DOSE-001") == "info"
    assert prurigo(70, 30).severity("DOSE-001") == "info"


def test_a_dose_that_only_a_label_knows_is_named_with_its_source() -> None:
    said = prurigo(70, 60).says("DOSE-001")
    assert "30 mg every 4 weeks (label, not consensus)" in said
    assert "not known" not in said


def test_a_starter_pack_need_not_spell_out_its_doses() -> None:
    case = adult("apremilast", "plaque-psoriasis").order(words("as directed"), named="apremilast starter pack")
    later = case.order(mg(30), every(1, "d", 2, boundsPeriod={"start": "2026-03-07"}))
    assert later.severities() == {}


def test_an_order_without_amount_or_dose_still_asks_for_them_beside_a_starter_pack() -> None:
    case = adult("apremilast", "plaque-psoriasis").order(words("as directed"), named="apremilast starter pack")
    assert "DERM-DOSE-001" in case.order(every(1, "d", 2)).severities()


def test_a_cream_ordered_without_an_amount_reads_well() -> None:
    case = adult("crisaborole", "atopic-dermatitis").order(words("apply three times daily"), by("topical"))
    assert case.severities() == {"DERM-DOSE-002": "warning"}
    assert case.says("DOSE-002").endswith("the recommended one: 2 times a day or every day. Ordered: 3 times a day.")


@pytest.mark.parametrize(
    "text",
    [
        *("300mg 2周1次", "每次300毫克，2周一次", "300mg, 14天1次", "300mg 皮下注射 两周1次"),
        *("300mg/2周", "300mg 1次/2周", "300mg q2周", "300mg 双周一次", "300mg 1次/14天"),
    ],
)
def test_an_interval_is_read_from_the_words_that_hospitals_use(text: str) -> None:
    assert adult(*DUPILUMAB).treated().order(words(text)).severities() == {}


def test_numbers_that_are_no_interval_are_not_read_as_one() -> None:
    for text in ("300mg 2次/2周", "300mg 2-4周1次"):
        assert adult(*DUPILUMAB).treated().order(words(text)).severities() == {"DERM-DOSE-002": "info"}, text


def test_an_amount_for_several_weeks_is_spread_over_them() -> None:
    case = adult(*DUPILUMAB).treated().order(words("600mg/4周"))
    assert case.severity("DOSE-001") == "warning"  # as much per time as recommended


@pytest.mark.parametrize(
    "text",
    [
        *("10mg/日 分2次", "每日10mg，分2次口服", "10mg/日，分两次", "10 mg/day in two divided doses"),
        *("5mg 1次/12小时", "5mg 12小时一次", "5mg 一日2次", "5mg 2次/日"),
    ],
)
def test_the_dose_of_a_day_is_divided(text: str) -> None:
    findings = adult(*TOFACITINIB).order(words(text)).severities()
    assert findings == ({} if text != "5mg 1次/12小时" else {"DERM-DOSE-002": "info"})


def test_twice_the_dose_of_a_day_is_still_too_much_when_divided() -> None:
    assert adult(*TOFACITINIB).order(words("20mg/日，分2次")).severity("DOSE-001") == "critical"


def test_the_dose_of_a_day_in_words_beside_a_coded_frequency_is_divided_by_it() -> None:
    assert adult(*TOFACITINIB).order(words("10mg/日"), every(1, "d", 2)).severities() == {}


def test_the_dose_of_a_day_without_a_frequency_is_taken_once_a_day() -> None:
    assert adult("upadacitinib", "atopic-dermatitis").order(words("15mg/日")).severities() == {}


@pytest.mark.parametrize(
    "text",
    [
        *("0周、4周各45mg，之后每12周45mg", "第0周，第4周各45mg，之后每12周45mg", "45mg W0,W4,以后Q12W"),
        *("45 mg wk 0, wk 4, then q12wk", "45mg，首次、4周后各1次，以后每12周1次"),
        "45 mg initially and 4 weeks later, followed by 45 mg every 12 weeks",
        "45 mg SC now, repeat in 4 weeks, then every 12 weeks",
    ],
)
def test_a_start_in_words_is_no_missing_loading_dose(text: str) -> None:
    assert adult(*USTEKINUMAB).order(words(text)).severities() == {}


def test_weeks_before_their_number_are_a_start_too() -> None:
    text = "350 mg IV over 2 hours at 0, 2 and 6 weeks then every 8 weeks"
    assert adult("infliximab", "plaque-psoriasis", 70).order(words(text)).severities() == {}


def test_the_first_dose_may_be_called_so() -> None:
    assert adult(*DUPILUMAB).order(words("第一次600mg，之后300mg，每两周一次")).severities() == {}


@pytest.mark.parametrize("text", ["1000mg IV, repeat after 2 weeks", "1000mg 静滴 两周后重复一次"])
def test_a_dose_that_is_to_be_repeated_is_two_doses(text: str) -> None:
    assert adult(*RITUXIMAB).order(words(text)).severities() == {}
    assert adult(*RITUXIMAB).order(words("1000mg 静滴，5天后重复1次")).severity("COURSE-001") == "critical"


def test_a_visit_is_no_second_dose() -> None:
    for text in ("15mg qd，2周后复诊", "15 mg daily, review after 2 weeks"):
        assert adult("upadacitinib", "atopic-dermatitis").order(words(text)).severities() == {}, text
    assert adult(*DUPILUMAB).order(words("首剂600mg，2周后复查")).severities() == {}


def test_a_longer_infusion_is_not_proposed_where_the_dose_stands_in_words_alone() -> None:
    text = "350mg IV over 1 hour at weeks 0, 2, 6 then every 8 weeks"
    case = adult("infliximab", "plaque-psoriasis", 70).order(words(text))
    assert case.severity("INF-001") == "warning"
    assert case.suggested() is None  # without its words the draft would have no dose
    coded = adult("infliximab", "plaque-psoriasis", 70).order(
        mg(350), {"timing": {"repeat": {"count": 1, "duration": 1, "durationUnit": "h"}}}
    )
    changed = coded.suggested()
    assert changed is not None
    assert changed["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["value"] == 350


def test_what_was_ordered_rightly_gives_no_warning() -> None:
    right = [
        adult("etanercept", "plaque-psoriasis").order(words("50mg 皮下注射 每周1次")),
        adult(*ADALIMUMAB).treated().order(words("40mg 皮下注射 每2周1次"), named="阿达木单抗注射液 40mg/0.4ml"),
        adult("guselkumab", "plaque-psoriasis").treated().order(mg(100), every(51, "d")),
        child("dupilumab", "atopic-dermatitis", 2, 12).order(mg(200), every(4, "wk")),
        adult(*RITUXIMAB).order(mg(1000), once("2026-03-02")).order(mg(1000), once("2026-03-16")),
    ]
    assert [case.severities() for case in right] == [{}] * len(right)
