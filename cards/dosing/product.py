"""What the name of a product tells: its form and the way it is given."""

import re
from collections.abc import Iterable
from decimal import Decimal

from cards.chart.records import Medication
from cards.dosing.doses import DrugDoses
from cards.dosing.model import PLAIN_FORM, STARTER_PACK, RegimenFile
from cards.terminology import Terminology


def form_of(order: Medication, doses: DrugDoses, ordered: Iterable[Decimal]) -> str | None:
    """A form whose words the product says, else the only one whose dose is ordered; else the plain one."""
    forms = {name: words for name, words in doses.file.forms.items() if name != STARTER_PACK}
    if not forms:
        return None
    said = [name for name, words in forms.items() if says(order, words)]
    if said:
        return said[0] if len(said) == 1 else None
    amounts = set(ordered)
    alike = {allowed.form for allowed in doses.options if allowed.form and amounts & {allowed.low, allowed.high}}
    return alike.pop() if len(alike) == 1 else PLAIN_FORM


def is_starter_pack(order: Medication, file: RegimenFile) -> bool:
    texts = " ".join([order.product, *(dose.text for dose in order.doses)])
    return _says(texts, file.forms.get(STARTER_PACK, ()))


def route_of(order: Medication, file: RegimenFile, terminology: Terminology) -> str | None:
    said = [str(route) for route, words in file.route_words.items() if says(order, words)]
    if said:
        return said[0] if len(said) == 1 else None
    words = {name: route.text for name, route in terminology.sets.routes.items()}
    named = [name for name, texts in words.items() if says(order, [text for text in texts if len(text) > 2])]
    return named[0] if len(named) == 1 else None


def says(order: Medication, words: Iterable[str]) -> bool:
    return _says(order.product, words)


def _says(text: str, words: Iterable[str]) -> bool:
    """Latin words as whole words, Chinese ones anywhere."""
    plain = text.casefold()
    for word in words:
        known = word.casefold()
        if known.isascii():
            if re.search(rf"(?<![a-z0-9]){re.escape(known)}(?![a-z0-9])", plain):
                return True
        elif known in plain:
            return True
    return False
