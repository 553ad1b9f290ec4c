"""sequence: an action that must have been approved before, by the right person, not too long ago."""

from __future__ import annotations

from typing import Any

from tests.reference.budget import read_duration
from tests.reference.clock import ReferenceCalendar
from tests.reference.scope import FAIL, PASS, UNKNOWN, surely_owes, within_scope
from tests.reference.values import UNREADABLE, Moment, Row, Verdict, known
from tests.reference.world import Seen, World, columns_of, read_match, related

Answer = bool | None
_SECONDS = {"s": 1, "min": 60, "h": 3600}


def judge_sequence(world: World) -> dict[str, Verdict]:
    """One obligation for each row whose action was done."""
    record, action = world.rule["record"], world.rule["action"]
    sights = [Seen(world, record, row) for row in world.rows(record)]
    acting = [seen for seen in sights if seen.value(action) is not None or seen.cell(action) is UNREADABLE]
    taken = _allot(acting) if world.rule.get("each") else None
    out: dict[str, Verdict] = {}
    for seen in acting:
        verdict = within_scope(seen, _needed(seen), lambda seen=seen: _decide(seen, taken))  # type: ignore[misc]
        if verdict:
            out[world.key(record, seen.row)] = verdict
    return out


def _needed(seen: Seen) -> set[str]:
    rule = seen.world.rule
    before, by = rule["before"], rule.get("by") or {}
    wanted = columns_of(rule["action"], by.get("different_from"))
    if isinstance(before, str):
        return wanted | {before} | columns_of(*_person_columns(by))
    return wanted | {match.ours for match in read_match(before["match"])}


def _decide(seen: Seen, taken: dict[int, list[int]] | None) -> Verdict:
    world = seen.world
    action = seen.value(world.rule["action"])
    if action.utc > world.as_of:
        return UNKNOWN, "after as_of"
    if isinstance(world.rule["before"], str):
        return _by_own_column(seen, action)
    others = _others(taken, seen)
    answers = [answer for row, answer in _answers(seen, action) if row["_line"] not in others]
    if True in answers:
        return PASS, "approved before"
    before = world.rule["before"]
    if None in answers or related(world, before["record"], before["match"], before.get("where"), seen.row).blank:
        return UNKNOWN, "perhaps approved"
    return (UNKNOWN, "log starts later") if _log_starts_later(world, action) else (FAIL, "not approved before")


def _by_own_column(seen: Seen, action: Moment) -> Verdict:
    at = seen.value(seen.world.rule["before"])
    if at is None:
        return FAIL, "not approved before"
    answer = _every([_timely(seen.world, action, at), _right_person(seen, seen.row)])
    if answer is None:
        return UNKNOWN, "perhaps approved"
    return (PASS, "approved before") if answer else (FAIL, "not approved before")


def _answers(seen: Seen, action: Moment) -> list[tuple[Row, Answer]]:
    """Each related approval, oldest first, and whether it allows the action."""
    before = seen.world.rule["before"]
    rows = related(seen.world, before["record"], before["match"], before.get("where"), seen.row)
    judged = [(row, _allows(seen, action, row)) for row in rows.sure]
    judged += [(row, _every([None, _allows(seen, action, row)])) for row in rows.maybe]
    return sorted(judged, key=lambda pair: _order(seen.world, pair[0]))


def _order(world: World, row: Row) -> tuple[bool, int, int]:
    at = known(row.get(_at(world)))
    return at is None, at.utc if at else 0, row["_line"]


def _at(world: World) -> str:
    before = world.rule["before"]
    return str(before.get("at") or world.records[before["record"]].time)


def _allows(seen: Seen, action: Moment, row: Row) -> Answer:
    at = known(row.get(_at(seen.world)))
    timely = None if at is None else _timely(seen.world, action, at)
    return _every([timely, _right_person(seen, row)])


def _timely(world: World, action: Moment, at: Moment) -> Answer:
    return _every([_before(world, action, at), _still_valid(world, action, at)])


def _before(world: World, action: Moment, at: Moment) -> Answer:
    strict = world.rule.get("ties") == "strict"
    if action.dateonly or at.dateonly:
        first, second = world.calendar.day(at.utc), world.calendar.day(action.utc)
        if first == second:
            return None if strict else True
        return first < second
    return at.utc < action.utc or (at.utc == action.utc and not strict)


def _still_valid(world: World, action: Moment, at: Moment) -> Answer:
    if not world.rule.get("valid_for"):
        return True
    amount, unit = read_duration(world.rule["valid_for"])
    if unit == "d":
        return (world.calendar.day(action.utc) - world.calendar.day(at.utc)).days <= amount
    budget = amount * _SECONDS[unit]
    shortest = action.utc - _last_second(world.calendar, at)
    longest = _last_second(world.calendar, action) - at.utc
    return True if longest <= budget else False if shortest > budget else None


def _last_second(calendar: ReferenceCalendar, moment: Moment) -> int:
    return calendar.at(calendar.day(moment.utc), 86399) if moment.dateonly else moment.utc


def _right_person(seen: Seen, row: Row) -> Answer:
    by = seen.world.rule.get("by") or {}
    person_column, role_column = by.get("person", "approver"), by.get("role_column", "approver_role")
    answers: list[Answer] = []
    if by.get("role"):
        roles = by["role"] if isinstance(by["role"], list) else [by["role"]]
        role = known(row.get(role_column))
        answers.append(None if role is None else role in roles)
    if by.get("different_from"):
        person, other = known(row.get(person_column)), seen.value(by["different_from"])
        answers.append(None if person is None or other is None else person != other)
    return _every(answers)


def _person_columns(by: dict[str, Any]) -> list[str]:
    role = [by.get("role_column", "approver_role")] if by.get("role") else []
    return role + ([by.get("person", "approver")] if by.get("different_from") else [])


def _log_starts_later(world: World, action: Moment) -> bool:
    """Whether an approval that would still be valid may be older than the approval log."""
    if not world.rule.get("valid_for"):
        return False
    times = [known(row.get(_at(world))) for row in world.rows(world.rule["before"]["record"])]
    first = min((time for time in times if time), default=None)
    return first is None or _still_valid(world, action, first) is not False


def _allot(acting: list[Seen]) -> dict[int, list[int]]:
    """Which approval each action uses up: actions in time order take the oldest that is free and allows them."""
    action = acting[0].world.rule["action"] if acting else ""
    owing = [seen for seen in acting if surely_owes(seen, _needed(seen)) and seen.cell(action) is not UNREADABLE]
    used: set[int] = set()
    out: dict[int, list[int]] = {}
    for seen in sorted(owing, key=lambda seen: (seen.value(action).utc, seen.row["_line"])):
        good = [row["_line"] for row, answer in _answers(seen, seen.value(action)) if answer]
        out[seen.row["_line"]] = [line for line in good if line not in used][:1]
        used.update(out[seen.row["_line"]])
    return out


def _others(taken: dict[int, list[int]] | None, seen: Seen) -> set[int]:
    """The approvals that other actions have used up."""
    lines = (taken or {}).items()
    return {line for owner, used in lines if owner != seen.row["_line"] for line in used}


def _every(answers: list[Answer]) -> Answer:
    """True when all are, False when any is, else None."""
    return False if False in answers else None if None in answers else True
