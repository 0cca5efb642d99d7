"""What a finding says: the words of its statement, with what is ordered and expected filled in."""

from cards.assess.scene import Scene
from cards.knowledge.model import Statement
from cards.knowledge.placeholders import filled, places
from cards.knowledge.statements import CompiledStatement
from cards.logic.dosing_facts import placeholder


def worded(statement: CompiledStatement, scene: Scene) -> Statement:
    entry = statement.worded(scene) if statement.wordings else statement.entry
    say = entry.say
    if "{" not in say.en or not places(say):
        return entry
    return entry.model_copy(update={"say": filled(say, lambda name: placeholder(scene, name))})
