"""Items: what a checklist asks, and the join that finds the item a row answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from auditor.condition.emit import quoted
from auditor.kinds.judgement import Join
from auditor.kinds.rule import Frozen, Severity, Words

WEIGHT = "DECIMAL(18, 6)"
"""Weights and points are added up exactly in this type."""


class Item(Frozen):
    """One line of a checklist; ``points`` are what a miss costs (default: its weight)."""

    code: str
    title: Words
    covers: tuple[str, ...]
    weight: float = Field(default=1, ge=0)
    points: float | None = Field(default=None, ge=0)
    severity: Severity | None = None
    critical: Literal["item", "section", "sheet"] | None = None
    section: str | None = None


def repeated(items: Sequence[Item]) -> str | None:
    """A code or wording that two items share, so that a row could not be told to answer one of them."""
    for names in ([item.code for item in items], [name for item in items for name in _titles(item)]):
        for name in names:
            if names.count(name) > 1:
                return name
    return None


def join_items(items: Sequence[Item], code: str, name: str, by: Literal["code", "name"]) -> Join:
    """Join the item that a row answers: by its ``code``, or by the wording ``name`` (SQL) where there is no code."""
    wording = f"'n' || trim({name})"
    key = wording if by == "name" else f"CASE WHEN {code} IS NULL THEN {wording} ELSE 'c' || {code} END"
    columns = "_key, code, severity, clause, weight, points, gates"
    body = f"SELECT * FROM (VALUES {', '.join(_rows(items, by))}) AS t({columns})"
    alias = "i" + hashlib.sha256((body + key).encode()).hexdigest()[:12]
    return Join(alias, f"LEFT JOIN ({body}) AS {alias} ON {alias}._key = {key}")


def _rows(items: Sequence[Item], by: Literal["code", "name"]) -> Iterator[str]:
    for item in items:
        points = item.weight if item.points is None else item.points
        rest = ", ".join([
            quoted(item.code),
            quoted(item.severity) if item.severity else "CAST(NULL AS VARCHAR)",
            quoted(item.covers[0]) if item.covers else "CAST(NULL AS VARCHAR)",
            f"CAST({item.weight!r} AS {WEIGHT})",
            f"CAST({points!r} AS {WEIGHT})",
            "TRUE" if item.critical == "sheet" else "FALSE",
        ])  # fmt: skip
        keys = [f"n{title}" for title in _titles(item)] + ([f"c{item.code}"] if by == "code" else [])
        yield from (f"({quoted(key)}, {rest})" for key in keys)


def _titles(item: Item) -> list[str]:
    return list(dict.fromkeys((item.title.zh.strip(), item.title.en.strip())))
