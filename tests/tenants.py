"""Tenants files, written for a test."""

import json
from pathlib import Path
from typing import Any

from signing import ISSUER, Signer, key_set

from service.settings import Settings

PUBLIC_URL = "https://cds.example/base"
TENANT = "st-elsewhere"


def tenant(**changes: Any) -> dict[str, Any]:
    """An entry of the file; ``None`` leaves a member out."""
    entry = {"id": TENANT, "issuer": ISSUER, "jwks_file": "keys.json"} | changes
    return {name: value for name, value in entry.items() if value is not None}


def tenants_file(folder: Path, *entries: dict[str, Any], signers: tuple[Signer, ...] = (Signer(),)) -> Path:
    """The file, beside a ``keys.json`` with the public keys of ``signers``. JSON is YAML too."""
    (folder / "keys.json").write_text(json.dumps(key_set(*signers)))
    path = folder / "tenants.yaml"
    path.write_text(json.dumps({"tenants": entries or [tenant()]}))
    return path


def guarded(folder: Path, *entries: dict[str, Any], **more: Any) -> Settings:
    """Settings of a service that lets in ``entries`` only."""
    given = {"data_dir": folder / "data", "tenants": tenants_file(folder, *entries), "public_url": PUBLIC_URL}
    return Settings.model_validate(given | more)
