"""Reviewing: a returned report into the history of a project."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from auditor.history import History, open_history
from auditor.location import Location
from auditor.pipeline import read_rules
from auditor.problem import Problem, RuleError
from auditor.project.assignment import assign
from auditor.project.load import PROJECT_FILE
from auditor.project.options import Options
from auditor.report.wording import Language
from auditor.review.imports import Taken, take
from auditor.review.judge import Terms
from auditor.review.rejects import rejects_of, write_rejects
from auditor.review.returned import read_returned
from auditor.review.sent import Sent, what_was_sent
from auditor.rulebook import Rulebook


@dataclass(frozen=True)
class Desk:
    """Where reviews come in: the rules they are held to, the folder of the history, the project if there is one."""

    book: Rulebook
    folder: Path
    project: str
    lang: Language


@dataclass(frozen=True)
class Imported:
    """What an import did: ``new`` is how many decisions were kept, ``rejects`` the file with the rows that were not."""

    sha256: str
    taken: Taken
    new: int
    rejects: Path | None


def review_desk(options: Options) -> Desk:
    """The desk of a project, or of a history that is named outside of one; raises RuleError."""
    if options.history and not options.project and not Path(PROJECT_FILE).exists():
        return Desk(read_rules(options.rules), options.history, "", options.lang or "zh")
    assignment = assign(options)
    assert assignment.history is not None, "a project has a history"
    tailoring = assignment.book.tailoring
    return Desk(assignment.book, assignment.history, tailoring.project if tailoring else "", assignment.lang)


def import_review(desk: Desk, path: Path, *, dry_run: bool) -> Imported:
    """Take in the decisions of a file, all that are sound or, after a crash, none; a ``dry_run`` only looks.

    Raises RuleError for a file that is no returned report or is one of another project or rules, Busy and InputError
    as open_history does, NotDelivered when the rejects cannot be written.
    """
    returned = read_returned(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with open_history(desk.folder, write=not dry_run) as history:
        sent = what_was_sent(returned, history)
        _check_origin(sent, desk, history, path)
        terms = Terms(sent.day, waivable_days(desk.book))
        taken = take(returned.rows, sent, history.decision_log(), terms, sha256)
        new = 0
        if taken.accepted and not dry_run:
            new = history.decide(taken.accepted, sha256, path.name)
    if not taken.rejected or dry_run:
        return Imported(sha256, taken, new, None)
    write_rejects(taken.rejected, rejects_of(path), desk.lang)
    return Imported(sha256, taken, new, rejects_of(path))


def waivable_days(book: Rulebook) -> Callable[[str], int]:
    """For how many days the findings of a rule can be waived."""
    usual = 365

    def days(rule: str) -> int:
        entry = book.entry(rule)
        return entry.rule.waivable_for.amount if entry else usual

    return days


def _check_origin(sent: Sent, desk: Desk, history: History, path: Path) -> None:
    """Raise RuleError for a report of another project, or by rules that this one never judged by."""
    if sent.rulebook is None:
        return
    if sent.project != desk.project:
        what = f"This is a report of {_named(sent.project)}, not of {_named(desk.project)}."
        remedy = "Import it in its own project."
        raise RuleError([Problem(Location(str(path)), "review-elsewhere", what, remedy, True)])
    known = {desk.book.version, *(run.rulebook for run in history.runs())}
    if sent.rulebook not in known:
        what = f"This report was made by other rules ({sent.rulebook}) than those here ({desk.book.version})."
        remedy = "Run the audit, and review the report that it writes."
        raise RuleError([Problem(Location(str(path)), "review-other-rules", what, remedy, True)])


def _named(project: str | None) -> str:
    return f"the project '{project}'" if project else "no project"
