"""Scope: everything a rule's expressions may refer to, and what compiling them found out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.calendar import Calendar
from auditor.condition import Value, ValueType, compile_condition, conjuncts
from auditor.kinds.candidates import Candidates
from auditor.kinds.judgement import Evidence, Join, Judgement, NotChecked
from auditor.kinds.lookup import NOT_BEFORE, Condition, Looked, Pairs, join_lookup, parse_match
from auditor.kinds.row import Row
from auditor.kinds.world import World
from auditor.location import Location
from auditor.mistake import Mistake, nearest
from auditor.problem import Problem
from auditor.records import FieldType

if TYPE_CHECKING:
    from auditor.kinds.rule import Lookup, Rule

Path = tuple[str | int, ...]
Place = Callable[[Path], Location]


class Scope:
    """Compiles the expressions of one rule over one record (alias ``r``) and its lookups.

    Mistakes are collected in ``problems`` and compiling goes on, so that all are reported at once.
    """

    def __init__(self, rule: Rule, record: str, world: World, place: Place) -> None:
        """Open the scope; raises NotChecked when the record is not in the data."""
        self.rule, self.world, self.place = rule, world, place
        self.calendar: Calendar = world.calendars.get(rule.calendar or world.calendar) or _first(world.calendars)
        self.problems: list[Problem] = []
        self.record = record
        self.as_of = world.as_of_for(rule.records_read())
        self.row = self._row(record, "r", ("record",))
        self.source = world.sql_name(record)
        self.joins: dict[str, Join] = {}
        self._looked: dict[str, Looked] = {}
        if rule.calendar and rule.calendar not in world.calendars:
            what = f"There is no calendar '{rule.calendar}'."
            self.mistake(("calendar",), "unknown-calendar", what, nearest(rule.calendar, world.calendars))
        self.when = self.condition(rule.when, ("when",)) if rule.when else None
        self.exemptions = [
            self.condition(exemption.condition, ("unless", index, "if")) for index, exemption in enumerate(rule.unless)
        ]

    def narrow(self, test: str) -> None:
        """Owe something only where ``test`` (SQL) is true as well; NULL where nobody knows."""
        self.when = f"({test} AND {self.when})" if self.when else test

    def mistake(self, path: Path, code: str, what: str, remedy: str) -> None:
        """Note a mistake at ``path`` inside the rule."""
        self.problems.append(Problem(self.place(path), code, what, remedy or "See the rule reference.", fatal=True))

    def _row(self, record: str, alias: str, path: Path) -> Row:
        if record not in self.world.records:
            remedy = nearest(record, self.world.records, "Declare it in records.yaml.")
            self.mistake(path, "unknown-record", f"There is no record type '{record}'.", remedy)
            raise NotChecked("record-missing", record)
        return Row(self.world.table(record), alias, self.calendar)

    # --- names -------------------------------------------------------------------------------------------------

    def value(self, qualifier: str | None, column: str) -> Value | None:
        """A column of the record, or of a lookup with its pseudo-columns ``found`` and ``count``."""
        if qualifier is None:
            return self.row.value(None, column)
        if qualifier not in self.rule.lookup:
            return None
        looked = self.looked(qualifier)
        if column == "found":
            return Value(looked.found if looked else "NULL", ValueType.YESNO)
        if column == "count":
            return Value(looked.count if looked else "NULL", ValueType.NUMBER)
        if looked is None:  # told already; the type of the column saves a second message
            return self._row(self.rule.lookup[qualifier].record, "l", ()).value(None, column)
        return looked.value(column)

    def suggestions(self, qualifier: str | None) -> Iterable[str]:
        """The names a person may have meant."""
        if qualifier in self.rule.lookup:
            inner = self.world.records.get(self.rule.lookup[qualifier].record)
            return [f"{qualifier}.{name}" for name in (*(inner.fields if inner else ()), "found", "count")]
        return [*self.row.suggestions(None), *(f"{name}.found" for name in self.rule.lookup)]

    def instant(self, text: str) -> int | None:
        """UTC seconds of local wall time in the rule's calendar."""
        return self.row.instant(text)

    def local_day(self, sql: str) -> str:
        """SQL of the local day number in the rule's calendar."""
        return self.calendar.day_sql(sql)

    # --- expressions -------------------------------------------------------------------------------------------

    def condition(self, text: str, path: Path) -> str:
        """SQL of a yes/no condition; ``NULL`` after a mistake."""
        return self.expression(text, path, ValueType.YESNO).sql

    def expression(self, text: str, path: Path, kind: ValueType | None) -> Value:
        """An expression of the wanted type; a NULL of that type after a mistake."""
        compiled, problems = compile_condition(text, self, self.place(path), expect=kind)
        self.problems.extend(problems)
        return (
            Value(compiled.sql, compiled.value.type, compiled.value.dateonly)
            if compiled
            else Value("NULL", kind or ValueType.NULL)
        )

    def column(self, name: str, path: Path, kind: ValueType | None = None, *, optional: bool = False) -> Value:
        """A column named by a field of the rule (``column`` or ``lookup.column``).

        ``optional``: a column the data lacks is NULL; otherwise its absence leaves the rule unchecked.
        """
        qualifier, _, column = name.rpartition(".")
        absent = dict(self.row.absent)
        value = self.value(qualifier or None, column)
        if value is None:
            remedy = nearest(name, self.suggestions(qualifier or None))
            self.mistake(path, "unknown-column", f"There is no column '{name}' here.", remedy)
            return Value("NULL", kind or ValueType.NULL)
        if kind is not None and value.type not in (kind, ValueType.NULL):
            what = f"The column '{name}' holds a {value.type}, not a {kind}."
            self.mistake(path, "column-type", what, f"Name a column that holds a {kind}.")
        if optional:
            self.row.absent = absent
        return value

    # --- lookups -----------------------------------------------------------------------------------------------

    def looked(self, name: str) -> Looked | None:
        """The joined lookup ``name``; None after a mistake in it."""
        if name not in self._looked:
            spec = self.rule.lookup[name]
            found = self.join(spec, ("lookup", name))
            if found is None:
                return None
            self._looked[name] = found
        return self._looked[name]

    def retarget(self, name: str, column: str, start: Value) -> Looked | None:
        """Join lookup ``name`` anew so that it finds the earliest row whose ``column`` is not before ``start``."""
        found = self.join(self.rule.lookup[name], ("lookup", name), target=(column, start))
        if found is not None:
            self._looked[name] = found
        return found

    def join(self, spec: Lookup, path: Path, *, target: tuple[str, Value] | None = None) -> Looked | None:
        """Join one row of ``spec.record``; mistakes are noted under ``path``.

        ``target`` is a time column of theirs and the start that it must not be before.
        """
        found = self.candidates(spec, path, target[0] if target else None)
        if found is None:
            return None
        pairs, sure, order, lost = found.pairs, found.sure, found.order, found.disordered
        if target and order is not None:
            sure = found.before(self.as_of)
            pairs, lost = (*pairs, (order, NOT_BEFORE, target[1])), None
        last = spec.take == "last" and target is None
        hidden = found.row.unreadable(found.keys)
        condition = Condition(pairs, hidden, sure, order.sql if order else "NULL", last, lost)
        looked = join_lookup(found.row, found.table, found.base, condition)
        self.joins[looked.join.alias] = looked.join
        return looked

    def candidates(self, spec: Lookup, path: Path, by: str | None = None) -> Candidates | None:
        """The rows of ``spec.record`` (alias ``l``) that may match ours; None after a mistake.

        ``by`` is the column they are ordered by when it is not the lookup's own.
        """
        theirs = self._row(spec.record, "l", (*path, "record"))
        matched = self._pairs(theirs, spec.match, path)
        if matched is None:
            return None
        pairs, keys = matched
        sure = "TRUE"
        if spec.where:
            compiled, problems = compile_condition(spec.where, theirs, self.place((*path, "where")))
            self.problems.extend(problems)
            sure = compiled.sql if compiled else "NULL"
        if bad := theirs.unreadable():
            ruled_out = self._ruled_out(spec.where, theirs)
            sure = f"(CASE {f'WHEN {ruled_out} THEN FALSE ' if ruled_out else ''}WHEN {bad} THEN NULL ELSE {sure} END)"
        absent, named = dict(theirs.absent), by or spec.by
        by = named or theirs.table.record.time
        order = theirs.value(None, by) if by else None
        if not named:
            theirs.absent = absent  # rows that have no times are taken in the order of their sheet
        if by and order is None:
            what = f"There is no column '{by}' in '{spec.record}'."
            self.mistake((*path, "by"), "unknown-column", what, nearest(by, theirs.suggestions(None)))
        self._lacking(theirs)
        base = " ".join([f"{self.source} AS r", *(join.sql for join in self.joins.values())])
        return Candidates(
            theirs, self.world.sql_name(spec.record), base, pairs, bool(keys & theirs.table.unreadable), sure, order,
            theirs.unreadable([by]) if by else None, tuple(sorted(keys)),
        )  # fmt: skip

    def _ruled_out(self, where: str | None, theirs: Row) -> str:
        """SQL, never NULL: a part of ``where`` is false by cells that could all be read; no text without parts."""
        tests = []
        for part in conjuncts(where) if where else ():
            row = Row(theirs.table, theirs.alias, theirs.calendar)
            compiled, _ = compile_condition(part, row, self.place(("lookup",)))
            if compiled and (bad := row.unreadable()):
                tests.append(f"(NOT {bad} AND NOT coalesce({compiled.sql}, TRUE))")
            elif compiled:
                tests.append(f"NOT coalesce({compiled.sql}, TRUE)")
        return f"({' OR '.join(tests)})" if tests else ""

    def _pairs(self, theirs: Row, match: str, path: Path) -> tuple[Pairs, set[str]] | None:
        """The comparisons of a ``match`` as (theirs, operator, ours), and their key columns; None after a mistake."""
        try:
            matches = parse_match(match)
        except Mistake as error:
            self.mistake((*path, "match"), "match", error.what, error.remedy)
            return None
        pairs = []
        for one in matches:
            their_value, our_value = theirs.value(None, one.theirs), self.value(*one.ours)
            if their_value is None or our_value is None:
                wrong = one.theirs if their_value is None else ".".join(filter(None, one.ours))
                names = theirs.suggestions(None) if their_value is None else self.suggestions(None)
                what = f"There is no column '{wrong}' here."
                self.mistake((*path, "match"), "unknown-column", what, nearest(wrong, names))
                return None
            pairs.append((their_value, one.operator, our_value))
        return tuple(pairs), {one.theirs for one in matches if one.operator == "="}

    def adopt(self, name: str | int, looked: Looked) -> None:
        """Make ``looked`` the lookup called ``name``, in place of its ordinary join."""
        self._looked[str(name)] = looked
        self.joins[looked.join.alias] = looked.join

    def _lacking(self, row: Row) -> None:
        for column in row.absent:
            raise NotChecked("column-missing", f"{row.table.record.name}.{column}")

    # --- results -----------------------------------------------------------------------------------------------

    def unreadable(self) -> str | None:
        """SQL, never NULL: a cell that the rule reads could not be read; None if that never happens."""
        tests = [self.row.unreadable(), *(looked.unreadable for looked in self._looked.values())]
        found = " OR ".join(test for test in tests if test)
        return f"({found})" if found else None

    def surely_owes(self) -> str:
        """SQL, never NULL: the row is in scope, readable as far as it was read, and not excepted."""
        tests = [f"coalesce({self.when}, FALSE)"] if self.when else ["TRUE"]
        tests += [f"NOT coalesce({test}, FALSE)" for test in self.exemptions]
        if unreadable := self.unreadable():
            tests.append(f"NOT {unreadable}")
        return f"({' AND '.join(tests)})"

    def subject(self) -> tuple[str, str]:
        """SQL of who answers, and what kind of subject that is (person, role, or the column's name)."""
        subject = self.rule.subject
        if not isinstance(subject, str | tuple):
            return "'" + subject.role.replace("'", "''") + "'", "role"
        names = (subject,) if isinstance(subject, str) else subject
        values = [self.column(name, ("subject",), optional=True) for name in names]
        sql = f"coalesce({', '.join(value.sql for value in values)})" if len(values) > 1 else values[0].sql
        return sql, self._subject_kind(names[0])

    def _subject_kind(self, name: str) -> str:
        qualifier, _, column = name.rpartition(".")
        record = self.rule.lookup[qualifier].record if qualifier in self.rule.lookup else self.record
        declared = self.world.records[record].fields.get(column)
        return "person" if declared and declared.type == "person" else column

    def future(self, column: str | None = None) -> str | None:
        """SQL, never NULL: the row happened after as-of; None where nothing says when it happened.

        ``column`` is the time to go by, by default the record's event time; a planned time is no event.
        """
        table, name = self.row.table, column or self.row.table.record.time
        if not name or name not in table.columns or table.type_of(name) is not FieldType.TIME:
            return None
        declared = table.record.fields.get(name)
        if declared is not None and declared.planned:
            return None
        return f"coalesce({self.row.cell(name)} > {self.as_of}, FALSE)"

    def placed(self, judgement: Judgement) -> Judgement:
        """``judgement`` with where its subject works, as far as its obligations are rows of a record that says so.

        The post on a row is that of the record's own subject.
        """
        if judgement.source != self.source:
            return judgement
        own = self.rule.subject == self.row.table.record.subject
        placed = replace(judgement, store=self._told("store_name"), role=self._told("staff_role") if own else "NULL")
        if not self.rule.department:
            return placed
        value = self.column(self.rule.department, ("department",), ValueType.TEXT, optional=True)
        return replace(placed, department=value.sql)

    def _told(self, column: str) -> str:
        """SQL of a column that is no part of the rule; NULL where the data lacks it."""
        return self.row.cell(column) if column in self.row.table.columns else "NULL"

    def key(self) -> str:
        """SQL of the record's key as text: its key column, or ``row N`` where that is empty."""
        name = self.row.table.record.key
        line = "'row ' || CAST(r._line AS VARCHAR)"
        if not name or name not in self.row.table.columns:
            return f"({line})"
        return f"coalesce({self.row.cell(name)}, {line})"

    def occurred(self) -> str:
        """SQL of when the row happened: the rule's ``occurred``, else its record's event time, in UTC seconds."""
        name = self.rule.occurred or self.row.table.record.time
        if not name or (not self.rule.occurred and name not in self.row.table.columns):
            return "NULL"
        return self.column(name, ("occurred",), ValueType.TIME, optional=True).sql

    def named(self, expression: str) -> dict[str, Value]:
        """The columns of our own record that an expression names, in the order in which they were read."""
        found = {}
        for column in list(self.row.read):
            if re.search(rf"(?<![\w.]){re.escape(column)}(?!\w)", expression):
                value = self.row.value(None, column)
                if value is not None:
                    found[column] = value
        return found

    def inapplicable(self, *expressions: str) -> str | None:
        """SQL, never NULL: a cell of ours that these expressions name says "not applicable"; None if none does."""
        return self.row.inapplicable(self.named(" ".join(expressions)))

    def evidence(self) -> tuple[Evidence, ...]:
        """The rows and columns the rule read, for the cells of a finding."""
        own = Evidence(self.record, "r._row", tuple(self.row.read))
        looked = (one.row for one in self._looked.values())
        return (own, *(Evidence(row.table.record.name, row.cell("_row"), tuple(row.read)) for row in looked))

    def checked(self) -> None:
        """Raise NotChecked when a column that the rule needs is not in the data."""
        for row in [self.row, *(looked.row for looked in self._looked.values())]:
            self._lacking(row)


def _first(calendars: Mapping[str, Calendar]) -> Calendar:
    return next(iter(calendars.values()))
