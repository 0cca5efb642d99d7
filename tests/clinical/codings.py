"""The codes the cases use, as a hospital would send them: (system, code, display)."""

from typing import Final

LOINC: Final = "http://loinc.org"
ICD: Final = "http://hl7.org/fhir/sid/icd-10"
RXNORM: Final = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC: Final = "http://www.whocc.no/atc"
SNOMED: Final = "http://snomed.info/sct"
CVX: Final = "http://hl7.org/fhir/sid/cvx"
UCUM: Final = "http://unitsofmeasure.org"

Coded = tuple[str | None, str | None, str]

# Tests no code is agreed for arrive as text.
LABS: Final[dict[str, Coded]] = {
    "hbsag": (LOINC, "5196-1", "Hepatitis B surface antigen"),
    "anti-hbc-total": (LOINC, "13952-7", "Hepatitis B core antibody, total"),
    "hbv-dna": (LOINC, "42595-9", "Hepatitis B virus DNA"),
    "anti-hcv": (LOINC, "13955-0", "Hepatitis C virus antibody"),
    "hcv-rna": (LOINC, "11011-4", "Hepatitis C virus RNA"),
    "igra": (LOINC, "71773-6", "M. tuberculosis stimulated gamma interferon"),
    "tst": (None, None, "TST"),
    "serum-igg": (LOINC, "2465-3", "IgG"),
    "serum-iga": (LOINC, "2458-8", "IgA"),
    "serum-igm": (LOINC, "2472-9", "IgM"),
    "alt": (LOINC, "1742-6", "ALT"),
    "aqp4-igg": (LOINC, "63439-4", "AQP4-IgG, cell-based assay"),
    "cd4-count": (LOINC, "24467-3", "CD4+ T cells"),
    "cd19-b-cell-percent": (LOINC, "8117-4", "CD19+ B cells, percent of lymphocytes"),
    "cd19-b-cell-count": (LOINC, "8116-6", "CD19+ B cells"),
    "cd20-b-cell-count": (LOINC, "9558-8", "CD20+ B cells"),
    "egfr": (LOINC, "98979-8", "eGFR"),
    "creatinine": (LOINC, "14682-9", "Creatinine"),
    "body-weight": (LOINC, "29463-7", "Body weight"),
    "pregnancy-status": (LOINC, "82810-3", "Pregnancy status"),
    "hcg": (LOINC, "2118-8", "hCG, serum, qualitative"),
    "pregnancy-intention": (LOINC, "86645-9", "Pregnancy intention"),
    "lactation-status": (LOINC, "63895-7", "Breastfeeding status"),
    "last-menstrual-period": (LOINC, "8665-2", "Last menstrual period"),
    "jcv-dna-csf": (LOINC, "42921-7", "JC virus DNA, CSF"),
    "edss": (None, None, "EDSS"),
    "delivery-date": (None, None, "Delivery date"),
    "fcgr3a-genotype": (None, None, "FCGR3A genotype"),
}

# What a word means when it is sent as a coded answer.
ANSWERS: Final[dict[str, Coded]] = {
    "pregnant": (SNOMED, "77386006", "Pregnant"),
    "not pregnant": (SNOMED, "60001007", "Not pregnant"),
    "wants to become pregnant": (LOINC, "LA26438-4", "Wants to become pregnant"),
    "breastfeeding": (SNOMED, "169750002", "Mother currently breast-feeding"),
    "coded positive": (SNOMED, "10828004", "Positive"),
    "coded negative": (SNOMED, "260385009", "Negative"),
    "coded indeterminate": (SNOMED, "82334004", "Indeterminate"),
}

CONDITIONS: Final[dict[str, Coded]] = {
    "nmosd": (ICD, "G36.0", "Neuromyelitis optica [Devic]"),
    "nmosd-relapse": (ICD, "G36.0", "NMOSD relapse"),
    "refractory-nmosd": (None, None, "Severe refractory NMOSD"),
    "multiple-sclerosis": (ICD, "G35", "Multiple sclerosis"),
    "myasthenia-gravis": (ICD, "G70.0", "Myasthenia gravis"),
    "systemic-sclerosis": (ICD, "M34.0", "Systemic sclerosis"),
    "lupus": (ICD, "M32.1", "Systemic lupus erythematosus"),
    "sjogren": (ICD, "M35.0", "Sjogren syndrome"),
    "hashimoto": (ICD, "E06.3", "Autoimmune thyroiditis"),
    "pneumonia": (ICD, "J18.9", "Pneumonia"),
    "sepsis": (ICD, "A41.9", "Sepsis"),
    "chronic-hepatitis-b": (ICD, "B18.1", "Chronic viral hepatitis B"),
    "active-tuberculosis": (ICD, "A15.0", "Tuberculosis of lung"),
    "latent-tuberculosis": (ICD, "Z22.7", "Latent tuberculosis"),
    "diabetes-mellitus": (ICD, "E11.9", "Type 2 diabetes mellitus"),
    "hiv-aids": (ICD, "B20", "HIV disease"),
    "pml": (ICD, "A81.2", "Progressive multifocal leukoencephalopathy"),
    "pregnancy": (ICD, "Z33", "Pregnant state"),
    "postpartum": (ICD, "Z39.2", "Routine postpartum follow-up"),
    "abortion": (ICD, "O03.9", "Spontaneous abortion"),
    "lactation": (ICD, "Z39.1", "Care and examination of lactating mother"),
    "procreation": (ICD, "Z31.6", "Counselling on procreation"),
    "severe-renal-impairment": (ICD, "N18.5", "Chronic kidney disease, stage 5"),
    "severe-hepatic-impairment": (ICD, "K72.9", "Hepatic failure"),
}

DRUGS: Final[dict[str, Coded]] = {
    "inebilizumab": (RXNORM, "2373951", "inebilizumab"),
    "azathioprine": (RXNORM, "1256", "azathioprine"),
    "mycophenolate-mofetil": (RXNORM, "68149", "mycophenolate mofetil"),
    "methotrexate": (RXNORM, "6851", "methotrexate"),
    "tacrolimus": (RXNORM, "42316", "tacrolimus"),
    "ciclosporin": (RXNORM, "3008", "cyclosporine"),
    "cyclophosphamide": (RXNORM, "3002", "cyclophosphamide"),
    "leflunomide": (RXNORM, "27169", "leflunomide"),
    "prednisone": (RXNORM, "8640", "prednisone"),
    "prednisolone": (RXNORM, "8638", "prednisolone"),
    "methylprednisolone": (RXNORM, "6902", "methylprednisolone"),
    "dexamethasone": (RXNORM, "3264", "dexamethasone"),
    "hydrocortisone": (RXNORM, "5492", "hydrocortisone"),
    "entecavir": (RXNORM, "306266", "entecavir"),
    "tenofovir-alafenamide": (RXNORM, "1721603", "tenofovir alafenamide"),
    "isoniazid": (RXNORM, "6038", "isoniazid"),
    "rifampicin": (RXNORM, "9384", "rifampin"),
    "rifapentine": (RXNORM, "35617", "rifapentine"),
    "pyrazinamide": (ATC, "J04AK01", "pyrazinamide"),
    "ethambutol": (ATC, "J04AK02", "ethambutol"),
    "tmp-smx": (RXNORM, "10831", "sulfamethoxazole / trimethoprim"),
    "amoxicillin": (ATC, "J01CA04", "amoxicillin"),
    "diphenhydramine": (RXNORM, "3498", "diphenhydramine"),
    "cetirizine": (ATC, "R06AE07", "cetirizine"),
    "paracetamol": (RXNORM, "161", "acetaminophen"),
    "ibuprofen": (ATC, "M01AE01", "ibuprofen"),
    "rituximab": (RXNORM, "121191", "rituximab"),
    "ofatumumab": (ATC, "L04AG12", "ofatumumab"),
    "ocrelizumab": (ATC, "L04AG08", "ocrelizumab"),
    "obinutuzumab": (ATC, "L01FA03", "obinutuzumab"),
    "satralizumab": (RXNORM, "2391541", "satralizumab"),
    "eculizumab": (RXNORM, "591781", "eculizumab"),
    "tocilizumab": (RXNORM, "612865", "tocilizumab"),
    "tofacitinib": (RXNORM, "1357536", "tofacitinib"),
    "ivig": (ATC, "J06BA02", "human immunoglobulin, intravenous"),
    "metformin": (ATC, "A10BA02", "metformin"),
    "levonorgestrel-ethinylestradiol": (ATC, "G03AA07", "levonorgestrel and ethinylestradiol"),
}

ROUTES: Final[dict[str, Coded]] = {
    "intravenous": (SNOMED, "47625008", "Intravenous route"),
    "subcutaneous": (SNOMED, "34206005", "Subcutaneous route"),
    "oral": (SNOMED, "26643006", "Oral route"),
    "intramuscular": (SNOMED, "78421000", "Intramuscular route"),
}

VACCINES: Final[dict[str, Coded]] = {
    "influenza": (CVX, "150", "Influenza, injectable, quadrivalent, preservative free"),
    "pneumococcal": (CVX, "33", "Pneumococcal polysaccharide PPV23"),
    "zoster-recombinant": (CVX, "187", "Zoster vaccine, recombinant"),
    "zoster-live": (CVX, "121", "Zoster vaccine, live"),
    "covid-19": (CVX, "208", "COVID-19, mRNA"),
    "hepatitis-b": (CVX, "43", "Hepatitis B, adult"),
    "mmr": (CVX, "03", "Measles, mumps and rubella virus vaccine"),
    "varicella": (CVX, "21", "Varicella virus vaccine"),
    "yellow-fever": (CVX, "37", "Yellow fever"),
    "unmapped": (CVX, "998", "No vaccine administered of this code"),
}

ACTS: Final[dict[str, Coded]] = {
    "chest-ct": (LOINC, "24627-2", "CT Chest"),
    "plasma-exchange": (SNOMED, "20720000", "Plasmapheresis"),
    "brain-mri": (None, None, "MRI brain"),
    "delivery": (None, None, "Vaginal delivery"),
    "iud": (None, None, "Insertion of intrauterine device"),
}
