"""Cases on drugs and infections in myositis: more medicines and records, and short ways to say what is ordered."""

from typing import Any

import fhir_records as fhir
from codings import ATC, LOINC
from myositis_people import ACTS, ILLNESSES, MEDICINES, ORDERING, TESTS, UNITS, Person, man

MEDICINES |= {
    "methylprednisolone iv": MEDICINES["methylprednisolone"],
    "ganciclovir": (ATC, "J05AB06", "ganciclovir"),
    "atovaquone": (ATC, "P01AX06", "atovaquone"),
    "alendronate": (None, None, "alendronate"),
    "denosumab": (None, None, "denosumab"),
    "calcium": (None, None, "碳酸钙片"),
    "vitamin d": (None, None, "维生素D3 400IU"),
    "calcitriol": (None, None, "骨化三醇"),
    "omeprazole": (None, None, "奥美拉唑"),
    "celecoxib": (None, None, "塞来昔布"),
    "warfarin": (None, None, "华法林"),
    "estradiol": (ATC, "G03CA03", "estradiol"),
    "deucravacitinib": (ATC, "L04AF07", "deucravacitinib"),
    "ivarmacitinib": (None, None, "艾玛昔替尼"),
    "tmp-smx tablet": (None, None, "复方磺胺甲噁唑片(磺胺甲噁唑400mg/甲氧苄啶80mg)"),
    "tmp-smx": (None, None, "复方磺胺甲噁唑"),
    "adalimumab": (ATC, "L04AB04", "adalimumab"),
    "cortisone": (None, None, "醋酸可的松"),
}
ILLNESSES |= {
    "dysphagia": (None, None, "吞咽困难"),
    "vasculitis": (None, None, "Systemic vasculitis"),
    "old tb": (None, None, "陈旧性肺结核"),
    "active tb": ("http://hl7.org/fhir/sid/icd-10", "A15.0", "Tuberculosis of lung"),
    "deep vein thrombosis": (None, None, "Deep vein thrombosis"),
    "myocardial infarction": ("http://hl7.org/fhir/sid/icd-10", "I21.9", "Acute myocardial infarction"),
    "sepsis": ("http://hl7.org/fhir/sid/icd-10", "A41.9", "Sepsis"),
    "g6pd": (None, None, "G6PD缺乏症"),
    "diabetes": ("http://hl7.org/fhir/sid/icd-10", "E11.9", "Type 2 diabetes mellitus"),
    "skin cancer": ("http://hl7.org/fhir/sid/icd-10", "C44.9", "Basal cell carcinoma"),
    "kidney stones": (None, None, "肾结石"),
    "steroid myopathy": (None, None, "类固醇肌病"),
}
TESTS |= {
    "anti-pl-7": (None, None, "抗PL-7抗体"),
    "anti-pl-12": (None, None, "抗PL-12抗体"),
    "anti-ej": (None, None, "抗EJ抗体"),
    "anti-oj": (None, None, "抗OJ抗体"),
    "anti-ks": (None, None, "抗KS抗体"),
    "anti-ha": (None, None, "抗Ha抗体"),
    "anti-zo": (None, None, "抗Zo抗体"),
    "potassium": (LOINC, "2823-3", "Potassium"),
    "calcium level": (None, None, "血钙"),
    "vitamin d level": (LOINC, "1989-3", "25-hydroxyvitamin D3"),
    "t-score": (LOINC, "38263-0", "DXA femur T-score"),
    "glucose": (LOINC, "2345-7", "Glucose"),
    "ldl": (LOINC, "2089-1", "LDL cholesterol"),
    "hba1c": (LOINC, "4548-4", "HbA1c"),
    "height": (LOINC, "8302-2", "Body height"),
    "bsa": (None, None, "BSA"),
    "cmv": (None, None, "巨细胞病毒DNA"),
    "smoking": (LOINC, "72166-2", "Smoking status"),
    "blood pressure": (None, None, "血压"),
}
UNITS |= {
    "potassium": "mmol/L",
    "vitamin d level": "ng/mL",
    "glucose": "mg/dL",
    "ldl": "mg/dL",
    "hba1c": "%",
    "height": "cm",
    "bsa": "m2",
    "serum-igg": "g/L",
    "serum-igm": "g/L",
    "serum-iga": "g/L",
    "cd4-count": "/uL",
    "egfr": "mL/min/{1.73_m2}",
    "t-score": "{score}",
    "cd19-b-cell-count": "/uL",
}
ACTS |= {
    "chest x-ray": (None, None, "胸片"),
    "lipid panel": (None, None, "血脂四项"),
    "dxa": (None, None, "DXA"),
    "hysterectomy procedure": (None, None, "全子宫切除"),
}

NO_ILD = "双肺未见间质性改变。"


def ordering(hook: str = ORDERING, **person: Any) -> Person:
    """A man of 45 with dermatomyositis, 70 kg, for whom something is being ordered."""
    return man(hook, **person).lab("body-weight", 70)


def pulse(case: Person, mg: float = 500, **more: Any) -> Person:
    """A methylprednisolone pulse over three days."""
    repeat = {"boundsDuration": {"value": 3, "code": "d"}}
    return case.order("methylprednisolone", mg, route="intravenous", per_day=1, repeat=repeat, **more)


def infusions(case: Person, drug: str, mg: float | None, *days: str, unit: str = "mg", **more: Any) -> Person:
    """A drafted infusion on each of the days."""
    return case.order(drug, mg, route="intravenous", unit=unit, dates=days, **more)


def on_steroid(case: Person, mg: float = 40, start: str = "2025-10-01", **more: Any) -> Person:
    return case.takes("prednisone", mg, start=start, **more)


def also_drafted(case: Person, drug: str, mg: float | None = None, **dosage: Any) -> Person:
    """A draft that stands beside the selected ones."""
    given = {"route": "oral", "per_day": 1} | dosage
    return case._draft(drug, fhir.medication_request(MEDICINES[drug], fhir.dosage(mg, **given), status="draft"))


def contained_report(name: str, on: str, **more: Any) -> fhir.Json:
    """A report with whatever its conclusion is made of."""
    return fhir.report(ACTS[name], on, more.pop("status", "final")) | more
