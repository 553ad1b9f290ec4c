"""Standing: whether a file stood still while it was read."""

from __future__ import annotations

from pathlib import Path

from auditor.location import Location
from auditor.problem import Problem

Standing = tuple[int, int] | None
"""Bytes, and nanoseconds of the last change; None for a file that cannot be looked at."""


def standing(path: Path) -> Standing:
    """How the file at ``path`` stands now."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def changing(path: Path) -> Problem:
    """The file changed between the beginning and the end of reading, so nothing of it can be used."""
    what = "The file was being written while it was read, so nothing of it was used."
    return Problem(Location(str(path)), "file-changing", what, "Run again when it has been saved.", True)
