"""Entry: one step of a consequence in the ledger, and which step may follow which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from auditor.history.record import ConsequenceRecord

State = Literal["proposed", "approved", "rejected", "applied", "appealed", "upheld", "reversed", "replaced"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: the consequence is in ``state`` from here on.

    ``by`` is who took the step (``auditor`` for what follows from a run), ``on`` the day given, ``run`` the run that
    it follows from, if any; ``findings`` are the keys of the findings that show why.
    """

    key: str
    state: State
    by: str
    on: date
    why: str
    run: str | None = None
    findings: tuple[str, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A consequence of the ledger, as the run drew it that last proposed it, with all its entries, oldest first."""

    consequence: ConsequenceRecord
    entries: tuple[Entry, ...]

    @property
    def state(self) -> State:
        """Where it stands: the state of the last entry."""
        return self.entries[-1].state
