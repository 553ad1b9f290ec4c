"""Names of sheets: what Excel takes, and each one once."""

from __future__ import annotations

import re
from collections.abc import Collection

MOST_UNITS = 31
_FORBIDDEN = re.compile(r"[\\/*?:\[\]\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def sheet_name(wanted: str, taken: Collection[str] = ()) -> str:
    """A sheet name as near to ``wanted`` as Excel allows, unlike all ``taken`` ones whatever their case.

    A second sheet of a name is ``name(2)``, the third ``name(3)``.
    """
    plain = _FORBIDDEN.sub("", wanted).strip().strip("'").strip() or "Sheet"
    if plain.casefold() == "history":
        plain += "_"
    used = {name.casefold() for name in taken}
    name, nth = _short(plain, ""), 1
    while name.casefold() in used:
        nth += 1
        name = _short(plain, f"({nth})")
    return name


def _short(name: str, tail: str) -> str:
    units = name.encode("utf-16-le")[: 2 * (MOST_UNITS - len(tail))]
    return units.decode("utf-16-le", "ignore").rstrip("' ") + tail
