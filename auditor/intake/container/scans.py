"""The Scan of every sheet of a workbook that is not in XML, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZipFile

from auditor.intake.container.biff import scan_book
from auditor.intake.container.biff12 import scan_sheet
from auditor.intake.container.opendocument import scan_content
from auditor.intake.container.parts import binary_sheet_parts
from auditor.intake.container.scan import Scan


def scans_of(path: Path, kind: str, titles: Sequence[str]) -> Mapping[str, Scan]:
    """The Scan of each of the sheets ``titles`` of an ``xls``, ``xlsb`` or ``ods`` file, by its title.

    Raises whatever a damaged file makes the standard library raise.
    """
    if kind == "xls":
        return dict(zip(titles, scan_book(path), strict=True))
    with ZipFile(path) as archive:
        if kind == "ods":
            with archive.open("content.xml") as stream:
                return dict(zip(titles, scan_content(stream), strict=True))
        parts = binary_sheet_parts(archive)
        return {title: scan_sheet(archive, parts[title]) for title in titles}
