"""An ester or salt and its active part share an ATC code: which of them an order means."""

from collections.abc import Callable, Mapping


def with_forms(
    found: Mapping[str, str], form_of: Mapping[str, str], said: Callable[[], Mapping[str, str]]
) -> dict[str, str]:
    """``found`` by code. A form that another code or the words name takes the place of its active part.

    One order of mycophenolate mofetil is not two drugs.
    """
    parts = {part for part in form_of.values() if part in found}
    if not parts:
        return dict(found)
    named = {form: how for form, how in {**said(), **found}.items() if form_of.get(form) in parts}
    replaced = {form_of[form] for form in named}
    return {key: how for key, how in found.items() if key not in replaced} | named
