"""Marks that stand where a value would: blanks, "not applicable", and Excel's error words."""

from __future__ import annotations

from auditor.fold import fold
from auditor.intake.values.reading import BLANK, INAPPLICABLE, Reading, refuse

ERRORS = frozenset({"#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!", "#spill!", "#calc!"})
NOT_APPLICABLE = frozenset({"不适用", "n/a", "/", "//", "-", "--", "—", "——", "–", "不涉及"})
NO_VALUE = frozenset({"null", "none", "nan", "nat", "\\n"})
NONE_OF_IT = frozenset({"无", "没有", "na", "暂无"})


def read_mark(text: str, blanks: frozenset[str], *, text_like: bool) -> Reading | None:
    """What ``text`` means if it is a mark, else None.

    ``blanks`` are the record type's own marks of an empty cell. In ``text_like`` columns 无 and null
    are words (null is also a surname); elsewhere 无 is "not applicable" and null is blank.
    """
    word = fold(text)
    if not word or word in blanks:
        return BLANK
    if word in ERRORS:
        what = f"The cell holds Excel's error '{text}', not a value."
        return refuse("error-cell", what, "Correct the formula or write the value.")
    if word in NOT_APPLICABLE:
        return INAPPLICABLE
    if text_like:
        return None
    if word in NO_VALUE:
        return BLANK
    return INAPPLICABLE if word in NONE_OF_IT else None
