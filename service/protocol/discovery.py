"""The discovery answer. It never changes while the service runs, so it is built once."""

from collections.abc import Iterable
from typing import Any

from service.gather.templates import TEMPLATES
from service.hooks import Hook

CDS_HOOKS_VERSION = "2.0.1"
_NEEDS = (
    "Works best with all prefetch keys. A key that is not sent is read from fhirServer if that is given; what can be "
    "had neither way is named in the cards as not assessed. Decision support only: needs local clinical sign-off."
)


def discovery(hooks: Iterable[Hook]) -> dict[str, Any]:
    return {"services": [_service(hook) for hook in hooks]}


def _service(hook: Hook) -> dict[str, Any]:
    """``version`` and ``hookVersion`` are of CDS Hooks 3.0; clients of 2.0.1 ignore them."""
    return {
        "hook": hook.name,
        "id": hook.service_id,
        "title": hook.title,
        "description": hook.description,
        "prefetch": TEMPLATES,
        "usageRequirements": _NEEDS,
        "version": CDS_HOOKS_VERSION,
        "hookVersion": hook.version,
    }
