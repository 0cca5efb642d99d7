"""The hooks this service answers, one module each. A new hook is a module here and an entry in ``HOOKS``."""

from service.hooks import order_select, order_sign, patient_view
from service.hooks.hook import Hook, Situation

HOOKS: tuple[Hook, ...] = (order_select.HOOK, order_sign.HOOK, patient_view.HOOK)

__all__ = ["HOOKS", "Hook", "Situation"]
