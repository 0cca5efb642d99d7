"""Where the store is, by the settings."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.settings import Settings
from service.store.address import store_address


def address(**settings: str) -> str:
    return store_address(Settings.model_validate(settings)).render_as_string(hide_password=False)


def test_without_a_database_it_is_a_file() -> None:
    assert address(data_dir="/data") == "sqlite+aiosqlite:////data/biologic-cds.sqlite3"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_database_is_spoken_to_asynchronously(scheme: str) -> None:
    assert address(database_url=f"{scheme}://a:b@db:5433/x") == "postgresql+asyncpg://a:b@db:5433/x"


def test_the_password_may_come_by_itself() -> None:
    assert address(database_url="postgresql://a@db/x", database_password="p@ss/word").endswith("a:p%40ss%2Fword@db/x")
    assert address(database_url="postgresql://a:own@db/x", database_password="other").endswith("a:own@db/x")


def test_encryption_is_asked_for_as_elsewhere() -> None:
    assert address(database_url="postgresql://a@db/x?sslmode=verify-full").endswith("a@db/x?ssl=verify-full")


@pytest.mark.parametrize("url", ["mysql://a:secret@db/x", "db/x:secret", "sqlite:///secret"])
def test_other_databases_are_refused_without_repeating_the_address(url: str) -> None:
    with pytest.raises(ValidationError, match="postgresql://user@host/database") as refused:
        Settings.model_validate({"database_url": url})
    assert "secret" not in str(refused.value)


def test_secrets_may_be_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "biologic_cds_database_password").write_text("from a file\n")
    (tmp_path / "biologic_cds_metrics_token").write_text("another from a file\n")
    monkeypatch.setenv("BIOLOGIC_CDS_SECRETS_DIR", str(tmp_path))
    settings = Settings()
    assert settings.database_password is not None
    assert settings.database_password.get_secret_value() == "from a file"
    assert settings.metrics_token is not None
    monkeypatch.setenv("BIOLOGIC_CDS_DATABASE_PASSWORD", "from the environment")
    assert Settings().database_password.get_secret_value() == "from the environment"


def test_secrets_are_shown_nowhere() -> None:
    given = {"database_url": "postgresql://a:the-secret@db/x", "audit_key": "the-secret" * 4}
    assert "the-secret" not in repr(Settings.model_validate(given))
