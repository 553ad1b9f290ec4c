"""Needs: the record types and columns that a rule looks at, so that the tables of its examples stay narrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from auditor.kinds import NotChecked, Rule, Scope, World
from auditor.records import Table
from auditor.rulebook import Entry

Needs = Mapping[str, frozenset[str]]


class _Columns(frozenset[str]):
    """The columns of a table, noting those that somebody asked for."""

    asked: set[str]

    def __new__(cls, names: Iterable[str]) -> _Columns:
        made = super().__new__(cls, names)
        made.asked = set()
        return made

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)

    def intersection(self, *others: Iterable[object]) -> frozenset[str]:
        self.asked.update(str(name) for other in others for name in other)
        return super().intersection(*others)


class _Tables(dict[str, Table]):
    """The tables of a world, noting those that somebody asked for."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__({name: replace(table, columns=_Columns(table.columns)) for name, table in tables.items()})
        self.asked: dict[str, None] = {}

    def get(self, key: str, default: Table | None = None) -> Table | None:  # type: ignore[override]
        self.asked[key] = None
        return super().get(key, default)


def needs_of(entry: Entry, rules: Iterable[Rule], world: World) -> Needs:
    """What ``rules``, all of the place of ``entry``, read of the declared ``world``: record -> columns."""
    tables = _Tables(world.tables)
    watched = replace(world, tables=tables)
    for rule in rules:
        try:
            scope = Scope(rule, rule.judged_record(), watched, entry.place)
            scope.placed(rule.judge(scope))
            scope.checked()
        except NotChecked:
            continue
    found = {name: super(_Tables, tables).get(name) for name in tables.asked}
    return {name: _asked(table) for name, table in found.items() if table is not None}


def _asked(table: Table) -> frozenset[str]:
    assert isinstance(table.columns, _Columns)
    return frozenset(table.columns.asked & table.record.fields.keys())
