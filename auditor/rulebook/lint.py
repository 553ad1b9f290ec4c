"""Lint: what is not wrong in a rulebook but leaves a rule unproved or unclear."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.problem import Problem
from auditor.rulebook.coverage import coverage
from auditor.rulebook.entry import Entry
from auditor.rulebook.rulebook import Rulebook


def lint(book: Rulebook, only: str | None = None) -> list[Problem]:
    """Warnings about rules without citation or without examples on both sides, and clauses nobody checks.

    ``only`` names the one regulation that is asked about.
    """
    entries = [entry for entry in book.entries if only in (None, entry.rule.regulation)]
    found = [problem for entry in entries for problem in _entry(entry)]
    for part in coverage(book, only):
        for clause in part.uncovered:
            what = f"No rule covers the clause {clause} of '{part.regulation}'."
            remedy = "Write a rule whose `covers` names it."
            found.append(Problem(book.clause_places[clause], "uncovered-clause", what, remedy))
    return found


def _entry(entry: Entry) -> Iterator[Problem]:
    rule = entry.rule
    if not rule.cited():
        yield Problem(entry.place(), "no-citation", f"{rule.id} cites no clause.", "Add `covers: [...]`.")
    expected = {verdict for example in entry.examples for verdict in example.verdicts}
    if rule.only_fails and any(example.expect == {} for example in entry.examples):
        expected.add("pass")
    for verdict in ("pass", "fail"):
        if verdict not in expected:
            what = f"{rule.id} has no example that must {verdict}."
            yield Problem(entry.place(("examples",)), "no-example", what, f"Add an example with `expect: {verdict}`.")
