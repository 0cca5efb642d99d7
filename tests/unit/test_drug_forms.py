"""An ester and its active part share an ATC code; an order is for one of them."""

import pytest

from cards.knowledge.loader import FOLDER
from cards.terminology import Terminology, load_terminology

ATC, RXNORM = "http://www.whocc.no/atc", "http://www.nlm.nih.gov/research/umls/rxnorm"
SHARED = (ATC, "L04AA06")


@pytest.fixture(scope="module")
def terminology() -> Terminology:
    return load_terminology(FOLDER / "value_sets")


@pytest.mark.parametrize(
    ("codings", "text", "expected"),
    [
        ([SHARED, (RXNORM, "68149")], "mycophenolate mofetil", {"mycophenolate-mofetil"}),
        ([SHARED], "吗替麦考酚酯胶囊", {"mycophenolate-mofetil"}),
        ([SHARED], "mycophenolate mofetil 500 mg", {"mycophenolate-mofetil"}),
        ([SHARED], "麦考酚钠肠溶片", {"mycophenolic-acid"}),
        ([SHARED], "", {"mycophenolic-acid"}),
        ([(RXNORM, "68149")], "", {"mycophenolate-mofetil"}),
    ],
)
def test_an_order_names_one_form(
    terminology: Terminology, codings: list[tuple[str, str]], text: str, expected: set[str]
):
    assert {match.concept for match in terminology.drugs(codings, [text])} == expected
