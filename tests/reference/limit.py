"""limit: something that must not happen, or not so often."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tests.reference.budget import read_duration
from tests.reference.clock import ONE_DAY, period_of
from tests.reference.scope import FAIL, NOT_APPLICABLE, PASS, PENDING, UNKNOWN, undecidable
from tests.reference.values import Moment, Row, Verdict, known
from tests.reference.world import Seen, World, columns_of, happens_later, mentioned

PERIODS = ("week", "month", "quarter", "year")


def judge_limit(world: World) -> dict[str, Verdict]:
    """Each occurrence that is forbidden, surplus or cannot be placed, and each period that holds."""
    placed, out = _occurrences(world)
    window = world.rule.get("window")
    if window is None and world.rule["at_most"] == 0:
        return out | {_key(world, row): (FAIL, "forbidden") for row in placed}
    if window is None or window in PERIODS:
        return out | _by_period(world, placed)
    return out | _sliding(world, placed)


def _key(world: World, row: Row) -> str:
    return world.key(world.rule["of"]["record"], row)


def _occurrences(world: World) -> tuple[list[Row], dict[str, Verdict]]:
    """The occurrences that surely count, and the verdicts on those that are excused or cannot be placed."""
    placed, out = [], {}
    for row in world.rows(world.rule["of"]["record"]):
        verdict = _placing(world, row)
        if verdict and verdict[0] == PASS:
            placed.append(row)
        elif verdict:
            out[_key(world, row)] = verdict
    return placed, out


def _placing(world: World, row: Row) -> Verdict | None:
    """PASS for an occurrence that counts, None for a row that is none, else why it cannot be placed."""
    rule, of = world.rule, world.rule["of"]
    seen = Seen(world, of["record"], row)
    where = seen.holds(of.get("where"))
    if where is False or seen.holds(rule.get("when")) is False:
        return None
    groups = columns_of(rule.get("per"), rule.get("same"))
    timed = {_at(world)} if rule.get("window") else set()
    hindrance = undecidable(seen, mentioned([of.get("where")]) | groups | timed)
    if hindrance or where is None:
        return hindrance or (UNKNOWN, "perhaps an occurrence")
    exceptions = [seen.holds(one["if"]) for one in rule.get("unless") or []]
    if True in exceptions:
        return NOT_APPLICABLE, "exception"
    if None in exceptions or any(seen.value(column) is None for column in groups | timed):
        return UNKNOWN, "cannot be placed"
    return (UNKNOWN, "after as_of") if happens_later(seen, of.get("at")) else (PASS, "counts")


def _at(world: World) -> str:
    return str(world.rule["of"].get("at") or world.records[world.rule["of"]["record"]].time)


def _columns(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _group(world: World, row: Row) -> tuple[Any, ...]:
    return tuple(known(row[column]) for column in _columns(world.rule.get("per")) + _columns(world.rule.get("same")))


def _by_period(world: World, rows: list[Row]) -> dict[str, Verdict]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[(_group(world, row), _period(world, row)[0])].append(row)
    out: dict[str, Verdict] = {}
    for members in groups.values():
        ordered = sorted(members, key=lambda row: (_when(world, row).utc, row["_line"]))
        surplus = ordered[world.rule["at_most"] :]
        out |= {_key(world, row): (FAIL, "surplus") for row in surplus}
        if not surplus:
            out |= _holding(world, members[0])
    return out


def _holding(world: World, row: Row) -> dict[str, Verdict]:
    label, end = _period(world, row)
    per = "/".join(str(row[column]) for column in _columns(world.rule.get("per"))) or "all"
    over = end is not None and world.as_of >= end
    return {f"{per}/{label}": (PASS, "held") if over else (PENDING, "running")}


def _when(world: World, row: Row) -> Moment:
    return known(row.get(_at(world))) or Moment(0)


def _period(world: World, row: Row) -> tuple[str, int | None]:
    """The label of the period of an occurrence, and the instant it ends."""
    window = world.rule.get("window")
    if window is None:
        return "all", None
    period = period_of(world.calendar.day(_when(world, row).utc), window)
    return period.label, world.calendar.midnight(period.last + ONE_DAY)


def _sliding(world: World, rows: list[Row]) -> dict[str, Verdict]:
    length = read_duration(world.rule["window"])[0] * 86400
    out: dict[str, Verdict] = {}
    for row in rows:
        end = _when(world, row).utc
        earlier = [
            other
            for other in rows
            if _group(world, other) == _group(world, row)
            and (_when(world, other).utc, other["_line"]) <= (end, row["_line"])
            and _when(world, other).utc > end - length
        ]
        surplus = len(earlier) > world.rule["at_most"]
        out[_key(world, row)] = (FAIL, "surplus") if surplus else (PASS, "within")
    return out
