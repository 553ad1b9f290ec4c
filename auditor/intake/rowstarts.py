"""Where the rows of a text table begin, found from its line breaks and quotes a few million bytes at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from auditor.intake.encoding import whole_lines

Numbers: TypeAlias = NDArray[np.int64]
_LF, _CR, _QUOTE = b'\n\r"'
_ORDINARY = 100
"""How many quotes that are ordinary characters are looked for in a piece."""


@dataclass(frozen=True)
class RowStarts:
    """The rows of a file with the byte each begins at and the byte it ends before (0-based), and its line (1-based).

    ``blank`` are the lines that hold nothing and are no row.
    """

    begins: Numbers
    ends: Numbers
    lines: Numbers
    blank: Numbers


def row_starts(path: Path, delimiter: str, after: int) -> RowStarts | None:
    """The rows below line ``after`` of the UTF-8 file at ``path``; None when its quotes do not pair up."""
    found: list[tuple[Numbers, Numbers, NDArray[np.bool_]]] = []
    size, line, quoted = 0, 0, 0
    for piece in whole_lines(path):
        data = np.frombuffer(piece, np.uint8)
        breaks = np.flatnonzero(data == _LF)
        if not piece.endswith(b"\n"):
            breaks = np.append(breaks, len(data))
        quotes = _telling_quotes(data, delimiter.encode(), quoted) if b'"' in piece else np.empty(0, np.int64)
        if quotes is None:
            return None
        outside = (np.searchsorted(quotes, breaks) + quoted) % 2 == 0
        ends = breaks[outside]
        found.append((ends + size, np.flatnonzero(outside) + line + 1, data[ends - 1] == _CR))
        size, line, quoted = size + len(piece), line + len(breaks), (quoted + len(quotes)) % 2
    if quoted:
        return None
    ends, lines, returned = zip(*found, strict=True)
    return _rows(np.concatenate(ends), np.concatenate(lines), np.concatenate(returned), after)


def _rows(ends: Numbers, last_lines: Numbers, returned: NDArray[np.bool_], after: int) -> RowStarts:
    """The rows from where each ends, the line it ends on, and whether its last byte is a carriage return."""
    begins = np.concatenate(([0], ends[:-1] + 1))
    lines = np.concatenate(([1], last_lines[:-1] + 1))
    blank = ends - begins == returned
    below = lines > after
    rows = below & ~blank
    return RowStarts(begins[rows], ends[rows], lines[rows], lines[below & blank])


def _telling_quotes(data: NDArray[np.uint8], delimiter: bytes, quoted: int) -> Numbers | None:
    """The quotes that open or close a cell, by turns; None when one closes in the middle of a cell.

    A quote in the middle of a cell without quotes (5" pipe) is an ordinary character. ``quoted`` is 1 when the data
    begin inside quotes. It begins and ends where a line does.
    """
    if len(delimiter) > 1:
        return None
    quotes = np.flatnonzero(data == _QUOTE)
    padded = np.concatenate(([_LF], data, [_LF]))
    first = np.isin(padded[quotes], [_LF, *delimiter])
    closes = np.isin(padded[quotes + 2], [_LF, _CR, _QUOTE, *delimiter])
    for _ in range(_ORDINARY):
        opening = (np.arange(len(quotes)) + quoted) % 2 == 0
        doubled = np.diff(quotes, prepend=-2) == 1
        wrong = ~np.where(opening, first | doubled, closes)
        if not wrong.any():
            return quotes
        at = int(wrong.argmax())
        if not opening[at]:
            return None
        quotes, first, closes = np.delete(quotes, at), np.delete(first, at), np.delete(closes, at)
    return None
