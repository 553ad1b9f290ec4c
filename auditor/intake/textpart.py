"""From a recognised sheet of text to a Part: rows counted and set aside, columns read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import duckdb

from auditor.fold import simplify
from auditor.intake.columns import TextColumn, joins
from auditor.intake.dataset import Source
from auditor.intake.digest import Digest
from auditor.intake.header import Candidate
from auditor.intake.layout.filldown import filled_down
from auditor.intake.mend import Mender
from auditor.intake.part import Part, expression_of, reader_for
from auditor.intake.relative import dated_sql
from auditor.intake.rows import headings, looked_at, printed_again, with_reason
from auditor.intake.sheet import Body, Sheet
from auditor.intake.sql import name
from auditor.problem import Problem

_TOLD = 20


def text_part(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, chosen: Candidate, zone: str, digest: Digest, index: int
) -> tuple[Part, list[Problem]]:
    """Load ``sheet`` as ``chosen`` says; ``index`` is the number its source will have."""
    raw = f"_raw_{index}"
    matched = {match.position: match for match in chosen.columns}
    positions = looked_at(sheet, chosen)
    body = sheet.load(connection, raw, chosen.header, positions)
    headers = {place: match.header for place, match in matched.items()}
    printed = printed_again(sheet, chosen, positions)
    reasoned = with_reason(body.relation, positions, printed, headings(sheet, chosen), ragged=body.ragged)
    kept, aside, problems = _sort_out(connection, sheet, body, reasoned)
    dropped = [_set_aside(connection, reasoned, f"_aside_{index}")] if aside else []
    relation = f"(SELECT * FROM {body.relation} ANTI JOIN {name(dropped[0])} USING (_line))" if aside else body.relation
    relation = filled_down(relation, body.relation, sheet, chosen)
    traditional = any(simplify(header) != header for header in headers.values())
    cells = {match.field: f"r.{name(f'c{place}')}" for place, match in matched.items()}
    columns = [
        TextColumn(
            field, match.header, dated_sql(chosen.record, field, cells), replace(reader, traditional=traditional)
        )
        for _, match in sorted(matched.items())
        for field in [match.field]
        for reader in [reader_for(chosen, match.field, zone)]
    ]
    mender = Mender(connection, relation, sheet, f"_mended_{index}")
    mended, unreadable = mender.mend(columns)
    fields = {item.column.field: expression_of(item.column, sorted(item.states)) for item in mended}
    source = Source(
        file=sheet.file,
        sheet=sheet.title,
        record=chosen.record.name,
        digest=digest,
        header_row=chosen.header.line,
        columns=tuple(matched[place] for place in sorted(matched)),
        extras=chosen.extras,
        missing=tuple(field for field in chosen.record.fields if field not in fields),
        rows_read=kept + sum(aside.values()),
        rows_kept=kept,
        set_aside=dict(sorted(aside.items())),
    )
    joined = joins([item.column for item in mended])
    scratch = (raw, *dropped, *mender.tables)
    return Part(chosen.record, source, relation, fields, joined, scratch=scratch), problems + unreadable


def _sort_out(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, body: Body, reasoned: str
) -> tuple[int, Counter[str], list[Problem]]:
    """How many rows are kept, how many are set aside for which reason, and the rows that are cut."""
    query = f"SELECT _reason, count(*), min(_line, {_TOLD}) FROM {reasoned} GROUP BY 1 ORDER BY 1"
    aside: Counter[str] = Counter({"unusable": len(body.lost)} if body.lost else {})
    kept = 0
    problems = list(body.lost[:_TOLD])
    for word, count, lines in connection.execute(query).fetchall():
        if word is None:
            kept = count
            continue
        aside[word] += count
        if word == "unusable":
            problems += [_uneven(sheet, line) for line in lines]
    return kept, aside, problems


def _set_aside(connection: duckdb.DuckDBPyConnection, reasoned: str, table: str) -> str:
    """Write down the lines that are no records once, since the reasons are slow to work out for every column."""
    lines = f"SELECT _line FROM {reasoned} WHERE _reason IS NOT NULL"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(table)} AS {lines}")
    return table


def _uneven(sheet: Sheet, line: int) -> Problem:
    what = f"Line {line} has more or fewer cells than the header, so the row was set aside."
    return Problem(sheet.at(line), "row-unusable", what, "Correct this line in the file.")
