"""Text of a record is shown as it is: no Markdown, HTML or address in it is interpreted."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cards.compose.escape import JOINER, escaped, plain

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False, "html": True})
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "**bold** _em_ `code` ~~gone~~",
    "[click](javascript:alert(1)) ![x](http://evil.example/p.png)",
    "[^1]: footnote",
    "# heading\n\n- item\n\n> quote\n\n```\nfence\n```\n\n| a | b |\n|---|---|\n| c | d |",
    "---",
    "===",
    "1. one\n2) two",
    "+ plus",
    "- [ ] task",
    "<https://evil.example>",
    "\\<b\\> trailing backslash \\",
    "HBsAg <0.05 IU/mL & anti-HBc >8 S/CO",
    "乙肝表面抗原 <0.05 *阳性*",
    "a\u202eb\u0000c\u2028d\ttab",
    "<!-- comment -->",
    "<![CDATA[x]]>",
]


def shown(markdown: str) -> tuple[str, set[str]]:
    """The text a reader sees and the kinds of inline markup in it."""
    tokens = MARKDOWN.parse(f"- {markdown}")
    inline = [child for token in tokens if token.type == "inline" for child in token.children or []]
    kinds = {token.type for token in [*tokens, *inline]}
    return "".join(token.content for token in inline), kinds


PLAIN_KINDS = {
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    *("paragraph_open", "paragraph_close", "inline", "text", "text_special"),
}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_literally(text: str) -> None:
    said, kinds = shown(escaped(text))
    assert kinds <= PLAIN_KINDS
    assert said.replace(JOINER, "") == plain(text)


@given(st.text(max_size=80))
@example("*a*\n# b")
@example("&copy;")
@example("x  \ny")
@example("    code")
@example("\ufeff- a")
def test_any_text_is_shown_literally(text: str) -> None:
    said, kinds = shown(f"x {escaped(text)}")
    assert kinds <= PLAIN_KINDS
    assert said.replace(JOINER, "").removeprefix("x").strip() == plain(text)


@given(st.text(max_size=80))
def test_nothing_at_the_start_of_a_line_is_markup(text: str) -> None:
    said, kinds = shown(escaped(text))
    assert kinds <= PLAIN_KINDS
    assert said.replace(JOINER, "").strip() == plain(text)


@pytest.mark.parametrize("text", ["see http://evil.example/x", "www.evil.example", "a.b@evil.example", "mailto:a@b.c"])
def test_bare_addresses_are_broken(text: str) -> None:
    """GitHub's Markdown makes links of these without any brackets, whatever is escaped."""
    assert text not in escaped(text)
    assert escaped(text).replace(JOINER, "") == text


@given(st.text(max_size=500), st.integers(10, 60))
def test_plain_text_is_one_short_line(text: str, longest: int) -> None:
    line = plain(text, longest)
    assert len(line) <= longest
    assert not {unicodedata.category(c) for c in line} & {"Cc", "Cf", "Zl", "Zp"}
    assert line == " ".join(line.split())


def test_long_text_says_that_it_was_cut() -> None:
    assert escaped("a" * 400).endswith("…")
    assert len(escaped("a" * 400, None)) == 400
