"""Repeated rows: one row of the world that stands in the logs more than once, as overlapping exports have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from auditor.intake.dataset import Source
from auditor.intake.settings import Counts
from auditor.intake.spare import Spare, take_out
from auditor.intake.sql import literal, name
from auditor.location import Location
from auditor.problem import Problem
from auditor.records import Table

REPEATED, SUPERSEDED = "repeated", "superseded"
_MOST = 20
"""A key in more rows than this is no key; such rows are not compared with one another."""

_NAMED = 3


def set_repeats_aside(
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    table: Table,
    sources: Sequence[Source],
    counts: Counts = "last",
) -> tuple[Table, tuple[Source, ...], list[Problem]]:
    """``table`` with one row for each key, its sources with what was set aside of them, and the Problems of both.

    An export of March and one of the quarter hold the same row twice, the older with cells that were filled
    later: only the fuller row counts. Of rows of one key that contradict each other ``counts`` says which counts.
    """
    if table.record.key not in table.columns:
        return table, tuple(sources), []
    repeats = _Repeats(connection, schema, table, table.record.key or "")
    if not repeats.any():
        return table, tuple(sources), []
    taken = {REPEATED: take_out(connection, repeats.place, repeats.same())}
    if counts in ("last", "first") and not repeats.roster:
        taken[SUPERSEDED] = take_out(connection, repeats.place, repeats.losing("max" if counts == "last" else "min"))
    problems = [repeats.told(reason, spare, sources, counts) for reason, found in taken.items() for spare in found]
    counted = tuple(_less(source, index, taken) for index, source in enumerate(sources))
    lost = sum(spare.count for found in taken.values() for spare in found)
    return replace(table, rows=table.rows - lost), counted, problems + repeats.contradictions(sources, counts)


def _less(source: Source, index: int, taken: dict[str, list[Spare]]) -> Source:
    """``source`` without the rows that were taken out of it, each reason counted."""
    aside = Counter(
        {reason: spare.count for reason, found in taken.items() for spare in found if spare.source == index}
    )
    if not aside:
        return source
    both = dict(sorted({**source.set_aside, **aside}.items()))
    return replace(source, rows_kept=source.rows_kept - aside.total(), set_aside=both)


@dataclass(frozen=True)
class _Repeats:
    """The rows of ``table`` whose key stands in several rows."""

    connection: duckdb.DuckDBPyConnection
    schema: str
    table: Table
    key: str

    @property
    def place(self) -> str:
        """The table, as SQL."""
        return f"{name(self.schema)}.{name(self.table.record.name)}"

    @property
    def roster(self) -> bool:
        """A roster may hold one row of a key for each span."""
        record = self.table.record
        return bool(record.time and record.fields[record.time].planned)

    def _keys(self, rows: str, winner: str = "max") -> str:
        key = name(self.key)
        return (
            f"(SELECT {key}, {winner}(_row) AS _winner FROM {self.place} WHERE {key} IS NOT NULL"
            f" GROUP BY {key} HAVING count(*) {rows})"
        )

    def any(self) -> bool:
        """Some key stands in several rows."""
        if self._all_hashed_apart():
            return False
        return bool(self.connection.execute(f"SELECT 1 FROM {self._keys('> 1')} LIMIT 1").fetchall())

    def _all_hashed_apart(self) -> bool:
        """No two keys have the same hash, so none is there twice: sorting hashes is far cheaper than grouping keys."""
        key = name(self.key)
        query = f"SELECT hash({key}) AS hash FROM {self.place} WHERE {key} IS NOT NULL"
        hashes: Any = self.connection.execute(query).fetchnumpy()["hash"]
        hashes.sort()
        return not bool((hashes[1:] == hashes[:-1]).any())

    def same(self) -> str:
        """SQL of the rows that say nothing of their own, each with the first row that says it all."""
        key = name(self.key)
        few = f"(SELECT * FROM {self.place} SEMI JOIN {self._keys(f'BETWEEN 2 AND {_MOST}')} USING ({key}))"
        return (
            f"SELECT a._row AS spare, min(b._row) AS winner FROM {few} a"
            f" JOIN {few} b ON a.{key} = b.{key} AND a._row <> b._row"
            f" WHERE {self._says_all('b', 'a')} AND (b._row < a._row OR NOT {self._says_all('a', 'b')}) GROUP BY a._row"
        )

    def losing(self, winner: str) -> str:
        """SQL of the rows that give way to the ``max`` or ``min`` row of their key."""
        keys = self._keys(f"BETWEEN 2 AND {_MOST}", winner)
        return (
            f"SELECT _row AS spare, _winner AS winner FROM {self.place} JOIN {keys} USING ({name(self.key)})"
            " WHERE _row <> _winner"
        )

    def _says_all(self, fuller: str, other: str) -> str:
        """SQL, never NULL: every cell of ``other`` is blank or the same as that of ``fuller``."""
        return f"({' AND '.join(self._says(fuller, other, field) for field in sorted(self.table.columns))})"

    def _says(self, fuller: str, other: str, field: str) -> str:
        ours, theirs = f"{other}.{name(field)}", f"{fuller}.{name(field)}"
        marks = [
            f"(NOT {_marked(other, mark, field)} OR {_marked(fuller, mark, field)} OR {theirs} IS NOT NULL)"
            for mark, fields in (("_bad", self.table.unreadable), ("_na", self.table.inapplicable))
            if field in fields
        ]
        blank = " AND ".join([f"{ours} IS NULL", *marks])
        return f"coalesce(({blank}) OR {ours} = {theirs}, FALSE)"

    def told(self, reason: str, spare: Spare, sources: Sequence[Source], counts: Counts) -> Problem:
        """What became of the spare rows of one source, with the first of them and the rows that count instead."""
        source = sources[spare.source]
        shown = [f"row {line} ({_row(sources, spare.source, winner)} counts)" for line, *winner in spare.first]
        rest = f" and {spare.count - len(shown)} more" if spare.count > len(shown) else ""
        pairs = ", ".join(shown) + rest
        if reason == REPEATED:
            what = f"Rows that say nothing but what another row of their number says were set aside: {pairs}."
            remedy = "Nothing need be done where exports overlap; else take the rows out."
        else:
            what = (
                f"Rows disagree with another row of their number, and only the {counts} one counts; set aside: {pairs}."
            )
            remedy = "Keep the right row of each, or give them different numbers; `duplicates:` says which one counts."
        return Problem(self._at(source, spare.first[0][0]), f"row-{reason}", what, remedy, count=spare.count)

    def _at(self, source: Source, line: int) -> Location:
        header = next((column.header for column in source.columns if column.field == self.key), self.key)
        return Location(source.file, sheet=source.sheet, row=line, column=header)

    def contradictions(self, sources: Sequence[Source], counts: Counts) -> list[Problem]:
        """One Problem for the keys that still stand in several rows; fatal where ``counts`` refuses them."""
        if self.roster:
            return []
        key = name(self.key)
        query = (
            f"SELECT {key}, count(*), arg_min(_source, _row), arg_min(_line, _row) FROM {self.place}"
            f" WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1 ORDER BY min(_row)"
        )
        found = self.connection.execute(query).fetchall()
        if not found:
            return []
        refused = counts == "refuse"
        listed = ", ".join(str(row[0]) for row in found[:_NAMED]) + (", ..." if len(found) > _NAMED else "")
        became = "which is refused here" if refused else "so each was judged by itself"
        what = f"Rows of one number do not agree, {became}: {listed}."
        remedy = "Keep the right row of each, or give them different numbers."
        place = self._at(sources[found[0][2]], found[0][3])
        return [Problem(place, "key-repeated", what, remedy, refused, count=sum(row[1] for row in found))]


def _row(sources: Sequence[Source], here: int, winner: Sequence[int]) -> str:
    """A row that counts: its number, and its file and sheet where they are others."""
    index, line = winner
    if index == here:
        return f"row {line}"
    return str(Location(sources[index].file, sheet=sources[index].sheet, row=line))


def _marked(row: str, mark: str, field: str) -> str:
    return f"coalesce(contains({row}.{mark}, {literal(f'|{field}|')}), FALSE)"
