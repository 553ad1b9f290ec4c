"""Slip: one small change to a value of a rule, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Slip:
    """A value that becomes another: ``was`` and ``now`` as a person reads them, ``value`` as a rule file writes it.

    ``lacks`` says which example would notice, to stand after "add"; a ``value`` of None is taken out of its list.
    """

    value: Any
    was: str
    now: str
    lacks: str
