"""Accounts: every row that was read is in a table or was set aside, and sheets of one kind have the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import duckdb

from auditor.intake.dataset import Source
from auditor.intake.sql import name
from auditor.location import Location
from auditor.problem import Problem

_FEW = 4
"""A sheet that lacks more than one in so many of the others' columns is another kind of log."""


class RowsLost(RuntimeError):
    """The product's own mistake: rows of a source are neither in a table nor set aside."""


def check_accounts(
    connection: duckdb.DuckDBPyConnection, schema: str, records: Iterable[str], sources: Sequence[Source]
) -> None:
    """Count the rows of each source of ``records`` in their tables; raises RowsLost when one is not accounted for."""
    for record in records:
        query = f"SELECT _source, count(*) FROM {name(schema)}.{name(record)} GROUP BY _source"
        found = dict(connection.execute(query).fetchall())
        for index, source in enumerate(sources):
            kept = found.get(index, 0)
            if source.record == record and (kept, kept + source.rows_set_aside) != (source.rows_kept, source.rows_read):
                place = Location(source.file, sheet=source.sheet)
                raise RowsLost(f"{place}: read {source.rows_read}, set aside {source.rows_set_aside}, kept {kept}")


def lacking(sources: Sequence[Source]) -> Iterator[Problem]:
    """A Problem for each sheet that lacks a few columns which its namesakes in all other files have."""
    for source in sources:
        alike = (other for other in sources if (other.record, other.sheet) == (source.record, source.sheet))
        others = [other for other in alike if other.file != source.file]
        if not others:
            continue
        common = set.intersection(*({match.field for match in other.columns} for other in others))
        absent = common - {match.field for match in source.columns}
        if absent and len(absent) * _FEW <= len(common):
            yield _lacks(source, {match.field: match.header for match in others[0].columns if match.field in absent})


def _lacks(source: Source, absent: Mapping[str, str]) -> Problem:
    named = ", ".join(f"{' '.join(header.split())} ('{field}')" for field, header in absent.items())
    what = f"Unlike the other files of {source.record} this one has no column {named}."
    remedy = "Its rows cannot be judged by it; add the column, or say in `mappings:` of auditor.yaml which one it is."
    return Problem(Location(source.file, sheet=source.sheet, row=source.header_row), "column-missing", what, remedy)
