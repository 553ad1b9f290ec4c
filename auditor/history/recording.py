"""Recording: a run into the tables, and what follows from it into the ledger, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from auditor.history.entry import Entry, Standing
from auditor.history.findings import at_stake
from auditor.history.follow import After, doubtful, follow
from auditor.history.ledger import add_entries, known_until, read_ledger
from auditor.history.record import ConsequenceRecord, FindingRecord, Outcomes, Recorded, RunRecord
from auditor.history.runs import add_run, run_id
from auditor.history.store import Store


def take_in(
    store: Store,
    run: RunRecord,
    findings: Sequence[FindingRecord],
    consequences: Sequence[ConsequenceRecord],
    outcomes: Outcomes,
) -> Recorded:
    """Keep a run and its entries; a run that is there already changes nothing."""
    run = replace(run, id=run_id(run))
    if store.rows("SELECT 1 FROM runs WHERE id = ?", [run.id]):
        return Recorded(run.id, new=False)
    after = After(
        run=run,
        on=date.fromisoformat(run.as_of_text[:10]),
        findings={one.key: one for one in findings},
        drawn={one.key: one for one in consequences},
        outcomes=outcomes,
        at_stake={one.key: one for one in at_stake(store)},
        as_of=known_until(store),
    )
    standings = read_ledger(store)
    entries = follow(after, standings)
    with store.transaction():
        add_run(store, run, findings, consequences)
        add_entries(store, entries)
    return _recorded(after, standings, entries)


def _recorded(after: After, standings: Sequence[Standing], entries: Sequence[Entry]) -> Recorded:
    known = {standing.consequence.key for standing in standings}
    by_state: dict[str, list[str]] = {}
    for entry in entries:
        again = entry.state == "proposed" and entry.key in known
        by_state.setdefault("again" if again else entry.state, []).append(entry.key)
    return Recorded(
        run=after.run.id,
        new=True,
        proposed=tuple(by_state.get("proposed", ())),
        again=tuple(by_state.get("again", ())),
        reversed=tuple(by_state.get("reversed", ())),
        replaced=tuple(by_state.get("replaced", ())),
        doubtful=tuple(doubtful(after, standings, (entry.key for entry in entries))),
    )
