"""form: a document that must exist, be complete, signed, and made in time."""

from __future__ import annotations

from typing import Any

from tests.reference.budget import Budget, read_budget
from tests.reference.scope import FAIL, PASS, PENDING, UNKNOWN, within_scope
from tests.reference.values import UNREADABLE, Moment, Row, Verdict, known
from tests.reference.world import Related, Seen, World, read_match, related


def judge_form(world: World) -> dict[str, Verdict]:
    """One obligation for each row that needs the form."""
    record = world.rule["for"]
    out: dict[str, Verdict] = {}
    for row in world.rows(record):
        seen = Seen(world, record, row)
        verdict = within_scope(seen, _needed(world), lambda seen=seen: _decide(seen))  # type: ignore[misc]
        if verdict:
            out[world.key(record, row)] = verdict
    return out


def _needed(world: World) -> set[str]:
    start = {_start_column(world)} if world.rule.get("within") else set()
    return start | {match.ours for match in read_match(_match(world))}


def _start_column(world: World) -> str:
    return str(world.rule.get("from") or world.records[world.rule["for"]].time)


def _match(world: World) -> str:
    return str(world.rule.get("match") or f"related_ref = {world.records[world.rule['for']].key}")


def _documents(seen: Seen) -> Related:
    rule = seen.world.rule
    wanted = rule["of"] if isinstance(rule["of"], list) else [rule["of"]]
    words = ", ".join("'" + word.replace("'", "''") + "'" for word in wanted)
    where = f"{rule.get('type_field', 'doc_type')} in ({words})"
    return related(seen.world, rule.get("document", "document"), _match(seen.world), where, seen.row)


def _decide(seen: Seen) -> Verdict:
    world, documents = seen.world, _documents(seen)
    if not world.rule.get("within"):
        return _best([_flaw(world, row) for row in _by_time(world, documents.sure)], documents, running=False)
    budget = read_budget(world.rule, world.calendar)
    start = seen.value(_start_column(world))
    if start is None:
        return UNKNOWN, "start missing"
    if start.utc > world.as_of:
        return UNKNOWN, "after as_of"
    if not budget.covered(start, [], world.as_of):
        return UNKNOWN, "calendar"
    running = budget.in_time(start, world.now, [])
    if running is None:
        return UNKNOWN, "date only or calendar"
    sure, maybe = ([row for row in rows if not _later(world, row)] for rows in (documents.sure, documents.maybe))
    present = Related(sure, maybe, documents.blank)
    verdicts = [
        _flaw(world, row) or _lateness(budget, start, row.get(_at(world))) for row in _by_time(world, present.sure)
    ]
    return _best(verdicts, present, running)


def _best(verdicts: list[Verdict | None], documents: Related, running: bool) -> Verdict:
    """The verdict on all matching documents, of which None is a flawless one."""
    failed = [verdict for verdict in verdicts if verdict]
    if len(failed) < len(verdicts):
        return PASS, "there"
    if any(verdict[0] == UNKNOWN for verdict in failed):
        return UNKNOWN, "document unclear"
    if running:
        return PENDING, "open"
    if documents.unclear:
        return UNKNOWN, "perhaps there"
    return failed[0] if failed else (FAIL, "missing")


def _at(world: World) -> str:
    return str(world.rule.get("at", "prepared_at"))


def _later(world: World, row: Row) -> bool:
    at = known(row.get(_at(world)))
    return at is not None and at.utc > world.as_of


def _by_time(world: World, rows: list[Row]) -> list[Row]:
    def order(row: Row) -> tuple[bool, int, int]:
        at = known(row.get(_at(world)))
        return at is None, at.utc if at else 0, row["_line"]

    return sorted(rows, key=order)


def _lateness(budget: Budget, start: Moment, at: object) -> Verdict | None:
    """What is wrong with a document's time; None when it was made in time."""
    if not isinstance(at, Moment):
        return UNKNOWN, "document without time"
    answer = budget.in_time(start, at, [])
    if answer is None:
        return UNKNOWN, "date only or calendar"
    return None if answer else (FAIL, "late")


def _flaw(world: World, row: Row) -> Verdict | None:
    """What is wrong with a document apart from its time; None when nothing is."""
    rule = world.rule
    cells = [row.get(name) for name in rule.get("fields") or []]
    signature = _signature(rule)
    copies = row.get("copies") if rule.get("copies") is not None else 0
    if UNREADABLE in cells or copies is UNREADABLE or (signature and row.get(signature) is UNREADABLE):
        return UNKNOWN, "unreadable"
    if None in cells:
        return FAIL, "incomplete"
    if signature and known(row.get(signature)) in (None, False):
        return FAIL, "not signed"
    if rule.get("copies") is None:
        return None
    if known(copies) is None:
        return UNKNOWN, "copies missing"
    return None if copies >= rule["copies"] else (FAIL, "too few copies")


def _signature(rule: Any) -> str | None:
    if not rule.get("signed_by"):
        return None
    return "signed_by_customer" if rule["signed_by"] == "customer" else "signed_by"
