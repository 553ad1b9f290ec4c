"""What a run leaves to be chosen: the regulations in force and the instant of judgement. Never a guess."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.calendar import Calendar
from auditor.evaluate import make_plan
from auditor.intake import Dataset
from auditor.kinds import World
from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import Problem, RuleError
from auditor.rulebook import Rulebook

FAR = 90
"""Days between the newest event and all others from which the newest is more likely a slip of the pen."""


def choose_instant(as_of: str | int | None, data: Dataset, calendar: Calendar) -> int:
    """The instant in UTC seconds: as given, or the newest event in the data.

    Raises RuleError for unreadable text, and where the newest event stands alone, far from all others: one
    mistyped year would make everyone late.
    """
    if isinstance(as_of, int):
        return as_of
    if as_of is None:
        newest = data.newest() or 0
        if data.stands_alone(newest, FAR * 86400):
            raise RuleError([_alone(newest, calendar)])
        return newest
    try:
        return calendar.parse_local(as_of)[0]
    except ValueError:
        what = f"'{as_of}' is not a date or time."
        remedy = "Write 2025-06-30 or '2025-06-30 18:00'."
        raise RuleError([Problem(Location("--as-of"), "as-of", what, remedy, True)]) from None


def _alone(newest: int, calendar: Calendar) -> Problem:
    what = f"The newest event, {calendar.local_text(newest)}, is more than {FAR} days after every other one."
    remedy = "Correct its date if it is a slip, or say as of when to judge with --as-of."
    return Problem(Location("--as-of"), "as-of-doubtful", what, remedy, True)


def choose_regulations(book: Rulebook, world: World, named: Iterable[str] | None) -> tuple[str, ...]:
    """The regulations to run: those named, or the only one whose rules find their records in the data.

    Raises RuleError for an unknown name, and for several candidates with the number of rules of each.
    """
    known = sorted({entry.rule.regulation for entry in book.entries})
    if named is not None:
        return tuple(_known(name, known) for name in named)
    counts: dict[str, int] = {}
    for group in make_plan(book.entries, world).groups:
        for member in group.members:
            name = member.entry.rule.regulation
            counts[name] = counts.get(name, 0) + 1
    if len(counts) > 1:
        raise RuleError([_open(counts)])
    return tuple(counts) or tuple(known)


def _known(name: str, known: list[str]) -> str:
    if name not in known:
        what = f"There is no regulation '{name}'."
        raise RuleError([Problem(Location("--regulation"), "unknown-regulation", what, nearest(name, known), True)])
    return name


def _open(counts: dict[str, int]) -> Problem:
    listed = ", ".join(f"{name} ({count} rule{'s' * (count > 1)})" for name, count in sorted(counts.items()))
    what = f"Several regulations could judge these records: {listed}."
    remedy = f"Say which are in force, e.g. --regulation {min(counts)}."
    return Problem(Location("--regulation"), "regulation-open", what, remedy, True)
