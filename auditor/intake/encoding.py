"""The encoding of a text file: what people said, a BOM, strict UTF-8, strict GB18030, else a Problem with its line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from auditor.location import Location
from auditor.problem import Problem

_CHUNK = 1 << 22
_SURELY_UTF8 = 3
"""Characters beyond ASCII that read well before the first mistake: GB18030 text hardly ever manages so many."""

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "utf-8": "utf-8-sig", "utf_8": "utf-8-sig"}
"""Encodings that are read as the one that contains them: exports say GBK and hold GB18030."""


@dataclass(frozen=True)
class Encoded:
    """How a text file is encoded, how many line breaks (LF) it has, whether it ends in one.

    ``lone_returns``: some carriage return stands without a line feed, so that readers differ on where lines end.
    """

    encoding: str
    breaks: int
    ends_in_break: bool
    lone_returns: bool = False


def detect(path: Path, said: str | None = None) -> tuple[Encoded | None, list[Problem]]:
    """The encoding of the text file at ``path``; None with a fatal Problem when no single one fits.

    ``said`` is the encoding a person has set; nothing else is tried then, except what a BOM of UTF-16 tells.
    Raises OSError when the file cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _first_that_fits(path, ("utf-16",))
    if said is not None:
        return _as_said(path, said)
    found = _plain_utf8(path)
    return (found, []) if found else _first_that_fits(path, ("utf-8-sig", "gb18030"))


def _as_said(path: Path, said: str) -> tuple[Encoded | None, list[Problem]]:
    try:
        encoding = codecs.lookup(said).name
    except LookupError:
        what = f"There is no text encoding '{said}'."
        return None, [Problem(Location(str(path)), "encoding-unknown", what, "Set utf-8, gb18030 or big5.", True)]
    found, problems = _first_that_fits(path, (_WIDER.get(encoding, encoding),))
    if found or any(problem.code != "mixed-encoding" for problem in problems):
        return found, problems
    line = problems[0].where.line
    what = f"Line {line} is no {said}, which was set as the encoding of this file."
    remedy = "Leave `encoding` out, or set the one the file was saved in."
    return None, [Problem(Location(str(path), line=line), "encoding-wrong", what, remedy, True)]


def _plain_utf8(path: Path) -> Encoded | None:
    """What a sound UTF-8 file is, found without decoding it into Python's text; None for any other."""
    breaks, returns, last = 0, 0, b""
    for piece in whole_lines(path):
        if b"\x00" in piece or not (piece.isascii() or _is_utf8(piece)):
            return None
        breaks += int(np.count_nonzero(np.frombuffer(piece, np.uint8) == ord("\n")))
        if b"\r" in piece:
            returns += piece.count(b"\r") - piece.count(b"\r\n")
        last = piece
    return Encoded("utf-8-sig", breaks, last.endswith(b"\n"), returns > 0)


def whole_lines(path: Path) -> Iterator[bytes]:
    """The file in pieces that end where a line ends."""
    rest = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            end = chunk.rfind(b"\n") + 1
            if end:
                yield rest + chunk[:end]
                rest = chunk[end:]
            else:
                rest += chunk
    if rest:
        yield rest


def _is_utf8(piece: bytes) -> bool:
    # pyarrow checks the bytes where they lie, three times as fast as Python decodes them, but takes time to load.
    from pyarrow import lib as pa

    ends = pa.py_buffer(np.array([0, len(piece)], np.int64))
    try:
        pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(piece)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _first_that_fits(path: Path, ladder: tuple[str, ...]) -> tuple[Encoded | None, list[Problem]]:
    first_wrong: int | None = None
    cut = False
    for encoding in ladder:
        scan = _Scan(encoding)
        wrong = scan.read(path)
        if wrong is None:
            if scan.null_line is not None:
                return None, [_null_bytes(path, scan.null_line)]
            return Encoded(encoding, scan.breaks, scan.last.endswith("\n"), scan.returns > 0), []
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
        self.returns = 0
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
        self.returns += text.count("\r") - text.count("\r\n") - (self.last.endswith("\r") and text.startswith("\n"))
        self.last = text or self.last
