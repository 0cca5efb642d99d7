"""A caller that was let in."""

from dataclasses import dataclass, field

from service.errors import ServiceNotPermittedError
from service.gather.access import FhirAccess
from service.hooks import HOOKS
from service.settings import Language, Region, Settings

DEMO = "demo"  # whoever calls while no tenants are configured; no tenant may have this id
ALL_SERVICES = frozenset(hook.service_id for hook in HOOKS)


@dataclass(frozen=True, slots=True)
class Tenant:
    """Whose call it is, the defaults for it, and which FHIR servers may be asked on its behalf."""

    id: str
    region: Region
    language: Language
    fhir: FhirAccess = field(repr=False)
    services: frozenset[str] = ALL_SERVICES

    def check_may_call(self, service_id: str) -> None:
        if service_id not in self.services:
            raise ServiceNotPermittedError("this caller may not call this service")


def demo_tenant(settings: Settings) -> Tenant:
    return Tenant(DEMO, settings.region, settings.language, FhirAccess.to_loopback())
