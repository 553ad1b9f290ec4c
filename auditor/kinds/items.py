"""Items: what a checklist asks, and the join that finds the item a row answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from auditor.condition.emit import quoted
from auditor.kinds.itemwording import fold_wording, wording_sql
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
    codes = [(item.code, item.code) for item in items]
    titles = [(key, title) for item in items for key, title in wordings(item).items()]
    for names in (codes, titles):
        keys = [key for key, _ in names]
        for key, name in names:
            if keys.count(key) > 1:
                return name
    return None


def wordings(item: Item) -> dict[str, str]:
    """The titles of an item by what is compared of them."""
    return {fold_wording(title): title for title in (item.title.en, item.title.zh)}


def join_items(items: Sequence[Item], source: str, code: str, name: str, by: Literal["code", "name"]) -> Join:
    """Join the item that a row of ``source`` answers: by its ``code``, or by the wording ``name`` (SQL over ``r``)
    where there is no code. Each different wording in ``source`` is folded once.
    """
    wording = f"'n' || {name}"
    key = wording if by == "name" else f"CASE WHEN {code} IS NULL THEN {wording} ELSE 'c' || {code} END"
    known = [key for item in items for key in wordings(item)]
    named = f"SELECT DISTINCT 'n' || {name} AS _key, 'n' || {wording_sql(name, known)} AS _answers FROM {source} AS r"
    coded = " UNION ALL SELECT _answers, _answers FROM t WHERE starts_with(_answers, 'c')" if by == "code" else ""
    columns = "_answers, code, severity, clause, weight, points, gates"
    body = (
        f"WITH t({columns}) AS (VALUES {', '.join(_rows(items, by))}), n AS ({named}{coded})"
        " SELECT n._key, t.* FROM t, n WHERE t._answers = n._answers AND n._key IS NOT NULL"
    )
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
        keys = [f"n{wording}" for wording in wordings(item)] + ([f"c{item.code}"] if by == "code" else [])
        yield from (f"({quoted(key)}, {rest})" for key in keys)
