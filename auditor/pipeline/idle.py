"""Idle rules: rules that owe nothing, or that nobody breaks, in any of several worlds of data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.evaluate import RuleResult, evaluate, make_plan
from auditor.kinds import Verdict, World
from auditor.pipeline.choice import choose_instant
from auditor.pipeline.verbs import read_data
from auditor.problem import Problem
from auditor.rulebook import Entry, Rulebook


def idle_rules(
    book: Rulebook, entries: Sequence[Entry], worlds: Sequence[str | Path], as_of: str | None = None
) -> list[Problem]:
    """A Problem for each of ``entries`` that is in force and has no obligation or no failure in any world.

    A world is a file, a folder or a pattern of files that belong together, judged ``as_of`` an instant (default:
    its newest event). Raises InputError for a file that cannot be read.
    """
    owed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    off: set[str] = set()
    for world in worlds:
        for result in _results(book, entries, world, as_of):
            rule = result.entry.rule.id
            owed[rule] += sum(result.counts.values())
            failed[rule] += result.counts.get(Verdict.FAIL, 0)
            off |= {rule} if result.status in ("off", "not_configured") else set()
    active = [entry for entry in entries if entry.rule.id not in off]
    return [problem for entry in active for problem in _idle(entry, owed[entry.rule.id], failed[entry.rule.id])]


def _results(book: Rulebook, entries: Sequence[Entry], world: str | Path, as_of: str | None) -> tuple[RuleResult, ...]:
    data = read_data(world, book=book)
    calendar = book.calendars[book.calendars.default]
    instant = choose_instant(as_of, data, calendar)
    known = World(book.records, data.tables, book.calendars, book.calendars.default, instant, data.schema)
    return evaluate(make_plan(entries, known), entries, data.connection).results


def _idle(entry: Entry, owed: int, failed: int) -> Iterator[Problem]:
    rule = entry.rule.id
    if not owed and not entry.rule.only_fails:
        what = f"{rule} owes nothing in any of the given worlds."
        yield Problem(entry.place(), "never-applies", what, "Correct its `when`, or give a world in which it applies.")
    elif not failed:
        what = f"{rule} is never broken in any of the given worlds."
        yield Problem(
            entry.place(), "never-fails", what, "Plant a breach of it in a world, or see if it can be broken."
        )
