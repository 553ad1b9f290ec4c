"""Candidates: the rows of another record that a lookup may choose from."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.condition import Value
from auditor.kinds.lookup import Pairs
from auditor.kinds.row import Row


@dataclass(frozen=True)
class Candidates:
    """The rows of a looked-up record (alias ``l``): ``sure`` says which of them count, NULL where nobody knows."""

    row: Row
    table: str
    base: str
    pairs: Pairs
    key_unreadable: bool
    sure: str
    order: Value | None
    disordered: str | None = None
    """SQL, never NULL: the cell of ``order`` could not be read; None if that never happens."""
    keys: tuple[str, ...] = ()
    """Their columns that must equal ours."""

    @property
    def uncertain(self) -> bool:
        """Whether of any row it may be unknown whether it matches."""
        return self.sure != "TRUE" or self.key_unreadable or self.disordered is not None

    def before(self, as_of: int) -> str:
        """SQL: the row counts as something done by ``as_of``; NULL where it, or its time, cannot be told."""
        time = self.order.sql if self.order else "NULL"
        lost = f"WHEN {self.disordered} AND {self.sure} IS NOT FALSE THEN NULL " if self.disordered else ""
        return f"(CASE {lost}WHEN {time} IS NULL OR {time} > {as_of} THEN FALSE ELSE {self.sure} END)"
