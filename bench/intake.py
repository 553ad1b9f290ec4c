"""Reading: what the product needs to turn text and workbooks into typed tables, beside the bare reader of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import auditor
from auditor.rulebook import Rulebook


@dataclass(frozen=True)
class Case:
    """A kind of file, the bare reader it is compared with, its number of rows, and the ratio we hold ourselves to."""

    title: str
    bare: str
    rows: int
    goal: float


CASES = {
    "csv": Case("CSV, times in three spellings", "DuckDB, as text", 10_000_000, 3),
    "blank": Case("the same with a blank line", "DuckDB, as text", 1_000_000, 3),
    "quoted": Case("the same with a line break in every tenth row", "DuckDB, as text", 1_000_000, 3),
    "workbook": Case("workbook (.xlsx) of ten columns", "calamine", 100_000, 2),
}

_EPOCH = "TIMESTAMP '2024-01-01 08:00:00'"
_SPELLINGS = ("%Y-%m-%d %H:%M", "%Y年%-m月%-d日 %H:%M", "%Y/%-m/%-d %H:%M:%S")


@dataclass(frozen=True)
class Reading:
    """One file of the benchmark, in ``folder``, with ``rows`` rows."""

    case: str
    folder: Path
    rows: int

    @property
    def path(self) -> Path:
        """Where the file is kept."""
        return self.folder / f"{self.case}-{self.rows}.{'xlsx' if self.case == 'workbook' else 'csv'}"

    def generate(self) -> None:
        """Write the file, if it is not there."""
        if self.path.exists():
            return
        if self.case == "workbook":
            _workbook(self.path, self.rows)
        else:
            _text(self.path, self.rows, self.case)

    def bare(self) -> int:
        """Read it with the bare reader alone; how many rows there are."""
        if self.case == "workbook":
            from python_calamine import CalamineWorkbook

            return len(CalamineWorkbook.from_path(str(self.path)).get_sheet_by_index(0).to_python()) - 1
        import duckdb

        connection = duckdb.connect()
        connection.execute(f"CREATE TABLE log AS SELECT * FROM read_csv('{self.path}', all_varchar=true)")
        return int(connection.execute("SELECT count(*) FROM log").fetchall()[0][0])

    def product(self, book: Rulebook) -> int:
        """Read it as the product does; how many rows are kept. Raises AssertionError when a cell could not be read."""
        data = auditor.read_data(self.path, book=book)
        assert not data.tables["service_request"].unreadable
        return data.sources[0].rows_kept


def _time(seconds: str, salt: int) -> str:
    """SQL: a time in one of the three spellings."""
    moment = f"({_EPOCH} + to_seconds(CAST({seconds} AS BIGINT)))"
    cases = " ".join(f"WHEN {which} THEN strftime({moment}, '{form}')" for which, form in enumerate(_SPELLINGS))
    return f"CASE hash(i * 7 + {salt}) % 3 {cases} END"


def _text(path: Path, rows: int, case: str) -> None:
    import duckdb

    note = "CASE WHEN i % 10 = 0 THEN '漏水' || chr(10) || '已修' ELSE '漏水' END" if case == "quoted" else "'漏水'"
    duckdb.sql(
        f"""
        COPY (
          SELECT 'R' || lpad(CAST(i AS VARCHAR), 9, '0') AS request_id, {_time("i * 6", 1)} AS received_at,
            CASE WHEN hash(i + 1) % 4 = 0 THEN '咨询' ELSE '报修' END AS request_type,
            '员工' || CAST(hash(i + 2) % 400 AS VARCHAR) AS received_by,
            {_time("i * 6 + hash(i + 9) % 250000", 2)} AS completed_at, {note} AS description
          FROM range({rows}) AS t(i) ORDER BY i
        ) TO '{path}' (FORMAT csv, HEADER)
        """
    )
    if case == "blank":
        lines = path.read_bytes().split(b"\n")
        lines.insert(len(lines) // 2, b"")
        path.write_bytes(b"\n".join(lines))


def _workbook(path: Path, rows: int) -> None:
    from datetime import datetime, timedelta

    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("service_request")
    sheet.append(
        ["request_id", "request_type", "received_at", "received_by", "customer_name", "contact", "description",
         "category", "forwarded_at", "completed_at"]
    )  # fmt: skip
    for i in range(rows):
        begun = datetime(2025, 1, 1, 8) + timedelta(minutes=i)
        sheet.append(
            [f"R{i:07}", "报修", begun, f"员工{i % 40}", f"客户{i % 900}", f"138{i:08}", "水管漏水", "水电",
             begun + timedelta(hours=3), begun + timedelta(days=1)]
        )  # fmt: skip
    book.save(path)
