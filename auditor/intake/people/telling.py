"""Telling: what was made of the names of people, as Problems with their places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb

from auditor.intake.dataset import Source
from auditor.intake.people.columns import NameColumn
from auditor.intake.sql import name
from auditor.location import Location
from auditor.problem import Problem

_NAMED = 8


@dataclass(frozen=True)
class Teller:
    """Tells of names with the first cell that holds one of them; an empty list where there are none."""

    connection: duckdb.DuckDBPyConnection
    columns: Sequence[NameColumn]
    sources: Sequence[Source]

    def joined(self, pairs: Collection[tuple[str, str]]) -> list[Problem]:
        """Names that stand in the tables, each with what it will be called."""
        what = "Spellings of one person were taken as one name: {}."
        remedy = "If two of them are different people, write their staff numbers, or keep a roster."
        shown = {f"{old} → {new}" for old, new in pairs}
        return self._tell("names-joined", what, remedy, shown, {old for old, _ in pairs})

    def doubtful(self, names: Collection[str]) -> list[Problem]:
        """Names that may mean several people."""
        what = "These names may mean several people, so nobody is charged by them: {}."
        remedy = "Write the staff number beside the name, as in 张敏（A017）, or in a column 工号."
        return self._tell("name-ambiguous", what, remedy, names, names)

    def unknown(self, names: Collection[str]) -> list[Problem]:
        """Names that the roster lacks."""
        what = "The roster does not know these names; they were judged as written: {}."
        remedy = "Correct the name, or add it to the roster (as another name of somebody, if it is one)."
        return self._tell("name-not-in-roster", what, remedy, names, names)

    def _tell(self, code: str, what: str, remedy: str, shown: Collection[str], names: Collection[str]) -> list[Problem]:
        if not names:
            return []
        place = _first(self.connection, self.columns, self.sources, names)
        return [Problem(place, code, what.format(_listed(sorted(shown))), remedy, count=len(shown))]


def _listed(names: Sequence[str]) -> str:
    rest = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + rest


def _first(
    connection: duckdb.DuckDBPyConnection,
    columns: Sequence[NameColumn],
    sources: Sequence[Source],
    names: Collection[str],
) -> Location:
    """The first cell in which one of ``names`` stands."""
    wanted = sorted(names)
    for column in columns:
        query = (
            f"SELECT _source, _line FROM {column.place} WHERE {name(column.field)} IN (SELECT unnest(?::VARCHAR[]))"
            " ORDER BY _row LIMIT 1"
        )
        for index, line in connection.execute(query, [wanted]).fetchall():
            source = sources[index]
            header = next((match.header for match in source.columns if match.field == column.field), column.field)
            return Location(source.file, sheet=source.sheet, row=line, column=header)
    return Location(sources[0].file)
