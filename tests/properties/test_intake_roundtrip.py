"""Whatever spellings and layouts a log is kept in, its records come back equal, each with its line; none is lost."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.intake import Dataset, fewrows
from tests.intake import sheets
from tests.properties.logs import FIELDS, Log, logs

QUIET = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
COLUMNS = ", ".join(["_line", "_bad", "coalesce(_na, '')", "received_at__dateonly", *FIELDS])
TEXTS = st.tuples(
    st.sampled_from([",", "\t", ";", "|", "，", "；"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)


def expected(log: Log, lines: list[int], left: int) -> list[tuple[object, ...]]:
    """The records that the log holds; ``lines`` are those its lines begin on, ``left`` its first column."""
    found = []
    for place in log.kept:
        row = log.lines[place][left:]
        skipped = "".join(f"|{field}" for field, cell in zip(FIELDS, row, strict=True) if cell.skipped)
        values = [cell.value for cell in row]
        found.append((lines[place], None, skipped and f"{skipped}|", row[1].dateonly, *values))
    return found


def check(data: Dataset, problems: object, log: Log, lines: list[int]) -> None:
    """The records are those of ``log``, and its other lines are counted."""
    assert problems == []
    left = len(log.lines[log.kept[0]]) - len(FIELDS)
    found = data.connection.execute(f"SELECT {COLUMNS} FROM call ORDER BY _line").fetchall()
    assert found == expected(log, lines, left)
    [source] = data.sources
    assert (dict(source.set_aside), source.rows_kept) == (log.aside, len(log.kept))
    assert source.rows_read == source.rows_kept + source.rows_set_aside == len(log.lines) - log.header - 1


@QUIET
@given(logs(), st.booleans(), st.booleans(), st.booleans())
def test_a_workbook_comes_back(log: Log, typed: bool, merged: bool, few: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in log.lines:
        sheet.append([cell.typed if typed and cell.typed is not None else cell.text or None for cell in line])
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    for top, left, bottom, right in log.merges:
        sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    width = len(log.lines[log.kept[0]])
    for first, last in log.shops() if merged else ():
        sheet.merge_cells(None, first + 1, width, last + 1, width)
    with TemporaryDirectory() as folder, patch.object(fewrows, "FEW", fewrows.FEW if few else 0):
        path = Path(folder) / "七月.xlsx"
        book.save(path)
        data, problems = sheets.read(path)
        check(data, problems, log, [*range(1, len(log.lines) + 1)])


@QUIET
@given(logs(), TEXTS)
def test_a_text_file_comes_back(log: Log, how: tuple[str, str, str, bool]) -> None:
    delimiter, encoding, end, separator = how
    stream = io.StringIO(newline="")
    separator = separator and len(delimiter.encode()) == 1
    stream.write(f"sep={delimiter}{end}" if separator else "")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    begins = []
    for line in log.lines:
        begins.append(stream.getvalue().count("\n") + 1)
        writer.writerow([cell.text for cell in line])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "七月.csv"
        path.write_bytes(stream.getvalue().encode(encoding))
        data, problems = sheets.read(path)
        check(data, problems, log, begins)
