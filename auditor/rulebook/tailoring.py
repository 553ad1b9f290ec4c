"""Tailoring: what an organisation changes in a rulebook, each change with its remark and its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from auditor.location import Location

Figure = str | int | float | bool
Changed = Literal["severity", "off", "parameter"]


@dataclass(frozen=True, slots=True)
class Change:
    """One setting of a rule or parameter: its new ``value``, and why (``remark``).

    ``target`` is the id of a rule, or a parameter as ``regulation.name`` or ``regulation.chapter.name``. ``profile``
    is the one that makes the change, empty when it always applies. ``named`` is where the target is written and
    ``where`` the value.
    """

    kind: Changed
    target: str
    value: Figure
    remark: str
    where: Location
    named: Location
    profile: str = ""

    @property
    def name(self) -> str:
        """The parameter as its chapter calls it, or the id of the rule."""
        return self.target.rpartition(".")[2]

    @property
    def says_who(self) -> str:
        """``profile strict, auditor.yaml:20:9``, or the place alone."""
        return f"profile {self.profile}, {self.where}" if self.profile else str(self.where)


@dataclass(frozen=True, slots=True)
class Tailoring:
    """The changes of one project, in the order in which they are made; ``profile`` is the one in force."""

    project: str
    profile: str | None = None
    changes: tuple[Change, ...] = ()
