"""Rehearse: the examples of rules, judged by the same queries as real data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import duckdb

from auditor.evaluate.plan import make_plan
from auditor.evaluate.verdicts import obligations
from auditor.intake import from_rows
from auditor.kinds import Scope, World, outcome_of
from auditor.problem import Problem
from auditor.records import Table
from auditor.rulebook import Entry, Example, Rulebook


def rehearse(book: Rulebook, entries: Iterable[Entry]) -> Iterator[tuple[Entry, list[Problem]]]:
    """Each rule with a Problem for every example that does not get the verdicts it expects."""
    connection = duckdb.connect()
    for calendar in book.calendars.values():
        calendar.register(connection)
    for entry in entries:
        asked = _records_read(entry, book)
        yield (
            entry,
            [problem for example in entry.examples for problem in _try(connection, book, entry, example, asked)],
        )


class _Asked(dict[str, Table]):
    """The tables of a world, remembering which of them a rule asked for."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__(tables)
        self.names: dict[str, None] = {}

    def get(self, key: str, default: Table | None = None) -> Table | None:  # type: ignore[override]
        self.names[key] = None
        return super().get(key, default)


def _records_read(entry: Entry, book: Rulebook) -> tuple[str, ...]:
    """The record types that a rule looks at."""
    declared = book.declared()
    asked = _Asked(declared.tables)
    entry.rule.judge(Scope(entry.rule, entry.rule.judged_record(), replace(declared, tables=asked), entry.place))
    return tuple(asked.names)


@dataclass(frozen=True)
class Judged:
    """What the obligations of a small case came to: key -> (verdict, outcome word)."""

    verdicts: Mapping[str, tuple[str, str]]
    problems: tuple[Problem, ...]


def judge_case(
    connection: duckdb.DuckDBPyConnection, book: Rulebook, entry: Entry, example: Example, records: Iterable[str]
) -> Judged:
    """Judge one rule over the small tables of an example; ``records`` without rows are empty tables."""
    calendar = book.calendars[book.calendars.default]
    tables = {**dict.fromkeys(records, ()), **example.tables}
    columns = {name: tuple(record.fields) for name, record in book.records.items()}
    data, problems = from_rows(
        tables, book.records, calendar.zone, connection=connection, schema="example", columns=columns
    )
    as_of = calendar.parse_local(example.as_of)[0] if example.as_of else data.newest() or 0
    world = World(book.records, data.tables, book.calendars, book.calendars.default, as_of, data.schema)
    plan = make_plan([entry], world, rehearsal=True)
    verdicts: dict[str, tuple[str, str]] = {}
    for group in plan.groups:
        for _, key, code, _ in obligations(connection, group):
            outcome = outcome_of(code)
            verdicts[key] = (outcome.verdict.value, outcome.name.lower())
    return Judged(verdicts, (*problems, *(_unjudged(entry, example, u.reason, u.detail) for u in plan.unjudged)))


def _unjudged(entry: Entry, example: Example, reason: str, detail: str) -> Problem:
    what = f"{entry.rule.id}: the example could not be judged ({reason} {detail})."
    return Problem(example.where, "example-unjudged", what, "Give the example what the rule reads.", True)


def _try(
    connection: duckdb.DuckDBPyConnection, book: Rulebook, entry: Entry, example: Example, records: Iterable[str]
) -> Iterator[Problem]:
    judged = judge_case(connection, book, entry, example, records)
    fatal = [problem for problem in judged.problems if problem.fatal]
    if fatal:
        yield from (replace(problem, where=example.where) for problem in fatal)
        return
    if isinstance(example.expect, str):
        wrong = {key: got for key, got in judged.verdicts.items() if got[0] != example.expect}
        if not judged.verdicts:
            yield _differs(entry, example, f"should {example.expect}, but nothing is owed")
        for key, (verdict, reason) in wrong.items():
            yield _differs(entry, example, f"should {example.expect}, but {key} is {verdict} ({reason})")
        return
    for key in dict.fromkeys((*example.expect, *judged.verdicts)):
        wanted = example.expect.get(key, "nothing owed")
        got, reason = judged.verdicts.get(key, ("nothing owed", "-"))
        if wanted != got:
            yield _differs(entry, example, f"{key} should be {wanted}, but is {got} ({reason})")


def _differs(entry: Entry, example: Example, what: str) -> Problem:
    remedy = "Correct the example or the rule."
    return Problem(example.where, "example-differs", f"{entry.rule.id}: {what}.", remedy, True)
