"""Example: a small case of a rule with the verdict it must get; the rule's test and its manual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.calendar import Calendar
from auditor.kinds import Rule, Verdict
from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import Problem

_FORM = "Write the cells and `expect: pass`, or `given: {record: [rows]}` and `expect`."
Rows = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Example:
    """``tables`` as a person would write the cells; ``expect`` is one verdict, or one for each obligation key
    (``{}``: nothing is owed).

    ``as_of`` is local time as text; without one the example is judged at its newest event.
    """

    where: Location
    tables: Mapping[str, Rows]
    as_of: str | None
    expect: str | Mapping[str, str]
    note: str | None = None

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The verdicts the example expects."""
        return (self.expect,) if isinstance(self.expect, str) else tuple(self.expect.values())


def read_example(raw: Any, rule: Rule, where: Location, calendar: Calendar) -> Example | Problem:
    """An example from a rule file, or what is wrong with it; ``calendar`` reads its ``as_of``."""

    def wrong(what: str, remedy: str = _FORM) -> Problem:
        return Problem(where, "bad-example", what, remedy, True)

    if not isinstance(raw, dict):
        return wrong("An example is a mapping with `expect`.")
    rest = dict(raw)
    expect, as_of, note = rest.pop("expect", None), rest.pop("as_of", None), rest.pop("note", None)
    wanted = list(expect.values()) if isinstance(expect, dict) else [expect]
    unknown = [word for word in wanted if word not in set(Verdict)]
    if expect is None:
        return wrong("The example has no `expect`.")
    if unknown:
        return wrong(f"'{unknown[0]}' is not a verdict.", nearest(unknown[0], set(Verdict)))
    if as_of is not None and not _is_time(str(as_of), calendar):
        return wrong(f"'{as_of}' is not a date or time.", "Write `as_of: 2025-03-05 10:00`.")
    given = rest.pop("given", None)
    if given is not None and rest:
        return wrong(f"'{next(iter(rest))}' stands beside `given`; rows go inside it.")
    tables = given if given is not None else {rule.judged_record(): [rest]}
    if not isinstance(tables, dict) or not all(isinstance(rows, list) for rows in tables.values()):
        return wrong("`given` holds a list of rows for each record.")
    rows = {str(name): tuple(rows) for name, rows in tables.items()}
    return Example(where, rows, None if as_of is None else str(as_of), expect, note)


def _is_time(text: str, calendar: Calendar) -> bool:
    try:
        calendar.parse_local(text)
    except ValueError:
        return False
    return True
