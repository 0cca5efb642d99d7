"""Everything that touches the outside world: HTTP, FHIR servers, the store, the command line."""
