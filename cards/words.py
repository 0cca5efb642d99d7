"""A text in both languages of the cards."""

from pydantic import BaseModel, ConfigDict


class Words(BaseModel):
    """English and Simplified Chinese."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        return self.zh if language == "zh" else self.en
