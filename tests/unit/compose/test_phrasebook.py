"""What is remembered from call to call is the knowledge's; nothing of a patient is."""

import json

from card_making import chart, composed, draft, knowledge, statements, unscreened

from cards.compose.phrasebook import phrasebook
from cards.knowledge.model import Words

SCREEN = "hbv.hbsag-missing.screening-missing"


def test_the_words_of_a_statement_are_worked_out_once() -> None:
    phrases = phrasebook(knowledge(), "en")  # type: ignore[arg-type]
    assert phrases.words(statements()[SCREEN]) is phrases.words(statements()[SCREEN])
    assert phrasebook(knowledge(), "en") is phrases  # type: ignore[arg-type]
    assert phrasebook(knowledge(), "zh") is not phrases  # type: ignore[arg-type]


def test_words_filled_in_for_a_patient_are_not_remembered() -> None:
    phrases = phrasebook(knowledge(), "en")  # type: ignore[arg-type]
    filled = statements()[SCREEN].model_copy(update={"say": Words(en="300 mg were ordered.", zh="已开300 mg。")})
    assert phrases.words(filled).said == "300 mg were ordered."
    assert phrases.words(filled) is not phrases.words(filled)
    assert phrases.words(statements()[SCREEN]).said != "300 mg were ordered."


def test_the_next_patient_gets_cards_without_the_one_before() -> None:
    before = composed(*unscreened(), on=chart(drafts=(draft(mg=600),), patient_id="first"))
    said = json.dumps(composed(*unscreened(), on=chart(drafts=(draft(mg=600),), patient_id="second")), default=str)
    assert "Patient/second" in said
    assert "Patient/first" not in said
    assert said.replace("Patient/second", "Patient/first") == json.dumps(before, default=str)
