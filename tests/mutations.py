"""Breaking JSON at random places."""

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

JUNK: list[Any] = [
    None,
    "",
    " ",
    "NaN",
    "1e400",
    "Invalid date",
    "9999-12-31",
    "0001-01-01",
    "2026-13-45T99:99",
    "#",
    "#x",
    "Patient/p1",
    "阳性" * 300,
    0,
    -1,
    1e308,
    10**18,
    True,
    False,
    [],
    {},
    [None],
    [[[]]],
    [{}],
    {"coding": "x"},
    {"coding": [None, 7, {"system": 1, "code": []}]},
    {"reference": 5},
    {"reference": "Medication/x"},
    {"value": "1e400"},
    {"value": Decimal("1E-99")},
    {"value": 10**18, "unit": "mg", "comparator": "~"},
    {"start": [], "end": {}},
    {"text": {"text": "x"}},
]
paths = st.integers(0, 10**6)
junk = st.one_of(st.sampled_from(JUNK), st.recursive(st.none() | st.text(max_size=5), st.lists, max_leaves=4))
mutations = st.lists(
    st.tuples(paths, st.sampled_from(["replace", "delete", "wrap", "unwrap"]), junk), min_size=1, max_size=6
)


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every member of every object and list within, as container and key."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(items):
        yield node, key
        yield from places(value)


def mutated(resource: Any, steps: list[tuple[int, str, Any]]) -> Any:
    resource = deepcopy(resource)
    for number, how, value in steps:
        found = [place for place in places(resource) if place[1] != "resourceType"]
        if not found:
            return resource
        container, key = found[number % len(found)]
        inner = container[key]
        match how:
            case "delete":
                container.pop(key)
            case "wrap":
                container[key] = [inner]
            case "unwrap" if isinstance(inner, list) and inner:
                container[key] = inner[0]
            case _:
                container[key] = deepcopy(value)
    return resource
