"""Old workbooks (.xls, .et): what calamine leaves out, from the records of their sheets."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from auditor.intake.container.scan import Scan

_BOUND_SHEET, _END, _ROW, _COLUMNS, _ERROR, _FORMULA, _FILTERED = 0x85, 0x0A, 0x208, 0x7D, 0x205, 0x06, 0x9B
_HIDDEN_ROW = 0x20
ERROR_WORDS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
"""Excel's errors by the number that its binary formats keep."""


def scan_book(path: Path) -> list[Scan]:
    """One Scan for each sheet of the workbook, in order; raises OSError or struct.error when it is damaged."""
    from olefile import OleFileIO

    with OleFileIO(str(path)) as container:
        stream = next(name for name in ("Workbook", "Book") if container.exists(name))
        book: bytes = container.openstream(stream).read()
    starts = [struct.unpack_from("<I", data)[0] for kind, data in _records(book, 0) if kind == _BOUND_SHEET]
    return [_scan_sheet(book, start) for start in starts]


def _records(book: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream: its kind and data."""
    while place + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, place)
        yield kind, book[place + 4 : place + 4 + size]
        if kind == _END:
            return
        place += 4 + size


def _scan_sheet(book: bytes, start: int) -> Scan:
    found = Scan()
    for kind, data in _records(book, start):
        if kind == _ROW and struct.unpack_from("<H", data, 12)[0] & _HIDDEN_ROW:
            found.hidden_rows.add(struct.unpack_from("<H", data)[0] + 1)
        elif kind == _COLUMNS and data[8] & 1:
            first, last = struct.unpack_from("<HH", data)
            found.hidden_columns.append((first + 1, last + 1))
        elif kind == _FILTERED:
            found.filtered = True
        elif kind == _ERROR and data[7]:
            _mark(found, data, data[6])
        elif kind == _FORMULA and data[6] == 2 and data[12:14] == b"\xff\xff":
            _mark(found, data, data[8])
    return found


def _mark(found: Scan, data: bytes, number: int) -> None:
    row, column = struct.unpack_from("<HH", data)
    found.marks[row + 1, column] = ERROR_WORDS.get(number, "#VALUE!")
