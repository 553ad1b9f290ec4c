"""File names of notices: what every system takes, and each one once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from auditor.report.notices.notice import Notice

MOST = 60
"""Characters of a name that are kept; with Chinese ones this stays under what file systems hold in bytes."""

_FORBIDDEN = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def file_names(notices: Iterable[Notice]) -> list[str]:
    """A name without an ending for each notice: the subject; where that is taken with the department, or a number."""
    taken: set[str] = set()
    return [_free(notice, taken) for notice in notices]


def _free(notice: Notice, taken: set[str]) -> str:
    plain = safe(notice.subject)
    further = safe(f"{notice.subject}-{notice.department}") if notice.department else plain
    name, number = plain, 1
    while name.casefold() in taken:
        name = further if number == 1 else f"{further}-{number}"
        number += 1
    taken.add(name.casefold())
    return name


def safe(text: str) -> str:
    """``text`` as part of a file name, with ``_`` for what cannot stand there."""
    name = _FORBIDDEN.sub("_", normalize("NFC", text)).strip(" .")[:MOST].rstrip(" .")
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name
