"""FHIR resources in, dated and coded records out."""
