"""What intake understood of a file, for a person who wonders why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from auditor.intake.dataset import ColumnMatch
from auditor.intake.header import Candidate, HeaderIndex
from auditor.intake.layout.block import mapping_block
from auditor.intake.layout.fingerprint import fingerprint
from auditor.intake.layout.renamed import guesses
from auditor.intake.layout.span import letters
from auditor.intake.opening import open_file
from auditor.intake.read import read_files
from auditor.intake.recognise import Recognised, matches, tables_of
from auditor.intake.settings import UNSAID, Settings
from auditor.intake.sniff import Format
from auditor.problem import Problem
from auditor.records import RecordType

_RUNNERS_UP = 3
_SAMPLES = 3


@dataclass(frozen=True)
class ColumnView:
    """One column: its header and Excel letter, its first values, and the field it was understood as (None: left aside).

    ``doubled`` is the field that another column claims as well, ``near`` an alias the header may mean.
    """

    header: str
    letter: str
    match: ColumnMatch | None
    samples: tuple[str, ...]
    doubled: str | None = None
    near: str | None = None


@dataclass(frozen=True)
class SheetView:
    """One table: where its header begins and ends, what it was taken for and how well that fits.

    ``record`` is None when it was not recognised; ``runners_up`` are the next best record types with their scores.
    ``layout`` is the fingerprint of the header; ``mapping`` the lines that would settle what is open.
    """

    sheet: str | None
    header_row: int | None
    record: str | None
    score: float
    runners_up: tuple[tuple[str, float], ...]
    columns: tuple[ColumnView, ...]
    missing: tuple[str, ...]
    last_header_row: int | None = None
    layout: str | None = None
    mapping: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inspection:
    """One file: its format, its tables, every Problem and how many of each kind, rows read, kept and set aside."""

    file: str
    format: Format
    sheets: tuple[SheetView, ...]
    problems: tuple[Problem, ...]
    kinds: Mapping[str, int]
    rows_read: int
    rows_kept: int
    set_aside: Mapping[str, int]


def inspect_file(path: Path, records: Mapping[str, RecordType], zone: str, settings: Settings = UNSAID) -> Inspection:
    """Everything intake understands of the file at ``path``; never raises for a bad file."""
    connection = duckdb.connect()
    dataset, problems = read_files([path], records, zone, connection=connection, settings=settings)
    kind, views = _views(connection, path, HeaderIndex(records), settings)
    aside: Counter[str] = Counter()
    for source in dataset.sources:
        aside.update(source.set_aside)
    kinds: Counter[str] = Counter()
    for problem in problems:
        kinds[problem.code] += problem.count
    read, kept = (sum(getattr(source, word) for source in dataset.sources) for word in ("rows_read", "rows_kept"))
    connection.close()
    return Inspection(str(path), kind, views, tuple(problems), dict(kinds), read, kept, dict(aside))


def _views(
    connection: duckdb.DuckDBPyConnection, path: Path, index: HeaderIndex, settings: Settings
) -> tuple[Format, tuple[SheetView, ...]]:
    """The format of a file and its tables."""
    if not path.is_file():
        return Format.OTHER, ()
    kind, sheets, _ = open_file(connection, path, settings.encoding_of(path))
    views = []
    for sheet in sheets:
        said = [mapping for mapping in settings.mappings if matches(mapping, sheet)]
        views += [_view(table, index) for table in tables_of(sheet, index, said)]
    return kind, tuple(views)


def _view(table: Recognised, index: HeaderIndex) -> SheetView:
    sheet, candidates = table.sheet, table.candidates
    if not candidates:
        return SheetView(sheet.title, None, None, 0.0, (), (), ())
    best = candidates[0]
    rest = candidates[1 : 1 + _RUNNERS_UP] if table.chosen else candidates[:_RUNNERS_UP]
    fields = {match.field for match in best.columns}
    unfolded = sheet.understood is not None
    return SheetView(
        sheet=sheet.title,
        header_row=best.header.line or None,
        record=table.chosen.record.name if table.chosen else None,
        score=round(best.score, 2),
        runners_up=tuple((item.record.name, round(item.score, 2)) for item in rest),
        columns=tuple(_columns(table, best)),
        missing=tuple(field for field in best.record.fields if field not in fields),
        last_header_row=best.header.last or None,
        layout=None if unfolded else fingerprint(best.header),
        mapping=() if unfolded else mapping_block(table, index),
    )


def _columns(table: Recognised, best: Candidate) -> list[ColumnView]:
    """The columns of the table that ``best`` sees, with the first values below the header."""
    below = [row.cells for row in table.sheet.head if row.line > best.header.last]
    matches = {match.position: match for match in best.columns}
    doubled = {header: field for field, headers in best.doubled.items() for header in headers}
    near = {guess.header: guess.alias for guess in guesses(best)}
    views = []
    for place, header in enumerate(best.header.cells):
        values = [cells[place] for cells in below if place < len(cells) and cells[place].strip()]
        if header.strip():
            match = matches.get(place)
            claimed, asked = (doubled.get(header), near.get(header)) if match is None else (None, None)
            letter = letters(place) if table.sheet.understood is None else ""
            view = ColumnView(header, letter, match, tuple(values[:_SAMPLES]), claimed, asked)
            views.append(view)
    return views
