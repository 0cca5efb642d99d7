"""The published statements as data, and their typed loader."""

from cards.knowledge.loader import Knowledge, load_knowledge

__all__ = ["Knowledge", "load_knowledge"]
