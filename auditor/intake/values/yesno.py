"""Reading yes and no."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.fold import clean, fold
from auditor.intake.values.reading import Reading, refuse

YES = ("是", "√", "✓", "✔", "☑", "✅", "合格", "通过", "有", "已", "达标", "y", "t", "yes", "true", "1",
       "1.0", "对")  # fmt: skip
NO = ("否", "×", "✗", "✘", "✕", "✖", "❌", "x", "不合格", "未通过", "不通过", "无", "没有", "未", "未达标",
      "不达标", "n", "f", "no", "false", "0", "0.0", "不是")  # fmt: skip
WINGDINGS = {"ü": True, "û": False, "þ": True, "ý": False}
"""Letters that the font Wingdings shows as a tick or a cross, plain or in a box."""

_STEMS = {"已": True, "有": True, "未": False, "没": False}


def read_yesno(text: str, yes: Iterable[str], no: Iterable[str]) -> Reading:
    """Yes or no; ``yes`` and ``no`` are the field's own words and come before the usual ones.

    A word for doing something (已签字, 未签字) counts by its first character.
    """
    word = fold(text)
    for words, answer in ((yes, True), (no, False), (YES, True), (NO, False)):
        if word in {fold(item) for item in words}:
            return Reading(answer)
    if clean(text) in WINGDINGS:
        return Reading(WINGDINGS[clean(text)])
    if word[:1] in _STEMS and len(word) <= 6:
        return Reading(_STEMS[word[:1]])
    what = f"'{text}' is neither yes nor no."
    return refuse("yesno-unreadable", what, "Write 是 or 否, √ or ×, or 不适用.")
