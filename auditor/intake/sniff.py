"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from auditor.location import Location
from auditor.problem import Problem

_OLE = b"\xd0\xcf\x11\xe0"


class Format(StrEnum):
    """The kinds of file that are told apart."""

    XLSX = "xlsx"
    TEXT = "text"
    PARQUET = "parquet"
    OLE = "ole"
    HTML = "html"
    EMPTY = "empty"
    OTHER = "other"


_REFUSALS = {
    Format.OLE: (
        "old-workbook",
        "This is an old Excel workbook (.xls) or one with a password.",
        "Open it in Excel and save it as .xlsx without a password.",
    ),
    Format.HTML: (
        "html-file",
        "This is a web page, although it may be named like a workbook.",
        "Open it in Excel and save it as .xlsx.",
    ),
    Format.EMPTY: ("empty-file", "The file is empty.", "Export it again."),
    Format.OTHER: ("unknown-format", "This is neither a workbook nor a text table.", "Save it as .xlsx or .csv."),
}


def sniff(path: Path) -> Format:
    """The format of the file at ``path``; raises OSError when it cannot be opened."""
    with path.open("rb") as stream:
        start = stream.read(65536)
    if not start.strip():
        return Format.EMPTY
    if start.startswith(b"PK\x03\x04"):
        return Format.XLSX
    if start.startswith(b"PAR1"):
        return Format.PARQUET
    if start.startswith(_OLE):
        return Format.OLE
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Format.TEXT
    lowered = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower()
    if lowered.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        return Format.HTML
    return Format.OTHER if b"\x00" in start else Format.TEXT


def refusal(kind: Format, file: str) -> Problem:
    """The Problem of a file whose format is not read."""
    code, what, remedy = _REFUSALS[kind]
    return Problem(Location(file), code, what, remedy, True)
