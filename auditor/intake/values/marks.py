"""Marks that stand where a value would: blanks, "not applicable", and Excel's error words."""

from __future__ import annotations

import re

from auditor.fold import fold
from auditor.intake.values.reading import BLANK, INAPPLICABLE, Reading, refuse

ERRORS = frozenset({"#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!", "#spill!", "#calc!"})
UNCACHED = "#UNCACHED!"
"""Stands in the cell of a formula that no program has calculated."""

MERGED = "#MERGED!"
"""Stands in a cell that is merged with one of another column, so that nobody knows what it says itself."""

NOT_APPLICABLE = frozenset({"不适用", "n/a", "/", "//", "-", "--", "—", "——", "–", "不涉及"})
_PICTURE = re.compile(r"=?(_xlfn\.)?dispimg\(.*\)")
"""A picture in a cell, as WPS writes it: ``=DISPIMG("ID_1A2B",1)``."""

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
    if word == UNCACHED.lower():
        what = "The cell holds a formula that was never calculated, so its value is not known."
        return refuse("formula-uncached", what, "Open the workbook in Excel and save it.")
    if word == MERGED.lower():
        what = "The cell is merged with its neighbour, so it is not known which column the value belongs to."
        return refuse("merged-cell", what, "Take the merge apart and write each cell.")
    if _PICTURE.fullmatch(word) and not text_like:
        what = "The cell holds a picture, which says neither yes nor no nor any other value."
        return refuse("picture-cell", what, "Write the value beside the picture, or in its place.")
    if word in NOT_APPLICABLE:
        return INAPPLICABLE
    if text_like:
        return None
    if word in NO_VALUE:
        return BLANK
    return INAPPLICABLE if word in NONE_OF_IT else None
