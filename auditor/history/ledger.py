"""Ledger: the consequences that were proposed, and every step since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from auditor.history.entry import Entry, Standing, State
from auditor.history.runs import last_drawn
from auditor.history.steps import check_step, in_the_way, refuse
from auditor.history.store import Store
from auditor.location import Location
from auditor.problem import Problem, RuleError


def read_ledger(store: Store) -> list[Standing]:
    """Every consequence that was ever proposed, by its key, with its entries, oldest first."""
    entries: dict[str, list[Entry]] = {}
    columns = 'key, state, "by", "on", why, run, findings, place'
    for key, state, by, on, why, run, findings, place in store.rows(f"SELECT {columns} FROM entries ORDER BY place"):
        entries.setdefault(key, []).append(Entry(key, state, by, on, why, run, tuple(findings), place))
    drawn = last_drawn(store) if entries else {}
    return [Standing(drawn[key], tuple(entries[key])) for key in sorted(entries)]


def add_entries(store: Store, entries: Iterable[Entry]) -> None:
    """Add steps, within a transaction."""
    rows = [[one.key, one.state, one.by, one.on, one.why, one.run, list(one.findings)] for one in entries]
    store.append("entries", [[place, *row] for place, row in enumerate(rows, store.next_place("entries"))])


def find_standings(standings: Sequence[Standing], keys: Iterable[str]) -> list[Standing]:
    """The consequences whose keys begin so; raises RuleError for a beginning of none, or of several."""
    found: dict[str, Standing] = {}
    for key in keys:
        those = [one for one in standings if one.consequence.key.startswith(key)]
        if len(those) != 1:
            raise RuleError([_unfound(key, len(those))])
        found[those[0].consequence.key] = those[0]
    return list(found.values())


def _unfound(key: str, count: int) -> Problem:
    what = f"{count} consequences begin with '{key}'." if count else f"There is no consequence '{key}' in the ledger."
    remedy = "Write more of it." if count else "`auditor ledger list` shows them."
    return Problem(Location("KEY"), "unknown-consequence", what, remedy, True)


def take_steps(store: Store, keys: Sequence[str], step: State, by: str, on: date, why: str) -> list[Entry]:
    """Take the same step for several consequences (keys or their beginnings), all or none; raises RuleError."""
    standings = read_ledger(store)
    made: list[Entry] = []
    for standing in find_standings(standings, keys):
        check_step(standing, step, by, why)
        _check_day(standing, on)
        if step == "approved":
            made += _make_way(standing, standings, by, on)
        made.append(Entry(standing.consequence.key, step, by, on, why))
    with store.transaction():
        add_entries(store, made)
    return made


def _check_day(standing: Standing, on: date) -> None:
    last = standing.entries[-1]
    if on < last.on:
        what = f"{on} is before the step that it follows: {last.state} on {last.on}."
        raise refuse(standing.consequence, what, "Give the day of this step with --on.")


def _make_way(standing: Standing, standings: Sequence[Standing], by: str, on: date) -> list[Entry]:
    """What was approved for the same matter gives way; what was applied has to be reversed first."""
    other = in_the_way(standing, standings)
    if other is None:
        return []
    if other.state != "approved":
        what = f"{other.consequence.key} is {other.state} for the same findings: both would count."
        raise refuse(standing.consequence, what, "Reverse that one first, after an appeal.")
    return [Entry(other.consequence.key, "replaced", by, on, f"replaced by {standing.consequence.key}")]


def known_until(store: Store) -> dict[str, int]:
    """As of when each consequence was last drawn, or a step of it followed from a run; UTC seconds, by key."""
    rows = store.rows(
        "SELECT key, max(as_of) FROM (SELECT key, run FROM consequences UNION ALL SELECT key, run FROM entries) d"
        " JOIN runs r ON d.run = r.id GROUP BY key"
    )
    return {row[0]: row[1] for row in rows}
