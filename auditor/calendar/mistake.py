"""Mistake: what is wrong with one value of a calendar file, before its place is known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class Mistake(ValueError):
    """A value that cannot be used; ``what`` and ``remedy`` are whole sentences."""

    def __init__(self, what: str, remedy: str) -> None:
        """Keep both sentences; the message is the two of them."""
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} {remedy}")


def nearest(word: str, valid: Iterable[str]) -> str:
    """A remedy for a misspelt ``word``: the nearest valid one, or all of them."""
    known = list(valid)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else f"Use one of: {', '.join(known)}."
