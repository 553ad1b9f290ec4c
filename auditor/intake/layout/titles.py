"""Titles: what names a sheet."""

from __future__ import annotations

from auditor.intake.sheet import Sheet


def titles(sheet: Sheet) -> list[str]:
    """The file's name, the sheet's title, and lone cells in the first rows."""
    filled = ([cell for cell in row.cells if cell.strip()] for row in sheet.head)
    lone = [cells[0] for cells in filled if len(cells) == 1]
    return [sheet.path.stem, *([sheet.title] if sheet.title else []), *lone]
