"""One typed settings object, read from environment variables that begin with ``BIOLOGIC_CDS_``."""

import ipaddress
import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, FilePath, HttpUrl, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SecretsSettingsSource, SettingsConfigDict

Region = Literal["cn", "us", "eu"]
Language = Literal["en", "zh"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to ``host`` (or reached under that name)."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Settings(BaseSettings):
    """How this instance runs. Every field ``x`` is the variable ``BIOLOGIC_CDS_X``."""

    model_config = SettingsConfigDict(
        env_prefix="BIOLOGIC_CDS_", env_ignore_empty=True, frozen=True, hide_input_in_errors=True
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1)
    unsafe_demo_on_all_interfaces: bool = False
    tenants: Path | None = Field(default=None, description="who may call, as YAML; without it the service is a demo")
    tls_certificate: FilePath | None = Field(default=None, description="PEM chain, to serve https without a proxy")
    tls_key: FilePath | None = Field(default=None, description="PEM private key of the certificate")
    trusted_proxies: str = Field(default="127.0.0.1", description="whose X-Forwarded-Proto is believed")
    data_dir: Path = Path("var")
    database_url: SecretStr | None = Field(default=None, description="a PostgreSQL, instead of a file in data_dir")
    database_password: SecretStr | None = Field(default=None, description="for database_url, where it names none")
    retention_days: int | None = Field(default=None, ge=1, description="how long the store keeps; unset: for ever")
    audit_key: SecretStr | None = Field(default=None, min_length=32, description="to note a digest of the patient id")
    metrics_token: SecretStr | None = Field(default=None, min_length=16, description="what /metrics wants to be shown")
    site_dir: Path | None = Field(default=None, description="folder with the site's parameters and value sets")
    log_level: LogLevel = "INFO"
    region: Region = "cn"
    language: Language = "en"
    public_url: HttpUrl | None = Field(default=None, description="the address callers use, when behind a proxy")
    snomed_extension: bool = Field(default=True, description="read SNOMED CT codes outside the Global Patient Set")
    # Whether a request may set today and region; unset: whenever there are no tenants. Never together with tenants.
    demo: bool | None = None

    body_limit_bytes: int = Field(default=5_000_000, ge=1_000)
    json_depth_limit: int = Field(default=100, ge=10, le=500)
    call_time_budget_seconds: float = Field(default=10.0, gt=0, le=300)
    longest_wait_seconds: float = Field(default=0.5, gt=0, description="for the processor; then a call is refused")
    concurrency: int = Field(default=128, ge=1, description="calls at a time in one process")
    tenant_concurrency: int = Field(default=96, ge=1, description="those of one tenant among them")
    fhir_time_budget_seconds: float = Field(default=3.0, gt=0, le=60)
    fhir_page_limit_bytes: int = Field(default=5_000_000, ge=1_000)
    fhir_page_limit: int = Field(default=20, ge=1)
    fhir_size_budget_bytes: int = Field(default=20_000_000, ge=1_000)

    @model_validator(mode="after")
    def _refuse_open_network(self) -> Self:
        # Callers are not authenticated, so whoever reaches the port could send and receive patient data.
        if not (self.local or self.tenants or self.unsafe_demo_on_all_interfaces):
            raise ValueError(
                f"refusing to listen on {self.host}: callers are not authenticated. Listen on 127.0.0.1, name those "
                "who may call in BIOLOGIC_CDS_TENANTS, or set BIOLOGIC_CDS_UNSAFE_DEMO_ON_ALL_INTERFACES=true on a "
                "network that holds no patient data"
            )
        return self

    @model_validator(mode="after")
    def _refuse_half_a_demo(self) -> Self:
        if self.tenants and (self.demo or self.unsafe_demo_on_all_interfaces):
            raise ValueError("BIOLOGIC_CDS_TENANTS and a demo setting exclude each other")
        return self

    @model_validator(mode="after")
    def _refuse_plain_http(self) -> Self:
        # Tokens are made for one address: without a fixed one, whoever sets the Host header would choose it.
        if self.tenants and not self._address_is_safe:
            raise ValueError(
                "with BIOLOGIC_CDS_TENANTS, BIOLOGIC_CDS_PUBLIC_URL must be the https address that callers use "
                "(left out or plain http only where both are on the loopback)"
            )
        if (self.tls_certificate is None) is not (self.tls_key is None):
            raise ValueError("BIOLOGIC_CDS_TLS_CERTIFICATE and BIOLOGIC_CDS_TLS_KEY belong together")
        return self

    @model_validator(mode="after")
    def _leave_time_for_an_answer(self) -> Self:
        if self.call_time_budget_seconds <= self.fhir_time_budget_seconds:
            raise ValueError(
                "BIOLOGIC_CDS_CALL_TIME_BUDGET_SECONDS must exceed BIOLOGIC_CDS_FHIR_TIME_BUDGET_SECONDS: else a slow "
                "FHIR server costs the whole answer instead of the data it holds"
            )
        return self

    @field_validator("database_url")
    @classmethod
    def _refuse_other_databases(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("an address like postgresql://user@host/database is needed")
        return url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """From the environment; else from a file of the variable's name in the folder BIOLOGIC_CDS_SECRETS_DIR."""
        folder = os.environ.get("BIOLOGIC_CDS_SECRETS_DIR")
        files = SecretsSettingsSource(settings_cls, secrets_dir=folder) if folder else file_secret_settings
        return init_settings, env_settings, dotenv_settings, files

    @property
    def _address_is_safe(self) -> bool:
        if self.public_url is None:
            return self.local
        return self.public_url.scheme == "https" or (self.local and is_loopback(self.public_url.host or ""))

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the service."""
        return is_loopback(self.host)

    @property
    def demo_mode(self) -> bool:
        """Whether a request may set its own ``today`` and ``region``: never when callers are authenticated."""
        if self.tenants:
            return False
        return True if self.demo is None else self.demo

    @property
    def base_url(self) -> str | None:
        """The public address without a trailing slash, if one is configured."""
        return None if self.public_url is None else str(self.public_url).rstrip("/")
