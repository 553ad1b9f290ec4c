"""The encoding ladder: BOM, strict UTF-8, strict GB18030, else a Problem with its line."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from auditor.location import Location
from auditor.problem import Problem

_CHUNK = 1 << 20
_SURELY_UTF8 = 3
"""Characters beyond ASCII that read well before the first mistake: GB18030 text hardly ever manages so many."""


@dataclass(frozen=True)
class Encoded:
    """How a text file is encoded, its number of line breaks, and whether it ends in one."""

    encoding: str
    breaks: int
    ends_in_break: bool


def detect(path: Path) -> tuple[Encoded | None, list[Problem]]:
    """The encoding of the text file at ``path``; None with a fatal Problem when no single one fits."""
    with path.open("rb") as stream:
        start = stream.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _first_that_fits(path, ("utf-16",))
    return _first_that_fits(path, ("utf-8-sig", "gb18030"))


def _first_that_fits(path: Path, ladder: tuple[str, ...]) -> tuple[Encoded | None, list[Problem]]:
    first_wrong: int | None = None
    cut = False
    for encoding in ladder:
        scan = _Scan(encoding)
        wrong = scan.read(path)
        if wrong is None:
            if scan.null_line is not None:
                return None, [_null_bytes(path, scan.null_line)]
            return Encoded(encoding, scan.breaks, scan.last.endswith("\n")), []
        if first_wrong is None:
            first_wrong, cut = wrong, scan.cut
        if scan.beyond_ascii >= _SURELY_UTF8 and encoding == "utf-8-sig":
            break
    place = Location(str(path), line=first_wrong)
    if cut:
        what = "The file ends in the middle of a character: it was cut off."
        return None, [Problem(place, "cut-off", what, "Export or copy it again.", True)]
    what = f"The text changes its encoding: line {first_wrong} does not read like the lines before it."
    return None, [Problem(place, "mixed-encoding", what, "Save the whole file as UTF-8.", True)]


def _null_bytes(path: Path, line: int) -> Problem:
    what = f"Line {line} holds NUL bytes, which no text has."
    return Problem(Location(str(path), line=line), "null-bytes", what, "Export the file again.", True)


class _Scan:
    """One pass over a file in one encoding."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.breaks = 0
        self.beyond_ascii = 0
        self.last = ""
        self.null_line: int | None = None
        self.cut = False

    def read(self, path: Path) -> int | None:
        """The 1-based line of the first byte that does not fit; None when all do."""
        decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                try:
                    self._take(decoder.decode(chunk))
                except UnicodeDecodeError as error:
                    good = error.object[: error.start]
                    self._take(good.decode(self.encoding, "ignore"))
                    return self.breaks + 1
        try:
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            self.cut = True
            return self.breaks + 1
        return None

    def _take(self, text: str) -> None:
        if not text.isascii() and self.beyond_ascii < _SURELY_UTF8:
            self.beyond_ascii += sum(character > "\x7f" for character in text)
        if self.null_line is None and "\x00" in text:
            self.null_line = self.breaks + 1 + text[: text.index("\x00")].count("\n")
        self.breaks += text.count("\n")
        self.last = text or self.last
