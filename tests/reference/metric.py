"""metric: a figure over many rows that must reach a target."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from operator import eq, ge, gt, le, lt
from typing import Any

from tests.reference.clock import ONE_DAY, Period, period_of
from tests.reference.grammar import names
from tests.reference.scope import FAIL, NOT_APPLICABLE, PASS, PENDING
from tests.reference.values import Verdict
from tests.reference.world import Seen, World

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {">=": ge, "<=": le, ">": gt, "<": lt, "=": eq}


def judge_metric(world: World) -> dict[str, Verdict]:
    """One obligation for each group and period in which anything is in scope."""
    groups: dict[tuple[str, Period], list[Any]] = defaultdict(list)
    for row in world.rows(world.rule["record"]):
        seen = Seen(world, world.rule["record"], row)
        place = _place(seen)
        if place:
            groups[place].append(_measured(seen))
    return {f"{per}/{period.label}": _decide(world, period, values) for (per, period), values in groups.items()}


def _place(seen: Seen) -> tuple[str, Period] | None:
    """The group and period of a row; None when it is out of scope or belongs to none."""
    rule, world = seen.world.rule, seen.world
    at = seen.value(rule.get("at") or world.records[rule["record"]].time or "")
    per = seen.value(rule["per"]) if rule.get("per") else "all"
    excepted = any(seen.holds(one["if"]) for one in rule.get("unless") or [])
    if seen.holds(rule.get("when")) is not True or excepted or at is None or at.utc > world.as_of or per is None:
        return None
    return str(per), period_of(world.calendar.day(at.utc), rule["period"])


def _measured(seen: Seen) -> Any:
    ((kind, expression),) = seen.world.rule["measure"].items()
    if kind == "count":
        return 1
    unreadable = seen.unreadable(names(expression))
    return None if unreadable else seen.worth(expression)


def _decide(world: World, period: Period, values: list[Any]) -> Verdict:
    present = [value for value in values if value is not None]
    if world.as_of < world.calendar.midnight(period.last + ONE_DAY):
        return PENDING, "running"
    if len(present) < max(1, world.rule.get("min_sample", 1)):
        return NOT_APPLICABLE, "too few"
    ((kind, _),) = world.rule["measure"].items()
    return (PASS, "met") if _reached(world.rule["target"], _FIGURES[kind](present)) else (FAIL, "missed")


def _reached(target: str, figure: Fraction) -> bool:
    found = re.fullmatch(r"\s*(>=|<=|>|<|=)\s*(-?\d+(?:\.\d+)?)\s*", target)
    if not found:
        raise ValueError(f"{target!r} is no target")
    return _SIGNS[found[1]](figure, Fraction(found[2]))


def _quantile(share: Fraction) -> Callable[[list[Any]], Fraction]:
    def figure(values: list[Any]) -> Fraction:
        ordered = sorted(Fraction(value) for value in values)
        place = share * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (place - low) * (ordered[high] - ordered[low])

    return figure


_FIGURES: dict[str, Callable[[list[Any]], Fraction]] = {
    "count": lambda values: Fraction(len(values)),
    "rate": lambda values: Fraction(100 * values.count(True), len(values)),
    "mean": lambda values: Fraction(sum(Fraction(value) for value in values)) / len(values),
    "median": _quantile(Fraction(1, 2)),
    "p90": _quantile(Fraction(9, 10)),
}
