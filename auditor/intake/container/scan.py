"""Scan: what a reader does not tell of a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.intake.sheet import Merge


@dataclass
class Scan:
    """``rows`` and ``columns`` bound every cell of the sheet from above.

    ``hidden_rows`` are 1-based; ``hidden_columns`` are pairs of 1-based columns, first and last.
    ``marks`` are the cells that hold an error or an uncalculated formula, by (1-based row, 0-based column).
    ``merges`` are given where the reader does not know them.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    filtered: bool = False
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
