"""One tenant as the tenants file describes it."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, IPvAnyNetwork, model_validator

from service.gather.access import base_of
from service.outbound.addresses import Reach
from service.settings import Language, Region
from service.trust.jwks import Algorithm
from service.trust.tenant import ALL_SERVICES


def _address(value: str) -> str:
    base = base_of(value)
    if base is None:
        raise ValueError("an https address is needed (http only on the loopback), without user, query or fragment")
    return base


def _key_address(value: str) -> str:
    _address(value.partition("?")[0])
    return value


def _known_service(value: str) -> str:
    if value not in ALL_SERVICES:
        raise ValueError(f"no such service; there are: {', '.join(sorted(ALL_SERVICES))}")
    return value


Address = Annotated[str, AfterValidator(_address)]
KeyAddress = Annotated[str, AfterValidator(_key_address)]
Service = Annotated[str, AfterValidator(_known_service)]
Name = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """One tenant. Its meaning, field by field, is in ``docs/trust.md``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    issuer: Name
    tenant: Name | None = None
    jwks_url: KeyAddress | None = None
    jwks_file: Path | None = None
    jku: frozenset[str] = frozenset()
    algorithms: Annotated[tuple[Algorithm, ...], Field(min_length=1)] = ("ES384", "RS384")
    fhir_servers: frozenset[Address] = frozenset()
    private_networks: tuple[IPvAnyNetwork, ...] = ()
    ca_file: Path | None = None
    region: Region | None = None
    language: Language | None = None
    services: frozenset[Service] = ALL_SERVICES

    @model_validator(mode="after")
    def _has_one_place_for_keys(self) -> Self:
        if (self.jwks_url is None) is (self.jwks_file is None):
            raise ValueError("exactly one of jwks_url and jwks_file is needed")
        return self

    @model_validator(mode="after")
    def _reaches_what_it_names(self) -> Self:
        addresses = [*self.fhir_servers, *([self.jwks_url] if self.jwks_url else [])]
        for host in (urlsplit(address).hostname or "" for address in addresses):
            if _is_number(host) and not self.reach.permits(host, host):
                raise ValueError(f"{host} is a private address: name its network in private_networks")
        return self

    @property
    def reach(self) -> Reach:
        return Reach(tuple(self.private_networks))


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
