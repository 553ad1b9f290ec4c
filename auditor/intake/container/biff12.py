"""Binary workbooks (.xlsb): what calamine leaves out, from the records of their sheets."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from zipfile import ZipFile

from auditor.intake.container.biff import ERROR_WORDS
from auditor.intake.container.scan import Scan

_SHEET = 156
_ROW, _CELL_ERROR, _FORMULA_ERROR, _COLUMNS, _FILTER = 0, 3, 11, 60, 163
_HIDDEN_ROW = 0x10


def sheet_relations(book: bytes) -> dict[str, str]:
    """The relation that leads to each sheet, by its title; raises struct.error or UnicodeDecodeError."""
    found: dict[str, str] = {}
    for kind, data in _records(book):
        if kind == _SHEET:
            relation, place = _string(data, 8)
            title, _ = _string(data, place)
            found[title] = relation
    return found


def _string(data: bytes, place: int) -> tuple[str, int]:
    end = place + 4 + 2 * int(struct.unpack_from("<I", data, place)[0])
    return data[place + 4 : end].decode("utf-16-le"), end


def scan_sheet(archive: ZipFile, part: str) -> Scan:
    """What the records of a sheet say; raises IndexError or struct.error when it is damaged."""
    found = Scan()
    row = 0
    for kind, data in _records(archive.read(part)):
        if kind == _ROW:
            row = struct.unpack_from("<I", data)[0] + 1
            if data[11] & _HIDDEN_ROW:
                found.hidden_rows.add(row)
        elif kind in (_CELL_ERROR, _FORMULA_ERROR):
            found.marks[row, struct.unpack_from("<I", data)[0]] = ERROR_WORDS.get(data[8], "#VALUE!")
        elif kind == _COLUMNS and data[16] & 1:
            first, last = struct.unpack_from("<II", data)
            found.hidden_columns.append((first + 1, last + 1))
        elif kind == _FILTER:
            found.filtered = True
    return found


def _records(text: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(text):
        kind, place = _figure(text, place, 2)
        size, place = _figure(text, place, 4)
        yield kind, text[place : place + size]
        place += size


def _figure(text: bytes, place: int, most: int) -> tuple[int, int]:
    """A number in bytes of seven bits, the lowest first, and the place after it."""
    figure = 0
    for shift in range(most):
        byte = text[place]
        place += 1
        figure |= (byte & 0x7F) << 7 * shift
        if not byte & 0x80:
            break
    return figure, place
