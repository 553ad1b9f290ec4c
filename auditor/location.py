"""Location: where something was written, in a text file or in a sheet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A place a person can open: a file, and a line and column of it, or a sheet, row and column.

    ``line`` and ``row`` count from 1, as editors and Excel show them. ``column`` is the 1-based
    character for text files and the header text (or Excel letter) for sheets.
    """

    file: str
    line: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: int | str | None = None

    def __str__(self) -> str:
        """``file:line:column`` for text, ``file › sheet › row 7 › column 受理时间`` for sheets."""
        if self.line is not None:
            tail = f":{self.line}" + (f":{self.column}" if self.column is not None else "")
            return self.file + tail
        parts = [self.file]
        if self.sheet:
            parts.append(self.sheet)
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return " › ".join(parts)
