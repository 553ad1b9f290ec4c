"""History: the runs, findings, decisions and consequences of a project, in one file that only grows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from auditor.history.decision import Decision
from auditor.history.entry import Entry, Standing, State
from auditor.history.record import ConsequenceRecord, FindingRecord, Outcomes, Recorded, RunRecord, Seen


class History:
    """An open history. Every write is one transaction: whole, or not at all. Nothing is ever changed or deleted."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close the file and free the lock."""
        raise NotImplementedError

    def record(
        self,
        run: RunRecord,
        findings: Iterable[FindingRecord],
        consequences: Iterable[ConsequenceRecord],
        outcomes: Outcomes,
    ) -> Recorded:
        """Keep a run, and enter into the ledger what follows from it."""
        raise NotImplementedError

    def runs(self) -> list[RunRecord]:
        """Every run, oldest first, without inputs and rules."""
        raise NotImplementedError

    def run(self, name: str) -> RunRecord:
        """A run by its id, the beginning of it, ``last`` or ``last~1``; raises RuleError when there is none."""
        raise NotImplementedError

    def findings(self, run: str) -> list[FindingRecord]:
        """The findings of a run (its id), gravest first."""
        raise NotImplementedError

    def consequences(self, run: str) -> list[ConsequenceRecord]:
        """The consequences that a run (its id) drew."""
        raise NotImplementedError

    def imported(self, sha256: str) -> bool:
        """Whether decisions of a file of these bytes were taken in."""
        raise NotImplementedError

    def decide(self, decisions: Iterable[Decision], sha256: str, file: str) -> int:
        """Keep the decisions of a file, all or none; returns how many said something new."""
        raise NotImplementedError

    def decisions(self, on: date) -> dict[str, Decision]:
        """The decision in force on a day, by finding key: the last one by (decided_on, order of import)."""
        raise NotImplementedError

    def decision_log(self) -> list[Decision]:
        """Every decision ever taken in, in that order."""
        raise NotImplementedError

    def seen(self, keys: Iterable[str]) -> dict[str, Seen]:
        """Since when findings are known, by key; keys that no run had are left out."""
        raise NotImplementedError

    def ledger(self) -> list[Standing]:
        """Every consequence that was ever proposed, with where it stands."""
        raise NotImplementedError

    def advance(self, key: str, step: State, by: str, on: date, why: str) -> Entry:
        """Take one step; raises RuleError for a step that may not follow, and for a person who decides their own."""
        raise NotImplementedError


def open_history(folder: Path, *, write: bool) -> History:
    """Open the history in ``folder``; to ``write`` makes it where there is none and keeps other writers out.

    Raises Busy when another process writes, InputError when the file is damaged, missing or of a newer version.
    """
    raise NotImplementedError
