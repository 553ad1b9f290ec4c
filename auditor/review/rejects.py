"""Rejects: the rows that were not taken, in a text table beside the file, with what to do about each."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from auditor.report.characters import writable
from auditor.report.delivery import deliver
from auditor.report.reviewsheet import EDITABLE
from auditor.report.texts import text
from auditor.report.wording import Language
from auditor.review.imports import Rejected
from auditor.review.words import words

_COLUMNS = ("sheet", "line", "fingerprint", *EDITABLE, "what", "remedy")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def rejects_of(path: Path) -> Path:
    """Where the rejects of a file stand: ``review.rejected.csv`` beside ``review.xlsx``."""
    return path.with_name(f"{path.stem}.rejected.csv")


def write_rejects(rejected: Iterable[Rejected], path: Path, lang: Language) -> None:
    """Write them for a spreadsheet; no text becomes a formula there. Raises NotDelivered."""
    lines = [[text(column, lang) for column in _COLUMNS], *(_line(one, lang) for one in rejected)]

    def write(draft: Path) -> None:
        with draft.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(lines)

    deliver(path, write)


def _line(one: Rejected, lang: Language) -> list[str]:
    told = [words(each.code, lang, each.value, each.expected) for each in one.mistakes]
    cells = [one.row.where.sheet or "", str(one.row.where.row), *map(one.row.text, ("fingerprint", *EDITABLE))]
    cells += ["\n".join(what for what, _ in told), "\n".join(remedy for _, remedy in told)]
    return [_plain(cell) for cell in cells]


def _plain(value: str) -> str:
    value = writable(value)[0]
    return f"'{value}" if value.startswith(_RISKY) else value
