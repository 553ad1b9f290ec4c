"""From a recognised sheet of text to a Part: rows counted and set aside, columns read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import duckdb

from auditor.fold import simplify
from auditor.intake.columns import TextColumn, joins
from auditor.intake.dataset import Source
from auditor.intake.digest import Digest
from auditor.intake.early import as_loaded, early_columns
from auditor.intake.header import Candidate
from auditor.intake.layout.filldown import filled_down
from auditor.intake.mend import Mender
from auditor.intake.part import Part, expression_of, reader_for
from auditor.intake.relative import dated_sql
from auditor.intake.rows import Sorter, looked_at, sorter_of
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
    sorter = sorter_of(sheet, chosen, positions)
    columns = _columns(chosen, zone)
    early = early_columns(sheet, chosen, columns, sorter.printed)
    wanted = {place: early[place].fast if place in early else None for place in positions}
    body = sheet.load(connection, raw, chosen.header, wanted)
    reasons = _reasons(connection, body, sorter)
    uneven = [line for line, reason in reasons.items() if reason == "unusable"]
    problems = [*body.lost[:_TOLD], *(_uneven(sheet, line) for line in uneven[:_TOLD])]
    aside = Counter(reasons.values()) + Counter({"unusable": len(body.lost)})
    relation, made = _records(connection, body, sheet, chosen, reasons, index)
    [(kept,)] = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
    mender = Mender(connection, relation, sheet, f"_mended_{index}")
    mended, unreadable = mender.mend([as_loaded(column, place, early, body) for place, column in columns.items()])
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
    scratch = (raw, *made, *mender.tables)
    return Part(chosen.record, source, relation, fields, joined, scratch=scratch), problems + unreadable


def _columns(chosen: Candidate, zone: str) -> dict[int, TextColumn]:
    """The columns of text that are fields, by their positions from left to right."""
    matched = {match.position: match for match in chosen.columns}
    traditional = any(simplify(match.header) != match.header for match in matched.values())
    cells = {match.field: f"r.{name(f'c{place}')}" for place, match in matched.items()}
    return {
        place: TextColumn(
            match.field,
            match.header,
            dated_sql(chosen.record, match.field, cells),
            replace(reader_for(chosen, match.field, zone), traditional=traditional),
        )
        for place, match in sorted(matched.items())
    }


def _records(
    connection: duckdb.DuckDBPyConnection,
    body: Body,
    sheet: Sheet,
    chosen: Candidate,
    reasons: Mapping[int, str],
    index: int,
) -> tuple[str, list[str]]:
    """The rows of ``body`` that are records, with their merged cells filled; and the tables made for them."""
    relation, made = body.relation, []
    if reasons:
        made.append(_set_aside(connection, reasons, f"_aside_{index}"))
        relation = f"(SELECT * FROM {relation} ANTI JOIN {name(made[-1])} USING (_line))"
    filled = filled_down(relation, body.relation, sheet, chosen)
    if filled != relation:
        made.append(f"_filled_{index}")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(made[-1])} AS SELECT * FROM {filled}")
        relation = f"(SELECT * FROM {name(made[-1])})"
    return relation, made


def _reasons(connection: duckdb.DuckDBPyConnection, body: Body, sorter: Sorter) -> dict[int, str]:
    """Line -> why it is set aside, for every row that is no record."""
    cells = "".join(f", {body.cell(position)} AS {name(f'c{position}')}" for position in sorter.positions)
    short = "_short" if body.ragged else "FALSE"
    glanced = f"{sorter.glance(body.cell(sorter.positions[0]))} OR {short}"
    near = f"SELECT _line, {short} AS _short{cells} FROM {body.relation} WHERE {glanced}"
    # Materialised, since the closer look costs as much as all else if it is taken at every row.
    query = f"WITH near AS MATERIALIZED ({near}) FROM near WHERE {sorter.sieve()} OR _short ORDER BY _line"
    found = {}
    for line, uneven, *row in connection.execute(query).fetchall():
        reason = sorter.reason(line, row) or ("unusable" if uneven else None)
        if reason is not None:
            found[line] = reason
    return found


def _set_aside(connection: duckdb.DuckDBPyConnection, lines: Iterable[int], table: str) -> str:
    """Write down the lines that are no records."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(table)} AS SELECT unnest(?::BIGINT[]) AS _line", [[*lines]])
    return table


def _uneven(sheet: Sheet, line: int) -> Problem:
    what = f"Line {line} has more or fewer cells than the header, so the row was set aside."
    return Problem(sheet.at(line), "row-unusable", what, "Correct this line in the file.")
