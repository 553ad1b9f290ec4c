"""Reading the sheets of a workbook with calamine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from auditor.intake.container.cells import Cells, text_table
from auditor.intake.container.scan import Scan
from auditor.intake.sheet import Merge, Visibility


@contextmanager
def opened(source: Path | IO[bytes]) -> Iterator[CalamineWorkbook]:
    """The workbook; CalamineError is raised for a damaged one, also where calamine gives up in a panic."""
    try:
        with CalamineWorkbook.from_object(str(source) if isinstance(source, Path) else source) as workbook:
            yield workbook
    except BaseException as error:  # the class of a panic cannot be imported, and is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise CalamineError(str(error)) from error


def read_sheets(workbook: CalamineWorkbook, scan_of: Callable[[str], Scan]) -> Iterator[Cells]:
    """The sheets with anything on them, in order; ``scan_of`` a title tells what calamine leaves out."""
    for meta in workbook.sheets_metadata:
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        scan = scan_of(meta.name)
        sheet = workbook.get_sheet_by_name(meta.name)
        table = _table(sheet, scan)
        if any(column.null_count < len(column) for column in table.columns):
            yield Cells(
                meta.name,
                table,
                tuple(scan.merges) or _merges(sheet),
                _visibility(meta.visible),
                frozenset(scan.hidden_rows),
                tuple(scan.hidden_columns),
                scan.filtered,
            )


def _table(sheet: CalamineSheet, scan: Scan) -> Any:
    left = sheet.start[1] if sheet.start else 0
    right = sheet.end[1] + 1 if sheet.end else 0
    width = max([right, *(column + 1 for _, column in scan.marks)])
    rows: Iterable[list[Any]] = sheet.iter_rows()
    if left or width > right:
        rows = ([None] * left + row + [None] * (width - right) for row in rows)
    return text_table(rows, scan.marks, width)


def _visibility(found: SheetVisibleEnum) -> Visibility:
    if found is SheetVisibleEnum.Visible:
        return "visible"
    return "hidden" if found is SheetVisibleEnum.Hidden else "very hidden"


def _merges(sheet: CalamineSheet) -> tuple[Merge, ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple(Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)
