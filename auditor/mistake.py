"""Mistake: what is wrong with a value that somebody wrote, before its place is known; and the name they meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MOST_NAMES = 12
"""How many known names a remedy lists when none of them is near."""


class Mistake(ValueError):
    """A value that cannot be used; ``what`` and ``remedy`` are whole sentences.

    ``field`` is the field to blame when a model as a whole is wrong.
    """

    def __init__(self, what: str, remedy: str, field: str = "") -> None:
        """Keep the parts; the message is the two sentences."""
        self.what = what
        self.remedy = remedy
        self.field = field
        super().__init__(f"{what} {remedy}")


def nearest(word: object, known: Iterable[str], otherwise: str = "") -> str:
    """The remedy for a name that is not known: the nearest one, else ``otherwise``, else the first known ones."""
    names = sorted(known)
    near = close(word, names)
    if near:
        return f"Did you mean '{near}'?"
    if otherwise:
        return otherwise
    if not names:
        return "None is declared."
    last = names[-1] if len(names) <= MOST_NAMES else f"{len(names) - MOST_NAMES} more"
    listed = ", ".join(names[:-1][:MOST_NAMES])
    return f"It can be {listed} or {last}." if listed else f"It can be {last}."


def close(word: object, known: Iterable[str]) -> str | None:
    """The known name that ``word`` was probably meant to be, or None."""
    return next(iter(get_close_matches(str(word), sorted(known), n=1)), None)
