"""What every kind does before and after its own judgement: scope, unreadable cells, cited exceptions."""

from __future__ import annotations

from collections.abc import Callable

from tests.reference.values import Verdict
from tests.reference.world import Seen, mentioned

FAIL, PASS, PENDING, UNKNOWN, NOT_APPLICABLE = "fail", "pass", "pending", "unknown", "not_applicable"


def within_scope(seen: Seen, needed: set[str], decide: Callable[[], Verdict]) -> Verdict | None:
    """The verdict on one row; None when the row owes nothing."""
    rule = seen.world.rule
    scope = seen.holds(rule.get("when"))
    if scope is False:
        return None
    hindrance = undecidable(seen, needed)
    if hindrance:
        return hindrance
    exceptions = [seen.holds(one["if"]) for one in rule.get("unless") or []]
    if True in exceptions:
        return NOT_APPLICABLE, "exception"
    verdict = decide()
    if None in exceptions and verdict[0] != PASS:
        return UNKNOWN, "exception unknown"
    return verdict


def undecidable(seen: Seen, needed: set[str]) -> Verdict | None:
    """The unknown verdict of a row with an unreadable cell or a scope that cannot be said."""
    rule = seen.world.rule
    conditions = [rule.get("when"), *(one["if"] for one in rule.get("unless") or [])]
    if seen.unreadable(needed | mentioned(conditions)):
        return UNKNOWN, "unreadable"
    if seen.holds(rule.get("when")) is None:
        return UNKNOWN, "scope unknown"
    return None


def surely_owes(seen: Seen, needed: set[str]) -> bool:
    """Whether the row is surely in scope, readable, and surely not excepted."""
    exceptions = [seen.holds(one["if"]) for one in seen.world.rule.get("unless") or []]
    in_scope = seen.holds(seen.world.rule.get("when")) is True
    return in_scope and undecidable(seen, needed) is None and True not in exceptions
