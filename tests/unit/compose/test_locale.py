"""The card texts are complete, and both languages say the same things."""

from pathlib import Path

import pytest
from card_making import statements

from cards.compose.statement_words import topic_of
from cards.errors import KnowledgeError
from cards.locale import card_texts, texts

FILES = Path(texts.__file__).parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for language in texts.LANGUAGES:
        (tmp_path / f"{language}.yaml").write_text((FILES / f"{language}.yaml").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    return tmp_path


def load() -> None:
    texts._all_texts.__wrapped__()


def change(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_topic_has_a_name(language: str) -> None:
    topics = {topic_of(statement) for statement in statements().values()}
    assert topics <= card_texts(language).topic.keys()


def test_an_unknown_language_is_english() -> None:
    assert card_texts("fr") is card_texts("en")


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("zh.yaml", "  hcv: 丙型肝炎\n", "", "topic.hcv"),
        ("zh.yaml", "最近一次结果已过期：{tests}。", "最近一次结果已过期。", "state.stale"),
        ("en.yaml", "  hold: ", "  holds: ", "suggestion.hold"),
    ],
)
def test_what_does_not_match_is_refused(folder: Path, file: str, old: str, new: str, field: str) -> None:
    change(folder / file, old, new)
    with pytest.raises(KnowledgeError) as problem:
        load()
    assert problem.value.field == field


def test_a_missing_kind_is_refused(folder: Path) -> None:
    for file, line in (("en.yaml", "  interaction: interaction\n"), ("zh.yaml", "  interaction: 药物相互作用\n")):
        change(folder / file, line, "")
    with pytest.raises(KnowledgeError, match="kind: lacks interaction"):
        load()
