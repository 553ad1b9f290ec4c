"""The history of a project: runs, findings as seen, decisions, and the ledger of consequences. It only grows."""

from auditor.history.decision import Decision
from auditor.history.entry import Entry, Standing, State
from auditor.history.history import History
from auditor.history.open import open_history
from auditor.history.record import (
    AtStake,
    ConsequenceRecord,
    FindingRecord,
    InputRecord,
    Outcomes,
    Recorded,
    RuleRecord,
    RunRecord,
    Seen,
)
from auditor.history.runs import run_id

__all__ = [
    "AtStake",
    "ConsequenceRecord",
    "Decision",
    "Entry",
    "FindingRecord",
    "History",
    "InputRecord",
    "Outcomes",
    "Recorded",
    "RuleRecord",
    "RunRecord",
    "Seen",
    "Standing",
    "State",
    "open_history",
    "run_id",
]
