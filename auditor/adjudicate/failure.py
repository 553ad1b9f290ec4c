"""AdjudicationError: the inference of consequences that could not be trusted or finished."""

from __future__ import annotations

from auditor.location import Location
from auditor.problem import AuditorError, Problem

REMEDY = "The findings stand; no consequence is proposed until this is cleared up."


class AdjudicationError(AuditorError):
    """Raised when the engine or its facts cannot be trusted; no consequence at all is issued (exit 3)."""

    exit_code = 3

    def __init__(self, what: str, file: str = "consequences", remedy: str = REMEDY) -> None:
        """``what`` is one sentence; ``file`` names the policy the run was for."""
        super().__init__([Problem(Location(file), "adjudication-failed", what, remedy, True)])
