"""The cases of ``fhir_fixtures/``: a patient, the request about the patient and what it must lead to."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Json = dict[str, Any]
FOLDER = Path(__file__).parents[1] / "fhir_fixtures"


@dataclass(frozen=True)
class FixtureCase:
    """One folder."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def request_file(self) -> Path:
        return self.folder / "request.json"

    @cached_property
    def patient(self) -> Json:
        return self._read("patient")

    @cached_property
    def request(self) -> Json:
        return self._read("request")

    @cached_property
    def expected(self) -> Json:
        return self._read("expected")

    @property
    def hook(self) -> str:
        return self.expected["hook"]

    @property
    def language(self) -> str:
        return self.expected.get("language", "en")

    @property
    def is_valid(self) -> bool:
        """Whether its data are valid FHIR; some cases are about data that are not."""
        return self.expected.get("valid", True)

    @property
    def records(self) -> list[Json]:
        return [entry["resource"] for entry in self.patient["entry"]]

    @property
    def drafts(self) -> list[Json]:
        entries = self.request["context"].get("draftOrders", {}).get("entry", [])
        return [entry["resource"] for entry in entries]

    def _read(self, name: str) -> Json:
        return json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))


CASES = [FixtureCase(folder) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()]
NAMES = [case.name for case in CASES]
