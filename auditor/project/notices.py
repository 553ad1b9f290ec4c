"""Notices: what the history of a project has to say to each person."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from auditor.history import FindingRecord, RunRecord, open_history
from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import Problem, RuleError
from auditor.project.assignment import assign
from auditor.project.options import Options
from auditor.report.notices import Notice, Wording
from auditor.report.wording import Language
from auditor.rulebook import Rulebook


def find_notices(
    options: Options, name: str, only: Collection[str] = ()
) -> tuple[list[Notice], Language, list[Problem]]:
    """The notices of the run called ``name``, of all or of the subjects in ``only``, their language, and Problems.

    Raises RuleError for a run or a subject that is not there, and where there is no history.
    """
    assignment = assign(options)
    if assignment.history is None:
        remedy = "Go to the folder of a project, or name the history with --history."
        raise RuleError([Problem(Location("RUN"), "no-history", "There is no history to read.", remedy, True)])
    with open_history(assignment.history, write=False) as history:
        run = history.run(name)
        findings, consequences = history.findings(run.id), history.consequences(run.id)
        states = {one.consequence.key: one.state for one in history.ledger()}
    book = assignment.book.of(run.regulations)
    wording = Wording(run, book, states, assignment.lang)
    problems = list(_doubts(run, book, findings))
    return _chosen(wording.notices(findings, consequences), only), assignment.lang, problems


def _chosen(found: list[Notice], only: Collection[str]) -> list[Notice]:
    known = sorted({one.subject for one in found})
    missing = [name for name in only if name not in known]
    if missing:
        raise RuleError(
            [
                Problem(Location("--only"), "unknown-name", f"Nothing was found of {name}.", nearest(name, known), True)
                for name in missing
            ]
        )
    return [one for one in found if not only or one.subject in only]


def _doubts(run: RunRecord, book: Rulebook, findings: list[FindingRecord]) -> Iterator[Problem]:
    if book.version != run.rulebook:
        what = "The rules are not those of the run; clauses are worded as they are now."
        remedy = "Run again, or name the rules of then with --rules."
        yield Problem(Location(f"run {run.id}"), "other-rules", what, remedy)
    nobody = sum(one.subject is None for one in findings)
    if nobody:
        what = f"{nobody} findings name nobody and are on no page."
        yield Problem(Location(f"run {run.id}"), "nobody-named", what, "The report of the run lists them.")
