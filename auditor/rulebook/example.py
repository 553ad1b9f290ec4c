"""Example: a small case of a rule with the verdict it must get; the rule's test and its manual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.kinds import Rule, Verdict
from auditor.location import Location

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


def read_example(raw: Any, rule: Rule, where: Location) -> Example | str:
    """An example from a rule file, or the sentence that says what is wrong with it."""
    if not isinstance(raw, dict):
        return "An example is a mapping with `expect`."
    rest = dict(raw)
    expect, as_of, note = rest.pop("expect", None), rest.pop("as_of", None), rest.pop("note", None)
    wanted = list(expect.values()) if isinstance(expect, dict) else [expect]
    unknown = [word for word in wanted if word not in set(Verdict)]
    if unknown:
        return f"`expect: {unknown[0]}` is not a verdict."
    given = rest.pop("given", None)
    if given is not None and rest:
        return f"'{next(iter(rest))}' stands beside `given`; rows go inside it."
    tables = given if given is not None else {rule.judged_record(): [rest]}
    if not isinstance(tables, dict) or not all(isinstance(rows, list) for rows in tables.values()):
        return "`given` holds a list of rows for each record."
    rows = {str(name): tuple(rows) for name, rows in tables.items()}
    return Example(where, rows, None if as_of is None else str(as_of), expect, note)
