"""One typed settings object, read from environment variables that begin with ``BIOLOGIC_CDS_``."""

import ipaddress
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, HttpUrl, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

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

    model_config = SettingsConfigDict(env_prefix="BIOLOGIC_CDS_", env_ignore_empty=True, frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1)
    unsafe_demo_on_all_interfaces: bool = False
    data_dir: Path = Path("var")
    site_dir: Path | None = Field(default=None, description="folder with the site's parameters and value sets")
    log_level: LogLevel = "INFO"
    region: Region = "cn"
    language: Language = "en"
    public_url: HttpUrl | None = Field(default=None, description="the address callers use, when behind a proxy")
    snomed_extension: bool = Field(default=True, description="read SNOMED CT codes outside the Global Patient Set")
    # Whether a request may set today and region; unset: on loopback, or when the demo is opened to all.
    demo: bool | None = None

    body_limit_bytes: int = Field(default=5_000_000, ge=1_000)
    fhir_time_budget_seconds: float = Field(default=3.0, gt=0, le=60)
    fhir_page_limit_bytes: int = Field(default=5_000_000, ge=1_000)
    fhir_page_limit: int = Field(default=20, ge=1)

    @model_validator(mode="after")
    def _refuse_open_network(self) -> Self:
        # Callers are not authenticated, so whoever reaches the port could send and receive patient data.
        if not is_loopback(self.host) and not self.unsafe_demo_on_all_interfaces:
            raise ValueError(
                f"refusing to listen on {self.host}: callers are not authenticated. Listen on 127.0.0.1, or set "
                "BIOLOGIC_CDS_UNSAFE_DEMO_ON_ALL_INTERFACES=true on a network that holds no patient data"
            )
        return self

    @property
    def demo_mode(self) -> bool:
        """Whether a request may set its own ``today`` and ``region``."""
        default = is_loopback(self.host) or self.unsafe_demo_on_all_interfaces
        return default if self.demo is None else self.demo

    @property
    def base_url(self) -> str | None:
        """The public address without a trailing slash, if one is configured."""
        return None if self.public_url is None else str(self.public_url).rstrip("/")
