"""Reports that the product wrote itself: they lie among the logs, and are none."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from auditor.location import Location
from auditor.problem import Problem

REPORT = "auditor:report"
"""The category in the properties of a report."""

_PROPERTIES = "docProps/core.xml"


def is_report(archive: ZipFile) -> bool:
    """The workbook is a report."""
    return _PROPERTIES in archive.namelist() and f">{REPORT}</".encode() in archive.read(_PROPERTIES)


def passed_over(path: Path) -> Problem:
    """The one line that is said of a report."""
    what = "This is a report of an earlier check, so it was passed over."
    return Problem(Location(str(path)), "own-report", what, "Keep reports in a folder of their own.")
