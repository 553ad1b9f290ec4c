"""What intake understood of a file, for a person who wonders why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from auditor.intake.dataset import ColumnMatch
from auditor.intake.header import Candidate, HeaderIndex
from auditor.intake.opening import open_file
from auditor.intake.read import read_files
from auditor.intake.recognise import recognise
from auditor.intake.sheet import Sheet
from auditor.intake.sniff import Format
from auditor.problem import Problem
from auditor.records import RecordType

_RUNNERS_UP = 3
_SAMPLES = 3


@dataclass(frozen=True)
class ColumnView:
    """One column: its header, its first values, and the field it was understood as (None: left aside)."""

    header: str
    match: ColumnMatch | None
    samples: tuple[str, ...]


@dataclass(frozen=True)
class SheetView:
    """One sheet: where its table begins, what it was taken for and how well that fits.

    ``record`` is None when the sheet was not recognised; ``runners_up`` are the next best record types
    with their scores.
    """

    sheet: str | None
    header_row: int | None
    record: str | None
    score: float
    runners_up: tuple[tuple[str, float], ...]
    columns: tuple[ColumnView, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Inspection:
    """One file: its format, its sheets, every Problem and how many of each kind, rows read, kept and set aside."""

    file: str
    format: Format
    sheets: tuple[SheetView, ...]
    problems: tuple[Problem, ...]
    kinds: Mapping[str, int]
    rows_read: int
    rows_kept: int
    set_aside: Mapping[str, int]


def inspect_file(path: Path, records: Mapping[str, RecordType], zone: str) -> Inspection:
    """Everything intake understands of the file at ``path``; never raises for a bad file."""
    connection = duckdb.connect()
    index = HeaderIndex(records)
    dataset, problems = read_files([path], records, zone, connection=connection)
    kind = Format.OTHER
    views: tuple[SheetView, ...] = ()
    if path.is_file():
        kind, sheets, _ = open_file(connection, path)
        views = tuple(_view(sheet, index) for sheet in sheets)
    aside: Counter[str] = Counter()
    for source in dataset.sources:
        aside.update(source.set_aside)
    kinds: Counter[str] = Counter()
    for problem in problems:
        kinds[problem.code] += problem.count
    read, kept = (sum(getattr(source, word) for source in dataset.sources) for word in ("rows_read", "rows_kept"))
    connection.close()
    return Inspection(str(path), kind, views, tuple(problems), dict(kinds), read, kept, dict(aside))


def _view(sheet: Sheet, index: HeaderIndex) -> SheetView:
    chosen, candidates, _ = recognise(sheet, index)
    if not candidates:
        return SheetView(sheet.title, None, None, 0.0, (), (), ())
    best = candidates[0]
    rest = candidates[1 : 1 + _RUNNERS_UP] if chosen else candidates[:_RUNNERS_UP]
    fields = {match.field for match in best.columns}
    return SheetView(
        sheet=sheet.title,
        header_row=best.header.line or None,
        record=chosen.record.name if chosen else None,
        score=round(best.score, 2),
        runners_up=tuple((item.record.name, round(item.score, 2)) for item in rest),
        columns=tuple(_columns(sheet, best)),
        missing=tuple(field for field in best.record.fields if field not in fields),
    )


def _columns(sheet: Sheet, best: Candidate) -> list[ColumnView]:
    """The columns of the table that ``best`` sees, with the first values below the header."""
    below = [row.cells for row in sheet.head if row.line > best.header.line]
    matches = {match.position: match for match in best.columns}
    views = []
    for position, header in enumerate(best.header.cells):
        values = [cells[position] for cells in below if position < len(cells) and cells[position].strip()]
        if header.strip():
            views.append(ColumnView(header, matches.get(position), tuple(values[:_SAMPLES])))
    return views
