"""Review sheet: what of a workbook comes back from a reviewer, and what lies hidden in it to know it again by."""

from __future__ import annotations

from datetime import date
from typing import Literal
from zlib import crc32

from auditor.report.characters import writable

LISTS, META = "_lists", "_meta"
"""The hidden sheets: the words of the dropdown; the run, and what was written of each finding."""

LAYOUT = "1"
"""The version of the hidden sheet; a reader refuses one it does not know."""

Editable = Literal["decision", "opinion", "expires", "reviewer", "reviewed-on"]
EDITABLE: tuple[Editable, ...] = ("decision", "opinion", "expires", "reviewer", "reviewed-on")
"""The columns that reviewers fill in, by the key of their header."""

FACTS = ("layout", "run", "rulebook", "project", "as_of", "zone")
"""The first rows of the hidden sheet, each a name and a value; below are a header and a row for each finding."""

HEADER = ("key", "rule", "record", "subject", "names", "evidence_hash", "written")
"""``names`` are other names of the subject, ``written`` a mark of four digits for each column as it was written."""

BETWEEN = "\n"
"""What stands between several names."""

MARK = 4


def marks(values: list[str]) -> str:
    """A mark for each text, by which a change of it is known; spaces and line breaks do not count."""
    return "".join([f"{crc32(' '.join(value.split()).encode('utf-8', 'replace')) & 0xFFFF:04x}" for value in values])


def marked(value: object) -> str:
    """A value of a cell as text, as it is when the cell is read back; spans of time are not compared."""
    if isinstance(value, str):
        return value if value.isprintable() else writable(value)[0]
    if isinstance(value, date):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value) if isinstance(value, int) else ""
