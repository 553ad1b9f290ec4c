"""Decisions: what reviewers said, added file by file, each file once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.history.decision import Decision
from auditor.history.store import Store

_COLUMNS = (
    "finding_key", "decision", "reason", "reviewer", "decided_on", "expires", "evidence_hash", "source", "row",
)  # fmt: skip


def imported(store: Store, sha256: str) -> bool:
    """Whether decisions of a file of these bytes were taken in."""
    return bool(store.rows("SELECT 1 FROM imports WHERE sha256 = ? LIMIT 1", [sha256]))


def add_decisions(store: Store, decisions: Iterable[Decision], sha256: str, file: str) -> int:
    """Add the decisions of a file that say something new, within one transaction; returns how many they are."""
    if imported(store, sha256):
        return 0
    new = _new(read_decisions(store), decisions)
    with store.transaction():
        store.append("imports", [[store.next_place("imports"), sha256, file, len(new)]])
        first = store.next_place("decisions")
        rows = [[place, *(getattr(one, name) for name in _COLUMNS)] for place, one in enumerate(new, first)]
        store.append("decisions", rows)
    return len(new)


def read_decisions(store: Store) -> list[Decision]:
    """Every decision, by the day it was taken and then in the order of import."""
    columns = ", ".join(f'"{name}"' for name in _COLUMNS)
    rows = store.rows(f"SELECT {columns} FROM decisions ORDER BY decided_on, place")
    return [Decision(*row) for row in rows]


def _new(kept: Sequence[Decision], decisions: Iterable[Decision]) -> list[Decision]:
    """Without those that repeat what is in force, or what was said before it."""
    known = {_said(one) for one in kept}
    last = {one.finding_key: one for one in kept}
    new = []
    for one in decisions:
        latest = last.get(one.finding_key)
        if latest and _said(one) in known and (_said(one) == _said(latest) or one.decided_on < latest.decided_on):
            continue
        new.append(one)
        known.add(_said(one))
        last[one.finding_key] = one
    return new


def _said(decision: Decision) -> tuple[object, ...]:
    """What a decision says, wherever it was written."""
    return tuple(getattr(decision, name) for name in _COLUMNS[:-2])
