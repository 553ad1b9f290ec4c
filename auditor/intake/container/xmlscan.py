"""What a reader does not tell of a sheet, from one pass over its XML: its extent, errors, hidden rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO

from auditor.intake.values.marks import UNCACHED

_PIECE = 1 << 24
_ONE_LETTER = 26
_ROOT = re.compile(rb"<(\w+:)?worksheet\b")
_FILTER = re.compile(rb"<(?:\w+:)?autoFilter\b|<(?:\w+:)?filterColumn\b")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')


@dataclass
class Scan:
    """``rows`` and ``columns`` bound every cell of the sheet from above.

    ``hidden_rows`` are 1-based; ``hidden_columns`` are pairs of 1-based columns, first and last.
    ``marks`` are the cells that hold an error or an uncalculated formula, by (1-based row, 0-based column).
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    filtered: bool = False
    marks: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Patterns:
    """The elements of a sheet under its prefix of names (``<x:c`` or ``<c``)."""

    end_of_row: bytes
    row: re.Pattern[bytes]
    far: re.Pattern[bytes]
    error: re.Pattern[bytes]
    formula: bytes
    uncached: re.Pattern[bytes]
    column: re.Pattern[bytes]


@lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> _Patterns:
    def compiled(pattern: bytes) -> re.Pattern[bytes]:
        return re.compile(pattern.replace(b"<", b"<" + prefix).replace(b"<" + prefix + b"/", b"</" + prefix))

    cell = rb'<c\s(?=[^>]*?\br="([A-Z]+)([0-9]+)")'
    return _Patterns(
        b"</" + prefix + b"row>",
        compiled(rb"<row\b([^>]*)>"),
        compiled(rb'<c\s(?:r="|[^>r][^>]*?\sr=")([A-Z]{2,})'),
        compiled(cell + rb'[^>]*\bt="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>'),
        b"<" + prefix + b"f",
        compiled(cell + rb"([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(<v\s*/>|<v>\s*</v>)?\s*</c>"),
        compiled(rb"<col\s([^>]*)>"),
    )


def scan(stream: IO[bytes]) -> Scan:
    """What the XML of a sheet says; raises zipfile.BadZipFile, zlib.error or EOFError for a damaged one."""
    found = Scan()
    patterns: _Patterns | None = None
    for piece in _pieces(stream):
        if patterns is None:
            root = _ROOT.search(piece)
            patterns = _patterns(root[1] or b"" if root else b"")
            _columns(piece, patterns, found)
        _bounds(piece, patterns, found)
        _marks(piece, patterns, found)
        found.filtered = found.filtered or bool(_FILTER.search(piece, max(0, piece.rfind(patterns.end_of_row))))
    return found


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The text in pieces that end with a row."""
    rest = b""
    while block := stream.read(_PIECE):
        block = rest + block
        end = block.rfind(b"row>") + 4
        if end > 4:
            yield block[:end]
            rest = block[end:]
        else:
            rest = block
    yield rest


def _columns(piece: bytes, patterns: _Patterns, found: Scan) -> None:
    for match in patterns.column.finditer(piece, 0, 1 << 16):
        if _HIDDEN.search(match[1]):
            limits = dict(re.findall(rb'\b(min|max)="([0-9]+)"', match[1]))
            found.hidden_columns.append((int(limits.get(b"min", 0)), int(limits.get(b"max", 0))))


def _bounds(piece: bytes, patterns: _Patterns, found: Scan) -> None:
    row = found.rows
    for match in patterns.row.finditer(piece):
        number = re.search(rb'\br="([0-9]+)"', match[1])
        row = int(number[1]) if number else row + 1
        found.rows = max(found.rows, row)
        if b"hidden" in match[1] and _HIDDEN.search(match[1]):
            found.hidden_rows.add(row)
    widest = max((column_number(letters) for letters in set(patterns.far.findall(piece))), default=_ONE_LETTER)
    found.columns = max(found.columns, widest)


def _marks(piece: bytes, patterns: _Patterns, found: Scan) -> None:
    if b't="e"' in piece:
        for letters, row, text in patterns.error.findall(piece):
            found.marks[int(row), column_number(letters) - 1] = text.decode("utf-8", "replace")
    if patterns.formula in piece:
        for letters, row, attributes, value in patterns.uncached.findall(piece):
            if not (value and b't="str"' in attributes):
                found.marks[int(row), column_number(letters) - 1] = UNCACHED


def column_number(letters: bytes) -> int:
    """The 1-based column of ``A`` or ``XFD``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
