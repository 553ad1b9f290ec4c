"""Characters that no workbook and no page may hold: control characters, halves of pairs, noncharacters."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> tuple[str, int]:
    """``text`` with U+FFFD for every such character, and how many there were."""
    return _UNWRITABLE.subn("\ufffd", text)
