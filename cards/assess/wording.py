"""What a finding says: the words of its statement, with what is ordered and expected filled in."""

from cards.assess.scene import Scene
from cards.knowledge.model import Statement
from cards.knowledge.placeholders import filled, places
from cards.logic.dosing_facts import placeholder


def filled_in(statement: Statement, scene: Scene) -> Statement:
    if not places(statement.say):
        return statement
    return statement.model_copy(update={"say": filled(statement.say, lambda name: placeholder(scene, name))})
