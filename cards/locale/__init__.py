"""The words that many cards share, in English and Simplified Chinese."""

from cards.locale.texts import CardTexts, card_texts

__all__ = ["CardTexts", "card_texts"]
