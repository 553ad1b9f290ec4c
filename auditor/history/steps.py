"""Steps: which state of a consequence may follow which, and who may take the step."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.fold import fold
from auditor.history.entry import Standing, State
from auditor.history.record import ConsequenceRecord
from auditor.intake.people.spelling import spelling
from auditor.location import Location
from auditor.problem import Problem, RuleError

NEXT: dict[State, tuple[State, ...]] = {
    "proposed": ("approved", "rejected"),
    "approved": ("applied", "appealed"),
    "applied": ("appealed",),
    "appealed": ("upheld", "reversed"),
    "upheld": ("applied",),
    "rejected": (),
    "reversed": (),
    "replaced": (),
}
"""What people may do. Only a run proposes, and only a run reverses for late evidence or replaces."""

Slot = tuple[str | None, ...]

IN_FORCE: tuple[State, ...] = ("approved", "applied", "appealed", "upheld")
OPEN: tuple[State, ...] = ("proposed", *IN_FORCE)
"""The states in which a consequence may still cost or give somebody something."""


def check_step(standing: Standing, step: State, by: str, why: str) -> None:
    """Raise RuleError when this step may not follow, lacks a name or a reason, or is decided by the one it concerns."""
    consequence, now = standing.consequence, standing.state
    allowed = NEXT[now]
    if now == "upheld" and any(entry.state == "applied" for entry in standing.entries):
        allowed = ()
    if step not in allowed:
        follows = f"What can follow is {' or '.join(allowed)}." if allowed else "Nothing can follow that."
        raise refuse(consequence, f"It is {now} and cannot be {step}.", follows)
    if not by.strip() or not why.strip():
        raise refuse(consequence, "A step needs a name and a reason.", "Give --by NAME and --why TEXT.")
    if step != "appealed" and concerns(consequence, by):
        what = f"It concerns {by}, who can appeal but not decide."
        raise refuse(consequence, what, "Let somebody else decide it.")
    if step in ("approved", "applied") and consequence.state != "proposed":
        reason = "; ".join(consequence.held_because) or consequence.state
        what = f"The last run that drew it does not propose it: {reason}."
        raise refuse(consequence, what, "Settle that and run again.")


def concerns(consequence: ConsequenceRecord, name: str) -> bool:
    """Whether ``name`` is the person the consequence is for, by any name known of them.

    What stands beside a name (张敏（A017）) is left out: better to ask another 张敏 for somebody else's signature.
    """
    known = (consequence.subject, *consequence.names)
    return fold(spelling(name).name) in {fold(spelling(one).name) for one in known}


def in_the_way(standing: Standing, others: Iterable[Standing]) -> Standing | None:
    """A consequence in force that charges or gives some of the same once more, if there is one."""
    return next((one for one in others if one.state in IN_FORCE and alike(one.consequence, standing.consequence)), None)


def alike(one: ConsequenceRecord, other: ConsequenceRecord) -> bool:
    """Whether two consequences are the same matter, told by fewer or more findings: only one of them may count."""
    same = one.key != other.key and one.period is not None and slot(one) == slot(other)
    return same and (bool({*one.findings} & {*other.findings}) or not (one.findings or other.findings))


def slot(consequence: ConsequenceRecord) -> Slot:
    """What a policy charges or gives once: to a person, in a period."""
    return consequence.policy, consequence.kind, consequence.subject_kind, consequence.subject, consequence.period


def refuse(consequence: ConsequenceRecord, what: str, remedy: str) -> RuleError:
    """A step that is refused, with the consequence it was meant for."""
    where = Location(f"{consequence.key} ({consequence.subject})")
    return RuleError([Problem(where, "step-refused", what, remedy, True)])
