"""Which front door this instance has: guarded if tenants are configured, else open to this machine only."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from service.settings import Settings
from service.store.tokens import UsedTokens
from service.trust.callers import known_callers
from service.trust.door import Door, GuardedDoor, KnownCaller, OpenDoor
from service.trust.tenant import Tenant, demo_tenant


@dataclass(frozen=True, slots=True)
class Entrance:
    """Everyone who may come in; ``callers`` is empty in demo mode, where ``demo`` is all there is."""

    callers: Sequence[KnownCaller]
    demo: Tenant | None

    def door(self, engine: AsyncEngine) -> Door:
        return OpenDoor(self.demo) if self.demo else GuardedDoor(self.callers, UsedTokens(engine))

    async def close(self) -> None:
        """Close the connections to everyone's servers."""
        for tenant in (self.demo, *(caller.tenant for caller in self.callers)):
            if tenant is not None:
                await tenant.fhir.client.aclose()


def open_entrance(settings: Settings) -> Entrance:
    """Raises ``TenantsError`` if the tenants file must not be used."""
    if settings.tenants is None:
        return Entrance((), demo_tenant(settings))
    return Entrance(known_callers(settings.tenants, settings), None)
