"""condition: something that must be true of a row."""

from __future__ import annotations

from tests.reference.grammar import names
from tests.reference.scope import FAIL, PASS, UNKNOWN, within_scope
from tests.reference.scope import NOT_APPLICABLE as DOES_NOT_APPLY
from tests.reference.values import NOT_APPLICABLE, Verdict
from tests.reference.world import Seen, World, happens_later


def judge_condition(world: World) -> dict[str, Verdict]:
    """One obligation for each row in scope."""
    record = world.rule["record"]
    out: dict[str, Verdict] = {}
    for row in world.rows(record):
        seen = Seen(world, record, row)
        verdict = within_scope(seen, names(world.rule["must"]), lambda seen=seen: _decide(seen))  # type: ignore[misc]
        if verdict:
            out[world.key(record, row)] = verdict
    return out


def _decide(seen: Seen) -> Verdict:
    rule = seen.world.rule
    if any(seen.cell(name) is NOT_APPLICABLE for name in names(rule["must"])):
        return DOES_NOT_APPLY, "marked not applicable"
    if happens_later(seen):
        return UNKNOWN, "after as_of"
    answer = seen.holds(rule["must"])
    if answer is None:
        return {"unknown": UNKNOWN, "fail": FAIL, "pass": PASS}[rule.get("missing", "unknown")], "missing"
    return (PASS, "true") if answer else (FAIL, "false")
