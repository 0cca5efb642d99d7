"""order-sign: a clinician is about to sign. Every order in the context is judged, whatever its status (re-signing)."""

import msgspec
from msgspec import Raw, Struct

from service.hooks.hook import Hook, Situation, bare_id
from service.hooks.orders import DraftOrders, draft_resources
from service.protocol.request import decode_json


class Context(Struct, rename="camel"):
    patient_id: str
    encounter_id: str | None = None
    draft_orders: DraftOrders | None = None


_context = msgspec.json.Decoder(Context)


def read_context(raw: Raw) -> Situation:
    context = decode_json(raw, _context, "context")
    return Situation(
        patient_id=bare_id(context.patient_id, "Patient"),
        encounter_id=context.encounter_id or None,
        drafts=draft_resources(context.draft_orders),
        select_all=True,
    )


HOOK = Hook(
    name="order-sign",
    version="1.0",
    service_id="biologic-cds-order-sign",
    title="Biologic and targeted drugs: checks before signing",
    description=(
        "Checks all orders about to be signed for biologic and targeted drugs in autoimmune disease: "
        "contraindications, missing or outdated screening, dose and interval, vaccines, interactions and monitoring."
    ),
    about_orders=True,
    read_context=read_context,
)
