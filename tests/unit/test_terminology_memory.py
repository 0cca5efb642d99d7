"""The same codes and words are looked up once; what is long is not remembered."""

from cards.terminology.remembering import LONGEST, MOST, Coded, Worded, remembering


def test_what_is_short_is_looked_up_once() -> None:
    asked: list[tuple[Coded, Worded]] = []
    find = remembering(lambda codings, texts: asked.append((codings, texts)))
    for _ in range(3):
        find([("http://loinc.org", "5196-1"), (None, None)], ["HBsAg"])
        find((), iter(["HBsAg"]))
    assert asked == [((("http://loinc.org", "5196-1"), (None, None)), ("HBsAg",)), ((), ("HBsAg",))]


def test_what_is_long_is_looked_up_anew() -> None:
    asked: list[int] = []
    find = remembering(lambda codings, texts: asked.append(len(codings) + len(texts)))
    for _ in range(3):
        find((), ["x" * (LONGEST + 1)])
        find([("s", "c" * LONGEST)], ())
    assert len(asked) == 6


def test_of_too_many_the_first_are_forgotten() -> None:
    asked: list[Worded] = []
    find = remembering(lambda _, texts: asked.append(texts))
    for number in range(MOST + 1):
        find((), [str(number)])
    find((), ["0"])
    assert asked[-1] == ("0",)
    assert len(asked) == MOST + 2
