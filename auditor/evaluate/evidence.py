"""Evidence: the cells that findings were read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.calendar import Calendar
from auditor.evaluate.evaluation import Evaluation
from auditor.evaluate.finding import Finding
from auditor.kinds import Evidence
from auditor.records import FieldType, Table


@dataclass(frozen=True)
class Cells:
    """Cells of one row: which record, the index of its source, its 1-based row there, and column -> text or None."""

    record: str
    source: int
    line: int
    values: Mapping[str, str | None]


def fetch_evidence(
    evaluation: Evaluation,
    findings: Sequence[Finding],
    tables: Mapping[str, Table],
    calendar: Calendar,
    schema: str = "main",
) -> dict[str, tuple[Cells, ...]]:
    """The cells behind each finding, by fingerprint; times are written as local wall time of ``calendar``."""
    found: dict[str, list[Cells]] = {finding.fingerprint: [] for finding in findings}
    by_rule: dict[int, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.number, []).append(finding)
    for number, members in by_rule.items():
        judgement = evaluation.results[number].judgement
        for place, evidence in enumerate(judgement.evidence if judgement else ()):
            found_rows = ((finding.fingerprint, finding.rows[place]) for finding in members)
            rows = {fingerprint: row for fingerprint, row in found_rows if row is not None}
            cells = _cells(evaluation, evidence, tables[evidence.record], sorted({*rows.values()}), calendar, schema)
            for fingerprint, row in rows.items():
                if row in cells:
                    found[fingerprint].append(cells[row])
    return {fingerprint: tuple(cells) for fingerprint, cells in found.items()}


def _cells(
    evaluation: Evaluation, evidence: Evidence, table: Table, rows: Sequence[int], calendar: Calendar, schema: str
) -> dict[int, Cells]:
    """The cells of numbered rows; the numbers go in as one list, so a thousand rows are one query."""
    columns = [column for column in evidence.columns if column in table.columns]
    picked = "".join(f', "{column}"' + _date_flag(table, column) for column in columns)
    fetched = evaluation.connection.execute(
        f'SELECT _row, _source, _line{picked} FROM "{schema}"."{evidence.record}" WHERE _row IN'
        f" (SELECT unnest(?::BIGINT[]))",
        [list(rows)],
    ).fetchall()
    cells = {}
    for row, source, line, *values in fetched:
        left = iter(values)
        texts = {}
        for column in columns:
            value, dateonly = next(left), bool(_date_flag(table, column)) and next(left)
            texts[column] = _text(table, column, value, dateonly, calendar)
        cells[row] = Cells(evidence.record, source, line, texts)
    return cells


def _date_flag(table: Table, column: str) -> str:
    return f', "{column}__dateonly"' if column in table.dateonly else ""


def _text(table: Table, column: str, value: object, dateonly: bool, calendar: Calendar) -> str | None:
    """A cell as a person reads it; a date alone has no time of day."""
    if value is None:
        return None
    kind = table.type_of(column)
    if kind is FieldType.TIME:
        text = calendar.local_text(int(str(value)))
        return text[:10] if dateonly else text
    if kind is FieldType.YESNO:
        return "是" if value else "否"
    if kind is FieldType.CLOCK:
        return f"{int(str(value)) // 3600:02d}:{int(str(value)) % 3600 // 60:02d}"
    return f"{value:g}" if isinstance(value, float) else str(value)
