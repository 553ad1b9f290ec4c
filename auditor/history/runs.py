"""Runs: kept whole, found again by their id or by how long ago they were."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace

from auditor.history.record import ConsequenceRecord, FindingRecord, InputRecord, RuleRecord, RunRecord
from auditor.history.rows import columns_of, record_of, row_of
from auditor.history.store import Store
from auditor.location import Location
from auditor.problem import Problem, RuleError

_RUN = columns_of(RunRecord, "id", "order", "inputs", "rules")
_INPUT = columns_of(InputRecord)
_RULE = columns_of(RuleRecord)
_FINDING = columns_of(FindingRecord)
_CONSEQUENCE = columns_of(ConsequenceRecord)
_LAST = re.compile(r"last(?:~(\d+))?")


def run_id(run: RunRecord) -> str:
    """Twelve hex digits of what is judged by what, as of when: the same run always has the same."""
    said = {
        "inputs": sorted((one.record, one.sha256) for one in run.inputs),
        "as_of": run.as_of,
        "rulebook": run.rulebook,
        "policy": run.policy,
        "regulations": sorted(run.regulations),
        "profile": run.profile,
        "decisions": run.decisions,
        "settings": run.settings,
        "complete": run.complete,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def add_run(
    store: Store, run: RunRecord, findings: Sequence[FindingRecord], consequences: Sequence[ConsequenceRecord]
) -> None:
    """Add a run that has its id to the tables, within a transaction."""
    store.append("runs", [[run.id, store.next_place("runs"), *row_of(run, _RUN)]])
    store.append("inputs", [[run.id, place, *row_of(one, _INPUT)] for place, one in enumerate(run.inputs, 1)])
    store.append("rules", [[run.id, place, *row_of(one, _RULE)] for place, one in enumerate(run.rules, 1)])
    store.append("findings", [[run.id, place, *row_of(one, _FINDING)] for place, one in enumerate(findings, 1)])
    kept = [[run.id, place, *row_of(one, _CONSEQUENCE)] for place, one in enumerate(consequences, 1)]
    store.append("consequences", kept)


def read_runs(store: Store) -> list[RunRecord]:
    """Every run in the order in which they were kept, without inputs and rules."""
    rows = store.rows(f"SELECT id, place, {_names(_RUN)} FROM runs ORDER BY place")
    return [record_of(RunRecord, _RUN, row, inputs=(), rules=(), id=name, order=place) for name, place, *row in rows]


def read_sizes(store: Store) -> dict[str, tuple[int, int]]:
    """How many findings and consequences each run has, by its id."""
    rows = store.rows(
        "SELECT id, (SELECT count(*) FROM findings WHERE run = id), (SELECT count(*) FROM consequences WHERE run = id)"
        " FROM runs"
    )
    return {run: (findings, consequences) for run, findings, consequences in rows}


def find_run(store: Store, name: str) -> RunRecord:
    """A run by its id, the beginning of it, ``last`` or ``last~1``, with inputs and rules; raises RuleError."""
    runs = read_runs(store)
    back = _LAST.fullmatch(name)
    if back:
        ago = int(back[1] or 0)
        found = runs[-1 - ago :][:1] if ago < len(runs) else []
    else:
        found = [run for run in runs if run.id.startswith(name)]
    if len(found) != 1:
        raise RuleError([_unfound(store, name, found)])
    [run] = found
    inputs = _of_run(store, "inputs", _INPUT, run.id)
    rules = _of_run(store, "rules", _RULE, run.id)
    return replace(
        run,
        inputs=tuple(record_of(InputRecord, _INPUT, row) for row in inputs),
        rules=tuple(record_of(RuleRecord, _RULE, row) for row in rules),
    )


def _unfound(store: Store, name: str, found: Sequence[RunRecord]) -> Problem:
    what = f"{len(found)} runs begin with '{name}'." if found else f"There is no run '{name}'."
    remedy = "Write more of it." if found else "`auditor runs list` shows the runs; 'last' is the newest."
    return Problem(Location(str(store.path)), "unknown-run", what, remedy, True)


def read_findings(store: Store, run: str) -> list[FindingRecord]:
    """The findings of a run, in the order in which it had them."""
    return [record_of(FindingRecord, _FINDING, row) for row in _of_run(store, "findings", _FINDING, run)]


def read_consequences(store: Store, run: str) -> list[ConsequenceRecord]:
    """The consequences of a run, in the order in which it drew them."""
    rows = _of_run(store, "consequences", _CONSEQUENCE, run)
    return [record_of(ConsequenceRecord, _CONSEQUENCE, row) for row in rows]


def last_drawn(store: Store) -> dict[str, ConsequenceRecord]:
    """Every consequence as the run had it that drew it last, by key."""
    names = _names(_CONSEQUENCE, "c.")
    rows = store.rows(
        f"SELECT {names} FROM consequences c JOIN runs r ON c.run = r.id"
        " QUALIFY row_number() OVER (PARTITION BY c.key ORDER BY r.place DESC) = 1 ORDER BY c.key"
    )
    return {row[0]: record_of(ConsequenceRecord, _CONSEQUENCE, row) for row in rows}


def _of_run(store: Store, table: str, columns: Sequence[str], run: str) -> list[tuple[object, ...]]:
    return store.rows(f"SELECT {_names(columns)} FROM {table} WHERE run = ? ORDER BY place", [run])


def _names(columns: Sequence[str], alias: str = "") -> str:
    return ", ".join(f'{alias}"{name}"' for name in columns)
