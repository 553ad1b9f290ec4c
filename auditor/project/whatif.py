"""What if: how a run by other rules or another policy would differ from one that is kept. It keeps nothing itself."""

from __future__ import annotations

from dataclasses import replace

from auditor.history import RunRecord, open_history, run_id
from auditor.history.compare import Comparison, Snapshot, compare
from auditor.location import Location
from auditor.pipeline import Audit
from auditor.problem import Problem, RuleError
from auditor.project.assignment import Assignment, Progress
from auditor.project.recording import snapshot


def what_if(
    assignment: Assignment, name: str, as_of: str | None = None, progress: Progress | None = None
) -> tuple[RunRecord, RunRecord, Comparison, Audit]:
    """The kept run called ``name``, the one as it would be, how they differ, and its audit.

    It judges as of the same instant as the kept run unless ``as_of`` says otherwise, with the decisions and ledger
    of now. Raises RuleError where there is no history or no such run, and what ``Assignment.run`` raises.
    """
    if assignment.history is None:
        remedy = "Go to the folder of a project, or name the history with --history."
        raise RuleError([Problem(Location("--against"), "no-history", "There is no history to read.", remedy, True)])
    with open_history(assignment.history, write=False) as history:
        before = history.run(name)
        kept = Snapshot(before.rules, history.findings(before.id), history.consequences(before.id))
        result = assignment.run(before.as_of if as_of is None else as_of, progress, history)
    after, found = snapshot(assignment, result)
    return before, replace(after, id=run_id(after)), compare(kept, found), result
