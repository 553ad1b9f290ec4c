"""Reading numbers."""

from __future__ import annotations

import math
import re

from auditor.fold import clean, simplify
from auditor.intake.values.reading import Reading, refuse
from auditor.intake.values.text import unprotect

_NUMBER = re.compile(
    r"(?P<open>\()?(?P<money>[¥$])?\s*(?P<sign>[-+])?\s*(?P<money2>[¥$])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)?(?P<fraction>\.\d+)?(?P<power>[eE][-+]?\d{1,3})?\s*"
    r"(?P<scale>[万亿%])?(?P<unit>元整|元|块|分钟|分|秒|小时|天|日|次|件|个|份|台|人|点|岁)?(?P<close>\))?"
)
_REMEDY = "Write one plain number, such as 1234.5."
_OPEN = (
    (re.compile(r"\D*\d[\d.,]*\D{0,3}(?:-|~|—|至|到)\D?\d.*"), "number-range", "'{}' is a range, and no one number."),
    (
        re.compile(r"(?:约|大约|大概|近|将近|不到|超过|至少|至多|最多|最少|[≥≤><±])=?\s*\S*\d.*|\d.*(?:左右|多|余|以上|以下|以内|\+)"),
        "number-inexact", "'{}' does not say which number it is.",
    ),
)  # fmt: skip
_SHIFT = {"%": -2, "万": 4, "亿": 8, None: 0}
"""By how many places a scale moves the point: in figures, so that 0.65% is 0.0065 and not its neighbour."""

_GREATEST = 2**63


def read_number(text: str) -> Reading:
    """A number as DOUBLE: thousands separators, full width, ``%``, ``(5)``, 万 and 亿, a unit after it."""
    word = simplify(clean(unprotect(text))).replace("−", "-").replace("–", "-")
    match = _NUMBER.fullmatch(word)
    if match is None or not (match["digits"] or match["fraction"]) or bool(match["open"]) != bool(match["close"]):
        return _refuse(text, word)
    plain = (match["digits"] or "0").replace(",", "") + (match["fraction"] or "")
    power = int((match["power"] or "e0")[1:]) + _SHIFT[match["scale"]]
    size = float(f"{plain}e{power}")
    if not math.isfinite(size):
        return refuse("number-unreadable", f"'{text}' is too large a number.", "Write the number in figures.")
    return Reading(-size if match["sign"] == "-" or match["open"] else size)


def read_integer(text: str) -> Reading:
    """A whole number as BIGINT; refuses a fraction."""
    reading = read_number(text)
    if not isinstance(reading.value, float):
        return reading
    if reading.value != int(reading.value) or abs(reading.value) >= _GREATEST:
        return refuse("integer-unreadable", f"'{text}' is not a whole number.", "Write a whole number.")
    return Reading(int(reading.value))


def _refuse(text: str, word: str) -> Reading:
    """Why ``text``, normalised to ``word``, is no number."""
    for pattern, code, what in _OPEN:
        if pattern.fullmatch(word):
            return refuse(code, what.format(text), _REMEDY)
    return refuse("number-unreadable", f"'{text}' is not a number.", _REMEDY)
