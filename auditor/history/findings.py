"""Findings over time: since when each is known, and which are at stake in what the ledger holds."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.history.record import AtStake, Seen
from auditor.history.store import Store


def seen(store: Store, keys: Iterable[str], without: str) -> dict[str, Seen]:
    """Since when findings are known, by key, as if the run ``without`` had not been kept.

    A run that did not judge a finding's rule neither continues nor breaks its row.
    """
    rows = store.rows(
        "WITH turns AS (SELECT * FROM timeline WHERE id <> $without),"
        " hits AS (SELECT DISTINCT f.key, f.rule, t.turn FROM findings f JOIN turns t ON f.run = t.id"
        "          WHERE f.key IN (SELECT unnest($keys))),"
        " chances AS (SELECT h.key, t.turn FROM (SELECT DISTINCT key, rule FROM hits) h"
        "             JOIN rules r ON r.rule = h.rule AND r.status IN ('judged', 'no_cases')"
        "             JOIN turns t ON r.run = t.id),"
        " missed AS (SELECT key, max(turn) AS turn FROM (FROM chances EXCEPT SELECT key, turn FROM hits) GROUP BY key)"
        " SELECT h.key, min(h.turn), count_if(h.turn > coalesce(m.turn, 0)) FROM hits h"
        " LEFT JOIN missed m ON m.key = h.key GROUP BY h.key",
        {"keys": list(keys), "without": without},
    )
    runs = {turn: (run, as_of) for run, as_of, turn in store.rows("SELECT id, as_of, turn FROM timeline")}
    return {key: Seen(*runs[first], count) for key, first, count in rows}


def at_stake(store: Store) -> list[AtStake]:
    """The findings on which consequences rest that are proposed or in force, as the last run had each."""
    rows = store.rows(
        "WITH drawn AS (SELECT DISTINCT unnest(c.findings) AS key FROM consequences c"
        "               JOIN standings s ON s.key = c.key WHERE s.state NOT IN ('rejected', 'reversed', 'replaced'))"
        " SELECT f.key, f.rule, f.record_key, u.version, r.as_of FROM findings f JOIN drawn d ON d.key = f.key"
        " JOIN runs r ON f.run = r.id JOIN rules u ON u.run = f.run AND u.rule = f.rule"
        " QUALIFY row_number() OVER (PARTITION BY f.key ORDER BY r.as_of DESC, r.place DESC) = 1 ORDER BY f.key"
    )
    return [AtStake(*row) for row in rows]
