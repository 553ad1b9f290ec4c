"""Reading ids, persons and text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.fold import SPACES, ZERO_WIDTH, clean, fold
from auditor.intake.values.reading import Reading, refuse

_PROTECTED = re.compile(r'="(.*)"', re.DOTALL)
_WHOLE_FLOAT = re.compile(r"(\d{1,15})\.0+")
_SCIENTIFIC = re.compile(r"\d\.\d+E\+?\d{2,}|\dE\+\d{2,}", re.IGNORECASE)
_CJK = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NO_WIDTH = dict.fromkeys(map(ord, ZERO_WIDTH))
_INSIDE_CJK = re.compile(f"(?<=[{_CJK}])\\s+(?=[{_CJK}])")


def unprotect(text: str) -> str:
    """``text`` without what Excel exports put around it to keep it text (``="0012"``, a leading ``'``)."""
    inner = _PROTECTED.fullmatch(text.strip())
    return inner.group(1) if inner else text.strip().removeprefix("'")


def read_id(text: str) -> Reading:
    """An id: leading zeros kept, ``12.0`` is ``12``; a number that has lost digits is refused."""
    word = clean(unprotect(text))
    if _SCIENTIFIC.fullmatch(word):
        what = f"The id '{text}' was kept as a number and has lost its last digits."
        return refuse("id-digits-lost", what, "Format the column as text and enter the ids again.")
    whole = _WHOLE_FLOAT.fullmatch(word)
    return Reading(whole.group(1) if whole else word)


def read_person(text: str) -> Reading:
    """A name: no spaces between Chinese characters, single spaces between other words."""
    word = _INSIDE_CJK.sub("", clean(unprotect(text)))
    return Reading(" ".join(word.split()))


def read_text(text: str) -> Reading:
    """Free text, trimmed, without characters of no width."""
    return Reading(unprotect(text).strip(SPACES).translate(_NO_WIDTH))


def read_word(text: str, words: Mapping[str, str]) -> Reading:
    """A word of a vocabulary (folded -> as listed), in its listed spelling; refuses any other.

    Another word may be a synonym, so that nobody can say whether a rule is meant (电话回访 is a 回访).
    """
    found = words.get(fold(unprotect(text)))
    if found is not None:
        return Reading(found)
    listed = "、".join(words.values())
    return refuse("word-unknown", f"'{text}' is none of the words of this column.", f"Write one of {listed}.")
