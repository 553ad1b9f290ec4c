"""Other names: by what else a person on the roster is known."""

from __future__ import annotations

from auditor.intake.dataset import Dataset
from auditor.intake.people.columns import read_roster
from auditor.intake.people.roster import Roster, split_names


def other_names(data: Dataset) -> dict[str, tuple[str, ...]]:
    """Staff number and other names of everybody whom the roster tells from others, by the name findings have."""
    rows = read_roster(data.connection, data.schema, data.tables)
    roster = Roster(rows)
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        people = roster.find(row)
        if len(people) == 1:
            names = [name for name in (row.number, *split_names(row.others)) if name]
            found.setdefault(roster.call(people[0]), {}).update(dict.fromkeys(names))
    return {name: tuple(others) for name, others in found.items()}
