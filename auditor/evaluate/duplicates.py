"""Duplicates: rows without a number of their own that say exactly what another row of their log says."""

from __future__ import annotations

from auditor.evaluate.evaluation import FINDINGS, Evaluation
from auditor.intake import Dataset
from auditor.location import Location
from auditor.problem import Problem
from auditor.records import Table


def report_duplicates(evaluation: Evaluation, data: Dataset) -> list[Problem]:
    """A Problem for each log with such rows; they are judged, but what they alone would cost is provisional.

    Two equal rows may be two events or one written twice, which only people can tell; so nobody pays for both.
    """
    problems = []
    for _, table in sorted(data.tables.items()):
        if table.record.derive is None and table.record.key not in table.columns:
            problems += _report(evaluation, data, table)
    return problems


def _report(evaluation: Evaluation, data: Dataset, table: Table) -> list[Problem]:
    repeats = _repeats(data, table)
    found = data.connection.execute(f"SELECT _source, _line, source, line FROM ({repeats}) ORDER BY _row").fetchall()
    if not found:
        return []
    _excuse(evaluation, table.record.name, f"SELECT _row FROM ({repeats})")
    again, first = _place(data, *found[0][:2]), _place(data, *found[0][2:])
    said = f"row {first.row}" if (first.file, first.sheet) == (again.file, again.sheet) else f"'{first}'"
    what = f"This row says exactly what {said} says; it was judged, but has no consequences."
    remedy = "Take it out if it was written twice; if it happened twice, tell the two apart by their times."
    return [Problem(again, "row-repeated", what, remedy, count=len(found))]


def _place(data: Dataset, source: int, line: int) -> Location:
    sheet = data.sources[source]
    return Location(sheet.file, sheet=sheet.sheet, row=line)


def _repeats(data: Dataset, table: Table) -> str:
    """SQL of the rows that repeat an earlier one, with the ``source`` and ``line`` of the first that says the same."""
    cells = ", ".join(f'"{column}"' for column in sorted(table.columns))
    place = f'"{data.schema}"."{table.record.name}"'
    alike = f"(SELECT hash({cells}) FROM {place} GROUP BY 1 HAVING count(*) > 1)"
    numbered = (
        "SELECT _row, _source, _line, row_number() OVER w AS nth, first_value(_source) OVER w AS source,"
        f" first_value(_line) OVER w AS line FROM {place} WHERE hash({cells}) IN {alike}"
        f" WINDOW w AS (PARTITION BY _bad, _na, {cells} ORDER BY _row)"
    )
    return f"SELECT * FROM ({numbered}) WHERE nth > 1"


def _excuse(evaluation: Evaluation, record: str, rows: str) -> None:
    """Make provisional what was found on ``rows`` (SQL of row numbers) of the record that a rule judges."""
    for number, result in enumerate(evaluation.results):
        evidence = result.judgement.evidence if result.judgement else ()
        if evidence and evidence[0].record == record:
            evaluation.connection.execute(
                f"UPDATE {FINDINGS} SET provisional = TRUE WHERE rule = {number} AND rows[1] IN ({rows})"
            )
