"""History: the runs, findings, decisions and consequences of a project, in one file that only grows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from types import TracebackType
from typing import Self

from auditor.history.decision import Decision
from auditor.history.decisions import add_decisions, imported, read_decisions
from auditor.history.entry import Entry, Standing, State
from auditor.history.findings import at_stake, seen
from auditor.history.ledger import read_ledger, take_steps
from auditor.history.lock import Lock
from auditor.history.record import AtStake, ConsequenceRecord, FindingRecord, Outcomes, Recorded, RunRecord, Seen
from auditor.history.recording import take_in
from auditor.history.runs import find_run, read_consequences, read_findings, read_runs, read_sizes
from auditor.history.store import Store


class History:
    """An open history. Every write is one transaction: whole, or not at all. Nothing is ever changed or deleted.

    Reading and writing raise InputError where the file turns out to be damaged.
    """

    def __init__(self, store: Store, lock: Lock | None = None) -> None:
        """Of an open file, and the lock that keeps other writers out."""
        self._store = store
        self._lock = lock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close the file and free the lock."""
        self._store.close()
        if self._lock:
            self._lock.free()

    def record(
        self,
        run: RunRecord,
        findings: Sequence[FindingRecord],
        consequences: Sequence[ConsequenceRecord],
        outcomes: Outcomes,
    ) -> Recorded:
        """Keep a run, and enter into the ledger what follows from it; a run that is there already changes nothing.

        ``outcomes`` says what became of the findings that ``at_stake`` named.
        """
        return take_in(self._store, run, findings, consequences, outcomes)

    def runs(self) -> list[RunRecord]:
        """Every run in the order in which they were kept, without inputs and rules."""
        return read_runs(self._store)

    def sizes(self) -> dict[str, tuple[int, int]]:
        """How many findings and consequences each run has, by its id."""
        return read_sizes(self._store)

    def run(self, name: str) -> RunRecord:
        """A run by its id, the beginning of it, ``last`` or ``last~1``; raises RuleError when there is none."""
        return find_run(self._store, name)

    def findings(self, run: str) -> list[FindingRecord]:
        """The findings of a run (its id), gravest first."""
        return read_findings(self._store, run)

    def consequences(self, run: str) -> list[ConsequenceRecord]:
        """The consequences that a run (its id) drew."""
        return read_consequences(self._store, run)

    def imported(self, sha256: str) -> bool:
        """Whether decisions of a file of these bytes were taken in."""
        return imported(self._store, sha256)

    def decide(self, decisions: Iterable[Decision], sha256: str, file: str) -> int:
        """Keep the decisions of a file, all or none; returns how many said something new."""
        return add_decisions(self._store, decisions, sha256, file)

    def decisions(self, on: date) -> dict[str, Decision]:
        """The decision in force on a day, by finding key: the last one by (decided_on, order of import)."""
        return {one.finding_key: one for one in self.decision_log() if one.decided_on <= on}

    def decision_log(self) -> list[Decision]:
        """Every decision ever taken in, in that order."""
        return read_decisions(self._store)

    def seen(self, keys: Iterable[str], without: str = "") -> dict[str, Seen]:
        """Since when findings are known, by key, as if the run ``without`` were not kept; unknown ones are left out."""
        return seen(self._store, keys, without)

    def at_stake(self) -> list[AtStake]:
        """The findings on which consequences rest that are proposed or in force."""
        return at_stake(self._store)

    def ledger(self) -> list[Standing]:
        """Every consequence that was ever proposed, with where it stands."""
        return read_ledger(self._store)

    def advance(self, keys: Sequence[str], step: State, by: str, on: date, why: str) -> list[Entry]:
        """Take one step for consequences, named by their keys or their beginnings, all or none.

        Raises RuleError for a step that may not follow, and for a person who decides about himself.
        """
        return take_steps(self._store, keys, step, by, on, why)
