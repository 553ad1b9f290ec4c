"""deadline: something is done within a time of something else."""

from __future__ import annotations

from typing import Any

from tests.reference.budget import Budget, Pause, read_budget
from tests.reference.scope import FAIL, PASS, PENDING, UNKNOWN, surely_owes, within_scope
from tests.reference.values import UNREADABLE, Moment, Row, Verdict, known
from tests.reference.world import Seen, World, columns_of, related


def judge_deadline(world: World) -> dict[str, Verdict]:
    """One obligation for each row in scope."""
    rule = world.rule
    sights = [Seen(world, rule["record"], row) for row in world.rows(rule["record"])]
    partners = _pairs(sights) if rule.get("match") == "one_to_one" else None
    out: dict[str, Verdict] = {}
    for seen in sights:
        verdict = within_scope(seen, _needed(seen), lambda seen=seen: _decide(seen, partners))  # type: ignore[misc]
        if verdict:
            out[world.key(rule["record"], seen.row)] = verdict
    return out


def _needed(seen: Seen) -> set[str]:
    rule = seen.world.rule
    own_target = [] if "." in rule["to"] else [rule["to"]]
    pauses = rule.get("pauses") or []
    own_pauses = (
        [one[end] for one in pauses if "record" not in one for end in ("from", "to")] if _listed(pauses) else []
    )
    matched = columns_of(rule["from"], *own_target, *own_pauses)
    return matched | ({f"{rule['to'].split('.')[0]}.found"} if not own_target else set())


def _listed(pauses: Any) -> bool:
    return isinstance(pauses, list)


def _decide(seen: Seen, partners: dict[int, Row | None] | None) -> Verdict:
    rule, world = seen.world.rule, seen.world
    start = seen.value(rule["from"])
    if start is None:
        return UNKNOWN, "start missing"
    pauses, doubtful = _pauses(seen)
    target = _target(seen, start, partners)
    verdict = judge_span(world, read_budget(rule, world.calendar), start, target, pauses)
    if verdict[0] == FAIL and (doubtful or _perhaps_done(seen, start)):
        return UNKNOWN, "perhaps done"
    return verdict


def judge_span(world: World, budget: Budget, start: Moment, target: Moment | None, pauses: list[Pause]) -> Verdict:
    """The verdict on a start and its target, as of now. A target before its start or after now is none."""
    if start.utc > world.as_of:
        return UNKNOWN, "after as_of"
    if target and (before(target, start, budget) or target.utc > world.as_of):
        target = None
    end = target or world.now
    if not budget.covered(start, pauses, end.utc):
        return UNKNOWN, "calendar"
    answer = budget.in_time(start, end, pauses)
    if answer is None:
        return UNKNOWN, "date only or calendar"
    if answer:
        return (PASS, "in time") if target else (PENDING, "open")
    return FAIL, "late" if target else "absent"


def before(target: Moment, start: Moment, budget: Budget) -> bool:
    """Whether the target surely lies before the start; dates are compared as dates."""
    if target.dateonly or start.dateonly:
        return budget.calendar.day(target.utc) < budget.calendar.day(start.utc)
    return target.utc < start.utc


def _target(seen: Seen, start: Moment, partners: dict[int, Row | None] | None) -> Moment | None:
    to = seen.world.rule["to"]
    if "." not in to:
        own: Moment | None = seen.value(to)
        return own
    column = to.split(".")[1]
    if partners is not None:
        partner = partners.get(seen.row["_line"])
        return known(partner[column]) if partner else None
    return next((known(row[column]) for row in _valid_targets(seen, start)), None)


def _valid_targets(seen: Seen, start: Moment) -> list[Row]:
    """The rows of the target's lookup that surely match and lie between start and now, in time order."""
    return _valid(seen, start, seen.related(seen.world.rule["to"].split(".")[0]).sure)


def _valid(seen: Seen, start: Moment, rows: list[Row]) -> list[Row]:
    world = seen.world
    column = world.rule["to"].split(".")[1]
    budget = read_budget(world.rule, world.calendar)
    timed = [row for row in rows if known(row.get(column)) is not None]
    valid = [row for row in timed if not before(row[column], start, budget) and row[column].utc <= world.as_of]
    return sorted(valid, key=lambda row: (row[column].utc, row["_line"]))


def _perhaps_done(seen: Seen, start: Moment) -> bool:
    """Whether a row that may be the target, or an unreadable target, could change a failure."""
    if "." not in seen.world.rule["to"]:
        return False
    lookup, column = seen.world.rule["to"].split(".")
    rows = seen.related(lookup)
    unreadable = any(row.get(column) is UNREADABLE for row in rows.sure + rows.maybe)
    return rows.blank or unreadable or bool(_valid(seen, start, rows.maybe))


def _pauses(seen: Seen) -> tuple[list[Pause], bool]:
    """The pauses of a row, and whether one is doubtful: it ended but nobody knows when it began."""
    spec = seen.world.rule.get("pauses") or []
    cells: list[tuple[Any, Any]] = []
    for one in spec if isinstance(spec, list) else [spec]:
        if "record" in one:
            found = related(seen.world, one["record"], one.get("match"), one.get("where"), seen.row)
            cells += [(row.get(one["from"]), row.get(one["to"])) for row in found.sure]
            cells += [(UNREADABLE, None)] if found.unclear else []
        else:
            cells.append((seen.cell(one["from"]), seen.cell(one["to"])))
    doubtful = any(UNREADABLE in pair or (known(pair[0]) is None and known(pair[1]) is not None) for pair in cells)
    return [Pause(a, known(b)) for a, b in cells if known(a) is not None], doubtful


def _latest(seen: Seen, row: Row) -> tuple[int, int]:
    """The latest instant a target may stand for: a bare date is kept for those who start late on that day."""
    calendar, target = seen.world.calendar, row[seen.world.rule["to"].split(".")[1]]
    return calendar.at(calendar.day(target.utc), 86399) if target.dateonly else target.utc, row["_line"]


def _pairs(sights: list[Seen]) -> dict[int, Row | None]:
    """Each row's own target: rows in order of their start take the earliest target that is still free."""
    if not sights:
        return {}
    start_column = sights[0].world.rule["from"]
    owing = [seen for seen in sights if surely_owes(seen, _needed(seen)) and seen.value(start_column) is not None]
    taken: set[int] = set()
    out: dict[int, Row | None] = {}
    for seen in sorted(owing, key=lambda seen: (seen.value(start_column).utc, seen.row["_line"])):
        start = seen.value(start_column)
        free = [row for row in _valid_targets(seen, start) if row["_line"] not in taken]
        own = min(free, key=lambda row: _latest(seen, row), default=None)
        out[seen.row["_line"]] = own
        taken |= {own["_line"]} if own else set()
    return out
