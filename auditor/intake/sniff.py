"""What a file is, by its bytes and never by its name."""

from __future__ import annotations

import re
import struct
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from auditor.location import Location
from auditor.problem import Problem

_OLE = b"\xd0\xcf\x11\xe0"
_START = 65536
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]|\x00{4}")
"""What no text holds; a NUL here and there is an accident of an export, which the reader of texts tells."""

_WEB_PAGE = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")


class Format(StrEnum):
    """The kinds of file that are told apart."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    TEXT = "text"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"
    CUT = "cut"
    PROTECTED = "protected"
    HTML = "html"
    JSON = "json"
    EMPTY = "empty"
    OTHER = "other"


_REFUSALS = {
    Format.CUT: (
        "workbook-cut",
        "The workbook breaks off before its end: it is damaged, or still being written.",
        "Wait until it has been saved or copied completely, or export it again.",
    ),
    Format.PROTECTED: (
        "workbook-protected",
        "The workbook is protected with a password.",
        "Open it in Excel and save it without a password.",
    ),
    Format.HTML: (
        "html-file",
        "This is a web page, although it may be named like a workbook.",
        "Open it in Excel and save it as .xlsx.",
    ),
    Format.JSON: (
        "json-file",
        "This is JSON, but not one object on each line.",
        "Export it as JSON lines, .csv or .xlsx.",
    ),
    Format.EMPTY: ("empty-file", "The file is empty.", "Export it again."),
    Format.OTHER: ("unknown-format", "This is neither a workbook nor a text table.", "Save it as .xlsx or .csv."),
}


def sniff(path: Path) -> Format:
    """The format of the file at ``path``; raises OSError when it cannot be opened."""
    with path.open("rb") as stream:
        start = stream.read(_START)
    if not start.strip(b" \t\r\n\x00"):
        return Format.EMPTY
    if start.startswith(b"PK\x03\x04"):
        return _archive(path)
    if start.startswith(b"PAR1"):
        return Format.PARQUET
    if start.startswith(_OLE):
        # olefile is loaded only when there is such a file.
        from auditor.intake.container.ole import ole_format

        return Format(ole_format(path))
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Format.TEXT
    return _text(start)


def _archive(path: Path) -> Format:
    """What a zip archive is, by the parts in it."""
    try:
        with ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except (BadZipFile, ValueError, NotImplementedError, struct.error):
        return Format.CUT
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "xl/workbook.bin" in names:
        return Format.XLSB
    return Format.ODS if "content.xml" in names else Format.OTHER


def _text(start: bytes) -> Format:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:2048].lower().startswith(_WEB_PAGE):
        return Format.HTML
    if start.startswith(b"%PDF") or _BINARY.search(start):
        return Format.OTHER
    if text.startswith(b"{"):
        return Format.JSON_LINES if text.splitlines()[0].rstrip().endswith(b"}") else Format.JSON
    return Format.JSON if text.startswith((b"[{", b"[\n", b"[\r\n")) else Format.TEXT


def refusal(kind: Format, file: str) -> Problem:
    """The Problem of a file whose format is not read."""
    code, what, remedy = _REFUSALS[kind]
    return Problem(Location(file), code, what, remedy, True)
