"""Decision: what a reviewer said about a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Word = Literal["confirm", "waive", "dispute"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. It is in force until a later one; a waiver lapses after the day ``expires``.

    ``source`` is the sha256 of the file it came in and ``row`` its row there; ``evidence_hash`` is that of the
    finding when it was decided.
    """

    finding_key: str
    decision: Word
    reason: str
    reviewer: str
    decided_on: date
    expires: date | None
    evidence_hash: str
    source: str
    row: int | None = None
