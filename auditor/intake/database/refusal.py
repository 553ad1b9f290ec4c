"""Refusal: why a database source could not be read."""

from __future__ import annotations

from auditor.mistake import Mistake


class Refusal(Mistake):
    """A source that cannot be read; ``code`` is the code of the Problem it becomes."""

    def __init__(self, code: str, what: str, remedy: str) -> None:
        """Keep the parts."""
        self.code = code
        super().__init__(what, remedy)
