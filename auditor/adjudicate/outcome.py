"""What the engine reports for one subject, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Plain = tuple[str, Mapping[str, str | bool | int]]
"""A fact without its id and subject: its name and its attributes."""


@dataclass(frozen=True, slots=True)
class Firing:
    """Provision number ``provision`` fired on ``facts``; ``concluded`` is the number of the new fact, if any.

    Facts are numbered from 1 in each subject: the given ones in their order, then the concluded ones.
    """

    provision: int
    facts: tuple[int, ...]
    concluded: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that follows for one subject: the facts concluded and every firing, in the order they came."""

    concluded: tuple[Plain, ...]
    firings: tuple[Firing, ...]
