"""Which language the cards are in."""

from service.settings import Language


def preferred_language(accept_language: str | None, default: Language) -> Language:
    """The language ``Accept-Language`` likes best among English and Chinese; ``default`` if it names neither."""
    best: Language | None = None
    best_quality = 0.0
    for part in (accept_language or "").split(","):
        tag, _, parameters = part.strip().partition(";")
        language, quality = _known(tag), _quality(parameters)
        if language is not None and quality > best_quality:
            best, best_quality = language, quality
    return best or default


def _known(tag: str) -> Language | None:
    primary = tag.strip().split("-")[0].lower()
    if primary == "en":
        return "en"
    return "zh" if primary == "zh" else None


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
