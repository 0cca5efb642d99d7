"""From the tenants file to known callers: keys, connections and defaults of each."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from service.gather.access import FhirAccess
from service.outbound.client import new_client, tls_trusting
from service.settings import Settings
from service.trust.door import KnownCaller
from service.trust.entry import Entry
from service.trust.jwks import BadKeySetError, usable_keys
from service.trust.key_source import KeySource, from_file, from_url
from service.trust.tenant import Tenant
from service.trust.tenants_file import TenantsError, read_tenants


def known_callers(path: Path, settings: Settings) -> Sequence[KnownCaller]:
    """Everyone the file names. What it points at is tried where that takes no network; raises ``TenantsError``."""
    entries = read_tenants(path)
    speaks_for = Counter(entry.issuer for entry in entries)
    for entry in entries:
        _check_keys(path, entry)
    return [_caller(path, entry, settings, alone=speaks_for[entry.issuer] == 1) for entry in entries]


def _caller(path: Path, entry: Entry, settings: Settings, *, alone: bool) -> KnownCaller:
    tenant = Tenant(
        id=entry.id,
        region=entry.region or settings.region,
        language=entry.language or settings.language,
        fhir=_access(path, entry),
        services=entry.services,
    )
    return KnownCaller(
        tenant=tenant,
        issuer=entry.issuer,
        names=_names(entry, alone=alone),
        algorithms=frozenset(entry.algorithms),
        jku=frozenset(address for address in (entry.jwks_url, *entry.jku) if address),
        keys=_keys(entry, tenant),
    )


def _names(entry: Entry, *, alone: bool) -> frozenset[str | None]:
    """Whoever is told apart by the claim ``tenant`` has to send it; others may."""
    may_leave_it_out = alone and entry.tenant is None
    return frozenset((entry.tenant or entry.id, None) if may_leave_it_out else (entry.tenant or entry.id,))


def _access(path: Path, entry: Entry) -> FhirAccess:
    try:
        tls = tls_trusting(entry.ca_file)
    except OSError as problem:  # an SSLError is one too
        raise TenantsError(path.name, f"{entry.id}.ca_file", f"not readable: {type(problem).__name__}") from problem
    return FhirAccess(new_client(entry.reach, tls), entry.fhir_servers)


def _keys(entry: Entry, tenant: Tenant) -> KeySource:
    if entry.jwks_file is not None:
        return KeySource(entry.id, entry.algorithms, from_file(entry.jwks_file))
    return KeySource(entry.id, entry.algorithms, from_url(entry.jwks_url or "", tenant.fhir.client))


def _check_keys(path: Path, entry: Entry) -> None:
    """A file of keys has to be there from the start; an address may be down just now."""
    if entry.jwks_file is None:
        return
    field = f"{entry.id}.jwks_file"
    try:
        keys = usable_keys(entry.jwks_file.read_bytes(), entry.algorithms)
    except (OSError, BadKeySetError) as problem:
        raise TenantsError(path.name, field, f"not readable: {type(problem).__name__}") from problem
    if not keys:
        raise TenantsError(path.name, field, f"no public key for {', '.join(entry.algorithms)} with a kid")
