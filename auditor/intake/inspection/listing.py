"""Listing: the items of a sheet as an ordinary list, each row still at its place in the sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.intake.inspection.fieldlabels import RECORD, Labels
from auditor.intake.inspection.fields import Written
from auditor.intake.sheet import HEAD, HeadRow, Sheet, Understood

_TELLING = ("store_name", "inspected_at", "staff_name", "sample_ref")


@dataclass(frozen=True)
class Column:
    """A column of a listing: the header it is known by on the sheet, its field (None: no field) and its cells."""

    header: str
    field: str | None
    cells: Sequence[str | None]


def constant(written: Written, rows: Sequence[int]) -> Column:
    """What was said once for all rows."""
    return Column(written.label, written.field, [written.value] * len(rows))


def listing(
    sheet: Sheet, header_row: int, rows: Sequence[int], columns: Sequence[Column], aside: Mapping[str, int]
) -> Sheet:
    """A list sheet with the given rows of ``sheet``."""
    header = HeadRow(header_row, tuple(column.header for column in columns), header_row)
    below = zip(rows[:HEAD], *(column.cells[:HEAD] for column in columns), strict=False)
    head = (header, *(HeadRow(row, tuple(cell or "" for cell in cells), row) for row, *cells in below))
    fields = tuple(column.field for column in columns)
    understood = Understood(RECORD, fields, rows, [column.cells for column in columns], aside)
    return replace(sheet, head=head, understood=understood)


def section_column(sections: Sequence[str], labels: Labels) -> Column:
    """The section that each item belongs to."""
    return Column(labels.title("section"), "section", [section or None for section in sections])


def inspection_id(sheet: Sheet, said: Mapping[str, str | None]) -> str:
    """What tells one inspection from all others where nobody gave it a number: its sheet, and where, when and whom.

    The name of the file counts only where no time does, so that a form can be renamed.
    """
    known = [value for field in _TELLING if (value := said.get(field))]
    outer = [] if said.get("inspected_at") else [sheet.path.stem]
    return "/".join([*outer, *([sheet.title] if sheet.title else []), *known])


def numbered(sheet: Sheet, columns: Sequence[Column], rows: Sequence[int], labels: Labels) -> list[Column]:
    """``columns`` of one inspection, led by its number."""
    if any(column.field == "sheet_id" and all(column.cells) for column in columns):
        return list(columns)
    said = {column.field: column.cells[0] for column in columns if column.field and len({*column.cells}) == 1}
    rest = [column for column in columns if column.field != "sheet_id"]
    return [Column(labels.title("sheet_id"), "sheet_id", [inspection_id(sheet, said)] * len(rows)), *rest]


def numbered_each(sheet: Sheet, columns: Sequence[Column], rows: Sequence[int], labels: Labels) -> Column:
    """A number for each row, where every row is an inspection; the second one of a name is ``name(2)``."""
    names = [inspection_id(sheet, {c.field: c.cells[nth] for c in columns if c.field}) for nth in range(len(rows))]
    met: Counter[str] = Counter()
    for nth, named in enumerate(names):
        met[named] += 1
        names[nth] = f"{named}({met[named]})" if met[named] > 1 else named
    return Column(labels.title("sheet_id"), "sheet_id", names)
