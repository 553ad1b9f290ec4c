"""Few rows: the list of a small sheet as it lies in memory, its records told from the rows that are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from auditor.intake.header import Candidate
from auditor.intake.layout.filldown import to_be_filled
from auditor.intake.relative import dated
from auditor.intake.rows import looked_at, sorter_of
from auditor.intake.sheet import Sheet, Understood

FEW = 2_000
"""Rows up to which a sheet costs less to read cell by cell than to be planned by the query engine."""

Row = Sequence[str | None]


def few_rows(sheet: Sheet, chosen: Candidate) -> Understood | None:
    """The records of ``sheet`` as ``chosen`` says; None where the query engine has to read it.

    That is a sheet with many rows, one that is not in memory, and one with cells to be filled down.
    """
    if not 0 < sheet.rows <= FEW or to_be_filled(sheet, chosen):
        return None
    positions = looked_at(sheet, chosen)
    sorter = sorter_of(sheet, chosen, positions)
    aside: Counter[str] = Counter()
    lines: list[int] = []
    rows: list[Row] = []
    for line, row in enumerate(sheet.grid()[chosen.header.last :], start=chosen.header.last + 1):
        reason = sorter.reason(line, [row[position] for position in positions])
        if reason is None:
            lines.append(line)
            rows.append(row)
        else:
            aside[reason] += 1
    return Understood(chosen.record.name, (), lines, _columns(chosen, rows), aside)


def _columns(chosen: Candidate, rows: Sequence[Row]) -> list[Sequence[str | None]]:
    """The cells of each column, times without a date beside the date of their row."""
    columns: list[Sequence[str | None]] = list(zip(*rows, strict=True)) or [()] * len(chosen.header.cells)
    places = {match.field: match.position for match in chosen.columns}
    told = {field: columns[place] for field, place in places.items()}
    for field, place in places.items():
        other = chosen.record.fields[field].relative_to
        if other in told:
            pairs = zip(told[field], told[other], strict=True)
            columns[place] = [dated(chosen.record, field, {field: cell, other: day}) for cell, day in pairs]
    return columns
