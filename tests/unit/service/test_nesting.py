"""How deeply JSON is nested is counted, with brackets in its texts; what still gets past the decoder stops."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import NestedTooDeeplyError
from service.web.nesting import check_nesting

texts = st.text(alphabet='[]{}"\\a阳', max_size=4)
names = st.sampled_from("abc")
values = st.recursive(
    st.none() | texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
)


def depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def passes(body: bytes, limit: int) -> bool:
    try:
        check_nesting(body, limit)
    except NestedTooDeeplyError:
        return False
    return True


@given(values)
def test_what_is_within_the_limit_passes(value: Any) -> None:
    assert passes(json.dumps(value, ensure_ascii=False).encode(), depth(value))


@given(st.recursive(st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3)))
def test_one_level_less_is_too_few(value: Any) -> None:
    assert depth(value) == 0 or not passes(json.dumps(value).encode(), depth(value) - 1)


@pytest.mark.parametrize(
    ("body", "limit", "fine"),
    [
        (b"[" * 50 + b"]" * 50, 50, True),
        (b"[" * 51 + b"]" * 51, 50, False),
        (b'{"a":' * 51 + b"1" + b"}" * 51, 50, False),
        (b'{"a":["' + b"[" * 500 + b'"]}', 10, True),
        (b'{"a":"\\"' + b"[" * 500 + b"]" * 500 + b'\\\\"}', 10, True),
        (b"[" * 500, 50, True),  # no JSON: whoever decodes it says so
        (b"", 10, True),
        (b'{"a":"' + b"]" * 500 + b'","b":' + b"[" * 51 + b"]" * 51 + b"}", 50, False),
        (b'{"a":"' + b"]" * 500 + b'","b":' + b"[" * 49 + b"]" * 49 + b"}", 50, True),
        (b"[" + b",".join([b"[" * 49 + b"]" * 49] * 100) + b"]", 50, True),
        (b"[" + b",".join([b"[" * 49 + b"]" * 49] * 100 + [b"[" * 50 + b"]" * 50]) + b"]", 50, False),
        (b"[" + b",".join([b"[{}]"] * 5000) + b"]", 10, True),
        (b"[" + b",".join([b"[{}]"] * 5000) + b"]", 2, False),
    ],
)
def test_levels_are_counted_outside_of_texts(body: bytes, limit: int, fine: bool) -> None:
    assert passes(body, limit) is fine
