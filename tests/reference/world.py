"""The tables of one world, and what a rule sees from one of its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.reference.clock import ReferenceCalendar
from tests.reference.condition import truth, worth
from tests.reference.grammar import Tree, conjuncts, names
from tests.reference.values import UNREADABLE, Moment, RecordSpec, Row, known


@dataclass(frozen=True)
class World:
    """One rule, the tables it looks at and the instant of judgement (UTC seconds)."""

    rule: Mapping[str, Any]
    tables: Mapping[str, list[Row]]
    as_of: int
    calendar: ReferenceCalendar
    calendars: Mapping[str, ReferenceCalendar]
    records: Mapping[str, RecordSpec]

    @property
    def now(self) -> Moment:
        """The instant of judgement."""
        return Moment(self.as_of)

    def rows(self, record: str) -> list[Row]:
        """The rows of a record, in the order of the sheet."""
        return self.tables.get(record, [])

    def key(self, record: str, row: Row) -> str:
        """What an obligation of a row is called: its key, or 'row <line>'."""
        column = self.records[record].key
        value = known(row.get(column)) if column else None
        return f"row {row['_line']}" if value is None else str(value)

    def holds(self, condition: str | None, row: Row) -> bool | None:
        """Whether a condition over the row alone holds; unreadable cells leave it open, unless a part is false."""
        answers = [self._part(part, row) for part in (conjuncts(condition) if condition else [])]
        return False if False in answers else None if None in answers else True

    def _part(self, part: Tree, row: Row) -> bool | None:
        if any(row.get(name) is UNREADABLE for name in names(part)):
            return None
        return truth(part, lambda name: known(row.get(name)), self.calendar)


@dataclass(frozen=True)
class Match:
    """One comparison of a match: a column of the other record, a sign, a column of the rule's record."""

    theirs: str
    sign: str
    ours: str


def read_match(text: str) -> list[Match]:
    """'a = b and c >= d' as comparisons."""
    out = []
    for part in re.split(r"\s+and\s+", text.strip()):
        found = re.fullmatch(r"(\w+)\s*(=|>=|<=|>|<)\s*(\w+)", part.strip())
        if not found:
            raise ValueError(f"{part!r} is no comparison of a match")
        out.append(Match(*found.groups()))
    return out


@dataclass(frozen=True)
class Related:
    """The rows of another record that belong to a row: surely, or perhaps (their condition cannot be said)."""

    sure: list[Row] = field(default_factory=list)
    maybe: list[Row] = field(default_factory=list)
    blank: bool = False
    """Our own row does not say what it would match, so nobody knows what belongs to it."""

    @property
    def unclear(self) -> bool:
        """Whether more rows may belong to it than the sure ones."""
        return self.blank or bool(self.maybe)


def related(world: World, record: str, match: str | None, where: str | None, row: Row) -> Related:
    """Rows of ``record`` that match ``row`` and satisfy ``where``. A blank cell of theirs matches nothing."""
    comparisons = read_match(match) if match else []
    out = Related(blank=any(known(row.get(one.ours)) is None for one in comparisons))
    for other in world.rows(record):
        answers = [_matches(world, one, other, row) for one in comparisons]
        answers.append(world.holds(where, other))
        if all(answers):
            out.sure.append(other)
        elif False not in answers:
            out.maybe.append(other)
    return out


def _matches(world: World, match: Match, other: Row, row: Row) -> bool | None:
    theirs, ours = other.get(match.theirs), row.get(match.ours)
    if UNREADABLE in (theirs, ours) and match.sign != "=":
        return None
    if known(theirs) is None or known(ours) is None:
        return False
    cells = {"theirs": theirs, "ours": ours}
    return truth(f"theirs {match.sign} ours", cells.get, world.calendar)


class Seen:
    """A row of the rule's record together with the rows its lookups choose."""

    def __init__(self, world: World, record: str, row: Row) -> None:
        self.world = world
        self.record = record
        self.row = row
        self.lookups: Mapping[str, Any] = world.rule.get("lookup") or {}

    def related(self, lookup: str) -> Related:
        """All rows a lookup could choose from."""
        spec = self.lookups[lookup]
        return related(self.world, spec["record"], spec["match"], spec.get("where"), self.row)

    def cell(self, name: str) -> Any:
        """The cell a rule calls ``name``: a column, or 'lookup.column', '.found' or '.count'."""
        if "." not in name:
            return self.row.get(name)
        lookup, column = name.split(".")
        rows = self.related(lookup)
        if column == "found":
            return True if rows.sure else None if rows.unclear else False
        if column == "count":
            return None if rows.unclear and not rows.sure else len(rows.sure)
        return self._chosen_cell(lookup, rows.sure, column)

    def value(self, name: str) -> Any:
        """The value of a cell, None when it has none."""
        return known(self.cell(name))

    def holds(self, condition: str | None) -> bool | None:
        """Whether a condition over the row and its lookups holds."""
        return truth(condition, self.value, self.world.calendar)

    def worth(self, expression: str) -> Any:
        """The value of an expression over the row and its lookups."""
        return worth(expression, self.value, self.world.calendar)

    def unreadable(self, wanted: set[str]) -> bool:
        """Whether any of the cells, or any cell that decides which rows a lookup finds, cannot be read."""
        matched = {name.split(".")[0] for name in wanted if "." in name}
        ours = {match.ours for lookup in matched for match in read_match(self.lookups[lookup]["match"])}
        return any(self.cell(name) is UNREADABLE for name in wanted | ours)

    def _chosen_cell(self, lookup: str, rows: list[Row], column: str) -> Any:
        spec = self.lookups[lookup]
        by = str(spec.get("by") or self.world.records[spec["record"]].time)
        if len(rows) > 1 and any(row.get(by) is UNREADABLE for row in rows):
            return UNREADABLE
        chosen = _take(rows, by, spec.get("take", "first"))
        return chosen.get(column) if chosen else None


def _take(rows: list[Row], by: str, take: str) -> Row | None:
    timed = sorted((row for row in rows if known(row.get(by))), key=lambda row: (row[by].utc, row["_line"]))
    ordered = timed or rows
    if not ordered:
        return None
    return ordered[0] if take == "first" else ordered[-1]


def columns_of(*values: Any) -> set[str]:
    """The names among the fields of a rule that name a column (or several)."""
    out: set[str] = set()
    for value in values:
        out |= set(value) if isinstance(value, list) else {value} if value else set()
    return out


def mentioned(conditions: list[str | None]) -> set[str]:
    """The columns that conditions mention."""
    return set().union(*(names(condition) for condition in conditions)) if conditions else set()


def happens_later(seen: Seen, column: str | None = None) -> bool:
    """Whether the row happened after as_of, by ``column`` or its record's event time."""
    moment = known(seen.row.get(column or seen.world.records[seen.record].time or ""))
    return isinstance(moment, Moment) and moment.utc > seen.world.as_of
