"""Duration: how long something may take, in the spellings of rules: ``30min 8h 8bh 0d 3d 2wd 1mon 1y``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from auditor.mistake import Mistake, close

Unit = Literal["s", "min", "h", "bh", "d", "wd", "mon", "y"]
Language = Literal["zh", "en"]

_SECONDS = {"s": 1, "min": 60, "h": 3600}
_SPELLING = re.compile(r"([0-9]{1,6})(s|min|h|bh|d|wd|mon|y)")
_LOOSE = re.compile(r"([0-9]{1,6}(?:\.[0-9]+)?)\s*个?\s*(\D*)")
_SPELLINGS = "30min, 8h (elapsed), 8bh (working hours), 3d (calendar days), 3wd (working days), 1mon or 1y"

# What a word that is no unit may stand for: the units to choose from and how many of them it holds.
_HOURS = (("h", 1), ("bh", 1))
_DAYS = (("h", 24), ("d", 1), ("wd", 1))
_MEANT: dict[str, tuple[tuple[str, int], ...]] = {
    **dict.fromkeys(("", "day", "days", "天", "日"), _DAYS),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "小时", "时", "钟头"), _HOURS),
    **dict.fromkeys(("minute", "minutes", "mins", "分钟", "分"), (("min", 1),)),
    **dict.fromkeys(("second", "seconds", "sec", "secs", "秒", "秒钟"), (("s", 1),)),
    **dict.fromkeys(("working hours", "business hours", "工作小时", "工时"), (("bh", 1),)),
    **dict.fromkeys(("working days", "business days", "workdays", "bd", "工作日"), (("wd", 1),)),
    **dict.fromkeys(("calendar days", "natural days", "自然日"), (("d", 1),)),
    **dict.fromkeys(("m",), (("min", 1), ("mon", 1))),
    **dict.fromkeys(("w", "week", "weeks", "周", "星期"), (("d", 7),)),
    **dict.fromkeys(("month", "months", "月"), (("mon", 1),)),
    **dict.fromkeys(("year", "years", "年"), (("y", 1),)),
}

_WORDS_ZH = {
    "s": "{} 秒",
    "min": "{} 分钟",
    "h": "{} 小时",
    "bh": "{} 个工作小时",
    "d": "{} 个自然日内",
    "wd": "{} 个工作日内",
    "mon": "{} 个月内",
    "y": "{} 年内",
}
_WORDS_EN = {
    "s": "second",
    "min": "minute",
    "h": "hour",
    "bh": "working hour",
    "d": "calendar day",
    "wd": "working day",
    "mon": "month",
    "y": "year",
}
_SAME_DAY = {
    ("zh", "d"): "当日内",
    ("zh", "wd"): "当个工作日内",
    ("en", "d"): "the same day",
    ("en", "wd"): "the same working day",
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of one unit: elapsed (s, min, h), working hours (bh), days (d, wd), months (mon) or years (y)."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        """The spelling of rules, such as ``8bh``."""
        return f"{self.amount}{self.unit}"

    @property
    def elapsed(self) -> int | None:
        """Its length in seconds when it is elapsed time (s, min, h), else None."""
        factor = _SECONDS.get(self.unit)
        return None if factor is None else self.amount * factor

    def text(self, lang: Language) -> str:
        """Words for people: ``3 个工作日内`` or ``3 working days``."""
        if self.amount == 0 and self.unit in ("d", "wd"):
            return _SAME_DAY[lang, self.unit]
        if lang == "zh":
            return _WORDS_ZH[self.unit].format(self.amount)
        return f"{self.amount} {_WORDS_EN[self.unit]}{'' if self.amount == 1 else 's'}"


def parse_duration(text: str) -> Duration:
    """Read one spelling such as ``8bh``; raises Mistake where the text could mean several things or nothing."""
    found = _SPELLING.fullmatch(text)
    if found:
        return Duration(int(found[1]), cast(Unit, found[2]))
    raise _refusal(text)


def _refusal(text: str) -> Mistake:
    """Why ``text`` is refused, and the spelling that was probably meant."""
    loose = _LOOSE.fullmatch(text.strip())
    if loose is None:
        return Mistake(f"'{text}' is not a duration.", f"Write one such as {_SPELLINGS}.")
    number, word = loose[1], loose[2].strip().lower()
    if "." in number:
        return Mistake(f"'{text}' is not a whole number.", _smaller_unit(number, word))
    choices = _choices(int(number), word)
    if len(choices) > 1:
        what = f"'{text}' does not say which kind of time it means."
        return Mistake(what, f"Write {', '.join(choices[:-1])} or {choices[-1]}.")
    if choices:
        return Mistake(f"'{text}' is not a spelling of a duration.", f"Did you mean {choices[0]}?")
    return Mistake(f"'{word}' is not a unit of time.", f"Write a duration such as {_SPELLINGS}.")


def _choices(amount: int, word: str) -> list[str]:
    """The spellings with their meanings that ``amount`` of ``word`` may stand for."""
    if word not in _MEANT and word not in _WORDS_EN:
        word = close(word, [*_WORDS_EN, *_MEANT]) or word
    if word in _WORDS_EN:
        return [f"{amount}{word}"]
    meant = _MEANT.get(word, ())
    if len(meant) == 1:
        return [f"{amount * meant[0][1]}{meant[0][0]}"]
    return [f"{amount * factor}{unit} ({_MEANING[unit]})" for unit, factor in meant]


_MEANING = {
    "h": "elapsed hours",
    "bh": "working hours",
    "d": "calendar days",
    "wd": "working days",
    "min": "minutes",
    "mon": "months",
}


def _smaller_unit(number: str, word: str) -> str:
    """What to write instead of a fraction: minutes for elapsed hours, else a whole number."""
    if word in ("h", "hour", "hours", "小时"):
        return f"Write {round(float(number) * 60)}min."
    return "Write a whole number of a smaller unit."
