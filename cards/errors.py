"""Everything that can be wrong with the knowledge files, reported with file, field and reason."""


class KnowledgeError(Exception):
    """A knowledge file that must not be used. Stops the start."""

    def __init__(self, file: str, field: str, reason: str) -> None:
        super().__init__(f"{file}: {field}: {reason}")
        self.file = file
        self.field = field
        self.reason = reason
