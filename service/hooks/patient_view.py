"""patient-view: a chart is opened. What is due or wrong for a patient who is already on one of our drugs."""

import msgspec
from msgspec import Raw, Struct

from service.hooks.hook import Hook, Situation, bare_id
from service.protocol.request import decode_json


class Context(Struct, rename="camel"):
    """The user may be a clinician, the patient or a relative; nothing here depends on it."""

    patient_id: str
    encounter_id: str | None = None


_context = msgspec.json.Decoder(Context)


def read_context(raw: Raw) -> Situation:
    context = decode_json(raw, _context, "context")
    return Situation(bare_id(context.patient_id, "Patient"), context.encounter_id or None)


HOOK = Hook(
    name="patient-view",
    version="1.0",
    service_id="biologic-cds-patient-view",
    title="Biologic and targeted drugs: what is due",
    description=(
        "Shows what is due, outdated or newly unsafe for a patient who is treated with a biologic or targeted drug for "
        "autoimmune disease: monitoring, vaccines, prophylaxis and interval of the next dose."
    ),
    about_orders=False,
    read_context=read_context,
)
