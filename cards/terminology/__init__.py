"""Which code or word means which concept, and with which code a concept is ordered."""

from cards.terminology.load import load_terminology
from cards.terminology.model import Coding, DrugConcept, LabConcept, Match
from cards.terminology.terminology import Terminology

__all__ = ["Coding", "DrugConcept", "LabConcept", "Match", "Terminology", "load_terminology"]
