"""Place: where a blank sheet may be written."""

from __future__ import annotations

from pathlib import Path

from auditor.location import Location
from auditor.problem import Problem, RuleError


def check_blank(path: Path) -> None:
    """Raise RuleError when a blank sheet must not be written to ``path``: no workbook, or one that may be filled in."""
    place = Location(str(path))
    if path.suffix.lower() != ".xlsx":
        what = f"A blank sheet cannot be written as '{path.suffix or path.name}'."
        raise RuleError([Problem(place, "unknown-format", what, "Name it .xlsx.", True)])
    if path.exists():
        what = "There is a file of this name already, and it may have been filled in."
        raise RuleError([Problem(place, "file-exists", what, "Choose another name, or move the file away.", True)])
