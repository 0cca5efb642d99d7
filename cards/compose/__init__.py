"""Findings become cards: grouped, worded, with suggestions the EHR can file."""

from cards.compose.composing import compose

__all__ = ["compose"]
