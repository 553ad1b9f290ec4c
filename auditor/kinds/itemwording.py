"""Wording of an inspection item: how two ways of writing it are made equal, in Python and in SQL.

Inspectors copy items by hand: with their number before them, a full stop behind them, in full width, with
spaces, in traditional characters. What is left when all that is taken away says which item was meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from auditor.condition.emit import quoted
from auditor.fold import SPACES, simplify

_CIRCLED = "^[①-⑳⑴-⒛㈠-㈩❶-❿]+"
_NUMBER = "[0-9]{1,3}|[一二三四五六七八九十]{1,3}"
_CLOSED = rf"(?:[(](?:{_NUMBER})[)]|(?:{_NUMBER})[)、])*"
_POINTED = rf"(?:{_NUMBER})(?:[.](?:{_NUMBER}))*[.,:]"
_ENUMERATION = rf"^{_CLOSED}(?:{_POINTED}{_CLOSED}([^0-9].*)|(.+))$"
"""A point that is followed by a figure is that of a decimal: 1.5 stays."""

_END = "[。.;!,、:]+$"
_OF_PATTERNS = "0123456789一二三四五六七八九十().、,:。;!"


def fold_wording(text: str) -> str:
    """``text`` for comparison: one script and width, lower case, no spaces, no number before it, no mark behind it."""
    plain = re.sub(_CIRCLED, "", text.strip(SPACES)).translate(_folds())
    return re.sub(_END, "", re.sub(_ENUMERATION, r"\1\2", plain))


def wording_sql(sql: str, known: Iterable[str]) -> str:
    """SQL of fold_wording for the texts ``sql`` that come to one of the folded wordings ``known``; others stay apart.

    Only characters that stand for one in ``known`` are folded: no other text can become one of them.
    """
    wanted = {*"".join(known), *_OF_PATTERNS}
    pairs = [(chr(code), shown) for code, shown in _folds().items() if shown in wanted]
    gone = "".join(chr(code) for code, shown in _folds().items() if not shown)
    trimmed = f"trim({sql}, {quoted(SPACES)})"
    written, meant = "".join(written for written, _ in pairs), "".join(meant for _, meant in pairs)
    plain = f"translate({_without(_CIRCLED, trimmed)}, {quoted(written + gone)}, {quoted(meant)})"
    return _without(_END, f"regexp_replace({plain}, {quoted(_ENUMERATION)}, '\\1\\2')")


def _without(pattern: str, sql: str) -> str:
    return f"regexp_replace({sql}, {quoted(pattern)}, '')"


@lru_cache(maxsize=1)
def _folds() -> dict[int, str]:
    """Every character that is not compared as it stands, with the one it stands for, or nothing for a space."""
    found = {ord(space): "" for space in SPACES}
    for code in range(0x10000):
        plain = unicodedata.normalize("NFKC", chr(code))
        folded = simplify(plain).lower() if len(plain) == 1 else plain
        if len(folded) == 1 and folded != chr(code) and code not in found:
            found[code] = "" if folded in SPACES else folded
    return found
