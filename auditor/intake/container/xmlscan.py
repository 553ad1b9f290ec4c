"""What a reader does not tell of a sheet, from one pass over its XML: its extent, errors, hidden rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import IO

from auditor.intake.container.scan import Scan
from auditor.intake.values.marks import UNCACHED

_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PIECE = 1 << 22
_BEGINNING = 1 << 16
_ROOT = re.compile(rb"<(\w+:)?\w+sheet\b")
_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
_BROKEN_TAG = rb'<(?:c|row)\b(?:[^>"]*"[^">]*")*[^>"]*"[^">]*>'
"""A tag with a ``>`` inside the quotes of an attribute."""

_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_LIMITS = re.compile(rb'\s(min|max)="([0-9]+)"')


class Elements:
    """The elements of a sheet under its prefix (``<x:c`` or ``<c``), as patterns."""

    def __init__(self, prefix: bytes, widest: int) -> None:
        """``widest`` is a column that is known already: cells up to it need not be found."""

        def element(pattern: bytes) -> re.Pattern[bytes]:
            return re.compile(re.sub(rb"<(/?)(?=\w|\(\?:c\|row)", rb"<\1" + prefix, pattern), re.DOTALL)

        cell = rb'<c\s(?=(?:[^>]*?\s)?r="([A-Z]+)([0-9]+)")'
        any_cell = rb'<c(?=(?:\s|\s[^>]*?\s)r="([A-Z]+)([0-9]+)"|)'
        self.formula = b"<" + prefix + b"f"
        self.filter = b"<" + prefix + b"filterColumn"
        self.column = element(rb"<col\s[^>]*>")
        self.row = element(rb'<row\b(?:(?:\s|\s[^>]*?\s)r="([0-9]+)")?')
        self.hidden_row = element(rb'<row(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="([0-9]+)"')
        self.cell = element(rb'<c\s(?:[^>]*?\s)?r="([A-Z]+)')
        self._prefix, self._widest = prefix, widest
        self.place = element(rb'<c\s(?:[^>r][^>]*?\s)?r="([A-Z]+[0-9]+)"')
        self.unplaced = element(rb'<c(?!\s(?:[^>r][^>]*?\s)?r="[A-Z]+[0-9])(?=[\s/>])')
        self.odd = element(rb'<(?:c|row)(?:\s[^>]*?\sr|\sr)\s*=\s*(?!"[A-Z]*[0-9]+")|' + _BROKEN_TAG)
        self.foreign = re.compile(rb"<(?!" + prefix + rb"(?:c|row)\b)(?:\w+:)?(?:c|row)[\s/>]")
        self.beginning_of_cell = b"<" + prefix + b"c"
        self.valued = element(cell + rb"[^>]*(?<!/)>(?!</c>)")
        self.whole = element(cell + rb"[^>]*?(?:/>|(?<!/)>.*?</c>)")
        self.error = element(any_cell + rb'(?=[^>]*\st="e")[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>')
        formula = rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)"
        self.uncached = element(any_cell + rb"\b([^>]*)>\s*" + formula + rb"\s*(<v\s*/>|<v>\s*</v>)?\s*</c>")

    def unusual(self, row: int) -> re.Pattern[bytes]:
        """Cells that do not stand in a known column and at most at ``row``: a quick look before a careful one."""
        prefix, widest = self._prefix, self._widest
        usual = b"[A-%c](?:" % (ord("A") + widest - 1) + _at_most(row) + b')"'
        return re.compile(b"<" + prefix + rb'c(?!\s(?:[^>r][^>]*?\s)?r="' + usual + rb")(?=[\s/>])")


def _at_most(number: int) -> bytes:
    """A pattern of the figures from 0 to ``number``."""
    digits = str(number)
    lesser = [
        f"{digits[:place]}[0-{int(digit) - 1}][0-9]{{{len(digits) - place - 1}}}"
        for place, digit in enumerate(digits)
        if digit != "0"
    ]
    return "|".join([f"[0-9]{{1,{max(len(digits) - 1, 1)}}}", *lesser, digits]).encode()


_elements = lru_cache(maxsize=64)(Elements)


def elements_of(beginning: bytes) -> tuple[Elements, int]:
    """The elements of the sheet whose XML begins so, and its widest column as far as can be seen there."""
    root = _ROOT.search(beginning)
    if root is None:
        raise ValueError("the part holds no sheet that can be looked through")
    prefix = root[1] or b""
    letters = set(_elements(prefix, 26).cell.findall(beginning[:_BEGINNING]))
    widest = max(map(column_number, letters), default=1)
    return _elements(prefix, min(widest, 26)), widest


def scan(stream: IO[bytes]) -> Scan:
    """What the XML of a sheet says; raises zipfile.BadZipFile, zlib.error, EOFError or ValueError for a damaged one."""
    found = Scan()
    elements: Elements | None = None
    for piece in pieces(stream):
        if elements is None:
            elements, found.columns = elements_of(piece)
            found.hidden_columns = list(_hidden_columns(piece, elements))
        if _PREFIXED.search(piece) and elements.foreign.search(piece):
            raise ValueError("the elements of the sheet have several prefixes")
        _bounds(piece, elements, found)
        _marks(piece, elements, found)
        found.filtered = elements.filter in piece[-_BEGINNING:]
    return found


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end with a row; the last holds what follows the rows."""
    rest = b""
    for block in _ahead(stream):
        block = rest + block
        end = block.rfind(b"row>") + 4
        if end > 4:
            yield block[:end]
        rest = block[end:] if end > 4 else block
    yield rest


def _ahead(stream: IO[bytes]) -> Iterator[bytes]:
    """The blocks of the stream, the next one being unpacked while one is looked through."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(stream.read, _PIECE)
        while block := coming.result():
            coming = pool.submit(stream.read, _PIECE)
            yield block


def _hidden_columns(piece: bytes, elements: Elements) -> Iterator[tuple[int, int]]:
    for tag in elements.column.findall(piece[:_BEGINNING]):
        limits = dict(_LIMITS.findall(tag))
        if _HIDDEN.search(tag) and len(limits) == 2:
            yield int(limits[b"min"]), int(limits[b"max"])


def _bounds(piece: bytes, elements: Elements, found: Scan) -> None:
    """Rows and cells that do not say their place stand after those that do."""
    numbers = elements.row.findall(piece)
    unnumbered = numbers.count(b"")
    found.rows = max([found.rows, *(int(number or 0) for number in numbers)])
    if unnumbered or elements.unusual(found.rows).search(piece):
        _careful_bounds(piece, elements, found)
    found.rows += unnumbered
    if b'hidden="' in piece:
        found.hidden_rows.update(map(int, elements.hidden_row.findall(piece)))


def _careful_bounds(piece: bytes, elements: Elements, found: Scan) -> None:
    """The bounds of cells that stand in unknown columns, elsewhere than their rows say, or nowhere."""
    if elements.odd.search(piece):
        raise ValueError("places are written in a way that cannot be looked through")
    places = elements.place.findall(piece)
    letters = {place.rstrip(b"0123456789") for place in places}
    found.rows = max([found.rows, *(int(place.lstrip(_LETTERS)) for place in places)])
    found.columns = max([found.columns, *map(column_number, letters)])
    if elements.unplaced.search(piece):
        found.columns += max(row.count(elements.beginning_of_cell) for row in piece.split(b"row>"))


def _marks(piece: bytes, elements: Elements, found: Scan) -> None:
    if b't="e"' in piece:
        for letters, row, text in elements.error.findall(piece):
            found.marks[_place(letters, row)] = text.decode("utf-8", "replace")
    if elements.formula in piece:
        for letters, row, attributes, value in elements.uncached.findall(piece):
            if not (value and b't="str"' in attributes):  # a text formula may well have come out empty
                found.marks[_place(letters, row)] = UNCACHED


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    if not letters:
        raise ValueError("a cell that must be named does not say its place")
    return int(row), column_number(letters) - 1


def column_number(letters: bytes) -> int:
    """The 1-based column of ``A`` or ``XFD``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
