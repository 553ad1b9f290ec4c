"""What may stand in a cell: every value that goes into a workbook passes through ``content``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import Literal
from zoneinfo import ZoneInfo

from auditor.report.characters import writable
from auditor.report.wording import Language

Kind = Literal["s", "n", "b", "d"]
Value = str | int | float | bool | datetime | timedelta | None
Mishap = Literal["characters-replaced", "text-cut", "number-blank"]

MOST_UNITS = 32_767
KEPT_UNITS = 32_700
MOST_DIGITS = 15
FIRST_DAY = date(1900, 3, 1)

_CUT: dict[Language, str] = {"zh": "…（已截断，见证据文件）", "en": "… (cut, see the evidence file)"}
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LINE_END = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Content:
    """A value as it is stored: text (s), number (n), yes/no (b) or moment and span (d).

    ``quoted`` text is shown as text even when someone edits the cell. ``mishaps`` say what was lost and how often.
    """

    value: Value
    kind: Kind = "n"
    quoted: bool = False
    mishaps: tuple[tuple[Mishap, int], ...] = ()


_BLANK = Content(None)
_LOST = Content(None, mishaps=(("number-blank", 1),))


def content(value: object, zone: ZoneInfo, lang: Language = "zh") -> Content:
    """``value`` as Excel can hold it; moments with a zone become wall time of ``zone``.

    Raises TypeError for what has no place in a cell, such as bytes.
    """
    match value:
        case None:
            return _BLANK
        case str():
            return _text(value, lang)
        case bool():
            return Content(value, "b")
        case int():
            return Content(value) if abs(value) < 10**MOST_DIGITS else Content(str(value), "s")
        case float():
            return Content(value) if isfinite(value) else _LOST
        case Decimal():
            return Content(float(value)) if value.is_finite() else _LOST
        case date():
            return _moment(value, zone)
        case timedelta():
            return Content(value, "d")
        case list() | tuple() | dict():
            return _text(json.dumps(value, ensure_ascii=False), lang)
    raise TypeError(f"A cell cannot hold {type(value).__name__}.")


def _text(text: str, lang: Language) -> Content:
    written, replaced = text, 0
    if not text.isprintable():
        written, replaced = writable(_LINE_END.sub("\n", text))
    mishaps: tuple[tuple[Mishap, int], ...] = (("characters-replaced", replaced),) if replaced else ()
    if len(written) > MOST_UNITS // 2 and _units(written) > MOST_UNITS:
        written = written.encode("utf-16-le")[: 2 * KEPT_UNITS].decode("utf-16-le", "ignore") + _CUT[lang]
        mishaps += (("text-cut", 1),)
    return Content(written, "s", text.startswith(_RISKY), mishaps)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _moment(value: date, zone: ZoneInfo) -> Content:
    if value != value:  # pandas.NaT is a datetime that is not equal to itself
        return _LOST
    if not isinstance(value, datetime):
        moment = datetime(value.year, value.month, value.day)
        return Content(moment, "d") if value >= FIRST_DAY else Content(value.isoformat(), "s")
    local = value.astimezone(zone).replace(tzinfo=None) if value.tzinfo else value
    if local.date() < FIRST_DAY:
        return Content(local.isoformat(" ", "seconds"), "s")
    return Content(local, "d")
