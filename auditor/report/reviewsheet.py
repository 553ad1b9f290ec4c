"""Review sheet: what of a workbook comes back from a reviewer, and what lies hidden in it to know it again by."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zlib import crc32

from auditor.report.characters import writable
from auditor.report.wording import Language

LISTS, META = "_lists", "_meta"
"""The hidden sheets: the words of the dropdown; the run, and what was written of each finding."""

LAYOUT = "1"
"""The version of the hidden sheet; a reader refuses one it does not know."""

Editable = Literal["decision", "opinion", "expires", "reviewer", "reviewed-on"]
EDITABLE: tuple[Editable, ...] = ("decision", "opinion", "expires", "reviewer", "reviewed-on")
"""The columns that reviewers fill in, by the key of their header."""

COLUMNS = (
    "fingerprint", "rule", "title", "severity", "department", "subject", "key", "occurred", "due", "late", "sentence",
    "clause", "provisional", "evidence", "first-seen", "times-seen", "review", *EDITABLE,
)  # fmt: skip
"""The columns of the sheet of findings, in order, by the key of their header."""

FACTS = ("layout", "run", "rulebook", "project", "as_of", "zone")
"""The first rows of the hidden sheet, each a name and a value; below are a header and a row for each finding."""

HEADER = ("key", "rule", "record", "subject", "names", "evidence_hash", "written")
"""``names`` are other names of the subject, ``written`` a mark of eight digits for each column as it was written."""

BETWEEN = "\n"
"""What stands between several names."""

MARK = 8

_HALF = timedelta(seconds=0.5)
"""A spreadsheet that saves a workbook again keeps moments less exactly."""

LANGUAGES: tuple[Language, ...] = ("zh", "en")
"""In which a sheet may have been written."""


@lru_cache(maxsize=1 << 16)
def mark(value: object) -> str:
    """Eight digits by which a change of a cell's value is known; spaces and line breaks do not count."""
    return f"{crc32(' '.join(_marked(value).split()).encode('utf-8', 'replace')):08x}"


def _marked(value: object) -> str:
    """A value as text, the same when it is written and when it is read back; spans of time are not compared."""
    if isinstance(value, str):
        return value if value.isprintable() else writable(value)[0]
    if isinstance(value, date):
        moment = value + _HALF if isinstance(value, datetime) and value.microsecond else value
        return f"{moment:%Y-%m-%d %H:%M:%S}"
    return f"{value:.15g}" if isinstance(value, int | float) else ""
