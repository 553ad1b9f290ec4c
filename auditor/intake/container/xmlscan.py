"""What a reader does not tell of a sheet, from one pass over its XML: its extent, errors, hidden rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import IO

from auditor.intake.container.scan import Scan
from auditor.intake.values.marks import UNCACHED

_PIECE = 1 << 24
_BEGINNING = 1 << 16
_ROOT = re.compile(rb"<(\w+:)?worksheet\b")
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_LIMITS = re.compile(rb'\s(min|max)="([0-9]+)"')


class Elements:
    """The elements of a sheet under its prefix (``<x:c`` or ``<c``), as patterns."""

    def __init__(self, prefix: bytes, widest: int) -> None:
        """``widest`` is a column that is known already: cells up to it need not be found."""

        def element(pattern: bytes) -> re.Pattern[bytes]:
            return re.compile(re.sub(rb"<(/?)(?=\w)", rb"<\1" + prefix, pattern), re.DOTALL)

        cell = rb'<c\s(?=(?:[^>]*?\s)?r="([A-Z]+)([0-9]+)")'
        beyond = b"[A-Z]{2,}" if widest >= 26 else rb"[%c-Z]|[A-Z]{2,}" % (ord("A") + widest)
        self.formula = b"<" + prefix + b"f"
        self.filter = b"<" + prefix + b"filterColumn"
        self.column = element(rb"<col\s[^>]*>")
        self.row = element(rb'<row\b(?:(?:\s|\s[^>]*?\s)r="([0-9]+)")?')
        self.hidden_row = element(rb'<row(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="([0-9]+)"')
        self.cell = element(rb'<c\s(?:[^>]*?\s)?r="([A-Z]+)')
        self.far = element(rb'<c\s(?:[^>r][^>]*?\s)?r="(' + beyond + b")")
        self.valued = element(cell + rb"[^>]*(?<!/)>(?!</c>)")
        self.whole = element(cell + rb"[^>]*?(?:/>|(?<!/)>.*?</c>)")
        self.error = element(cell + rb'(?=[^>]*\st="e")[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>')
        formula = rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)"
        self.uncached = element(cell + rb"([^>]*)>\s*" + formula + rb"\s*(<v\s*/>|<v>\s*</v>)?\s*</c>")


_elements = lru_cache(maxsize=64)(Elements)


def elements_of(beginning: bytes) -> tuple[Elements, int]:
    """The elements of the sheet whose XML begins so, and its widest column as far as can be seen there."""
    root = _ROOT.search(beginning)
    prefix = (root[1] or b"") if root else b""
    letters = set(_elements(prefix, 26).cell.findall(beginning[:_BEGINNING]))
    widest = max(map(column_number, letters), default=1)
    return _elements(prefix, min(widest, 26)), widest


def scan(stream: IO[bytes]) -> Scan:
    """What the XML of a sheet says; raises zipfile.BadZipFile, zlib.error or EOFError for a damaged one."""
    found = Scan()
    elements: Elements | None = None
    for piece in pieces(stream):
        if elements is None:
            elements, found.columns = elements_of(piece)
            found.hidden_columns = list(_hidden_columns(piece, elements))
        _bounds(piece, elements, found)
        _marks(piece, elements, found)
        found.filtered = elements.filter in piece[-_BEGINNING:]
    return found


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end with a row; the last holds what follows the rows."""
    rest = b""
    while block := stream.read(_PIECE):
        block = rest + block
        end = block.rfind(b"row>") + 4
        if end > 4:
            yield block[:end]
        rest = block[end:] if end > 4 else block
    yield rest


def _hidden_columns(piece: bytes, elements: Elements) -> Iterator[tuple[int, int]]:
    for tag in elements.column.findall(piece[:_BEGINNING]):
        limits = dict(_LIMITS.findall(tag))
        if _HIDDEN.search(tag) and len(limits) == 2:
            yield int(limits[b"min"]), int(limits[b"max"])


def _bounds(piece: bytes, elements: Elements, found: Scan) -> None:
    """Rows that do not say their number stand below the others, however few of them do."""
    numbers = elements.row.findall(piece)
    unnumbered = numbers.count(b"")
    found.rows = max([found.rows, *(int(number or 0) for number in numbers)]) + unnumbered
    if b'hidden="' in piece:
        found.hidden_rows.update(map(int, elements.hidden_row.findall(piece)))
    found.columns = max([found.columns, *map(column_number, set(elements.far.findall(piece)))])


def _marks(piece: bytes, elements: Elements, found: Scan) -> None:
    if b't="e"' in piece:
        for letters, row, text in elements.error.findall(piece):
            found.marks[int(row), column_number(letters) - 1] = text.decode("utf-8", "replace")
    if elements.formula in piece:
        for letters, row, attributes, value in elements.uncached.findall(piece):
            if not (value and b't="str"' in attributes):  # a text formula may well have come out empty
                found.marks[int(row), column_number(letters) - 1] = UNCACHED


def column_number(letters: bytes) -> int:
    """The 1-based column of ``A`` or ``XFD``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
