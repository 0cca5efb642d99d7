"""order-select: a clinician picks an order. The order may still lack dose, quantity or even the drug."""

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from service.hooks.hook import Hook, Situation, bare_id
from service.hooks.orders import DraftOrders, draft_resources, selected
from service.protocol.request import decode_json


class Context(Struct, rename="camel"):
    """``userId`` is required by the hook and used for nothing here, so its absence costs nobody the advice."""

    patient_id: str
    encounter_id: str | None = None
    selections: list[str] | UnsetType | None = UNSET
    draft_orders: DraftOrders | None = None


_context = msgspec.json.Decoder(Context)


def read_context(raw: Raw) -> Situation:
    """Only selected drafts are judged; the others are background.

    A client that does not send ``selections`` at all leaves open what was picked: then every draft counts.
    """
    context = decode_json(raw, _context, "context")
    unstated = context.selections is UNSET
    return Situation(
        patient_id=bare_id(context.patient_id, "Patient"),
        encounter_id=context.encounter_id or None,
        drafts=draft_resources(context.draft_orders),
        selections=selected(context.selections or (), context.draft_orders),
        select_all=unstated,
    )


HOOK = Hook(
    name="order-select",
    version="1.0",
    service_id="biologic-cds-order-select",
    title="Biologic and targeted drugs: checks while ordering",
    description=(
        "Checks a drafted order of a biologic or targeted drug for autoimmune disease: contraindications, missing or "
        "outdated screening, dose and interval, vaccines, interactions and monitoring, with one-click orders."
    ),
    about_orders=True,
    read_context=read_context,
)
