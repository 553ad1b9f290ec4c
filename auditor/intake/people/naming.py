"""Naming: every person by one name in all tables, and a Problem for whoever cannot be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from auditor.intake.dataset import Source
from auditor.intake.people.alike import join_alike
from auditor.intake.people.columns import NameColumn, name_columns, read_roster, rename, written
from auditor.intake.people.roster import Roster, Row
from auditor.intake.people.spelling import called, spelling
from auditor.intake.people.telling import Teller
from auditor.problem import Problem
from auditor.records import Table

Cells = tuple[str | None, ...]


@dataclass
class Naming:
    """What became of the names: one name of several spellings, names of several people, names nobody knows."""

    joined: set[tuple[str, str]] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)


def name_people(
    connection: duckdb.DuckDBPyConnection, schema: str, tables: Mapping[str, Table], sources: Sequence[Source]
) -> tuple[frozenset[str], list[Problem]]:
    """Make the spellings of one person one name in the tables of ``schema``; customers and guests stay as written.

    The roster, if the data holds one, says who is who; without one only spellings that differ in spaces or a
    bracketed post are joined. Comes back with the names that may be several people: nobody may be charged by them.
    """
    known = read_roster(connection, schema, tables)
    roster = Roster(known) if known else None
    columns = list(name_columns(schema, tables, apart=roster is not None and roster.namesakes))
    cells = [(column, row) for column in columns for row in written(connection, column)]
    naming = Naming()
    names = [_by_roster(roster, column.row(row), naming) for column, row in cells]
    names = _join(names, naming, everybody=roster is None)
    changes: dict[NameColumn, dict[Cells, str]] = {}
    for (column, row), name in zip(cells, names, strict=True):
        if name != row[0]:
            changes.setdefault(column, {})[row] = name
            naming.joined.add((str(row[0]), name))
    teller = Teller(connection, columns, sources)
    joined = teller.joined(naming.joined)
    for column, renamed in changes.items():
        rename(connection, column, renamed)
    problems = [*joined, *teller.doubtful(naming.doubtful), *teller.unknown(naming.unknown)]
    return frozenset(naming.doubtful), problems


def _by_roster(roster: Roster | None, row: Row, naming: Naming) -> str:
    """The name of the person ``row`` means, as far as the roster can tell."""
    if roster is None:
        return row.name
    people = roster.find(row)
    if len(people) == 1:
        return roster.call(people[0])
    name = spelling(row.name).name
    if people:
        naming.doubtful.add(name)
        return name
    contradicted = row.number is not None and roster.find(Row(row.name))
    name = called(name, str(row.number)) if contradicted else row.name
    naming.unknown.add(name)
    return name


def _join(names: Sequence[str], naming: Naming, *, everybody: bool) -> list[str]:
    """``names`` with the spellings joined that are alike: of everybody, or of those the roster does not know."""
    strangers = set(names) if everybody else naming.unknown
    alike = join_alike(strangers)
    naming.doubtful |= alike.doubtful & strangers
    naming.unknown = {alike.names[name] for name in naming.unknown}
    return [alike.names.get(name, name) for name in names]
