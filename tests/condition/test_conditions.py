"""Conditions: what may be written, exact messages with their columns, types, bare dates, three truth values."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import duckdb
import pytest

from auditor.calendar import Calendar
from auditor.condition import Value, ValueType, compile_condition
from auditor.location import Location
from tests.small_world import calendars

HERE = Location("chapter.yaml", line=7, column=11)
TYPES = {
    "name": ValueType.TEXT, "note": ValueType.TEXT, "amount": ValueType.NUMBER, "parts": ValueType.NUMBER,
    "paid": ValueType.YESNO, "urgent": ValueType.YESNO, "begun": ValueType.TIME, "done": ValueType.TIME,
    "opens": ValueType.CLOCK,
}  # fmt: skip
STORED = {ValueType.TEXT: "VARCHAR", ValueType.NUMBER: "DOUBLE", ValueType.YESNO: "BOOLEAN", ValueType.TIME: "BIGINT"}


class Names:
    """The columns of a little table ``t``, and a lookup ``receipt`` that was found."""

    calendar: Calendar = calendars()["cn"]

    def value(self, qualifier: str | None, column: str) -> Value | None:
        if qualifier:
            return Value("TRUE", ValueType.YESNO) if (qualifier, column) == ("receipt", "found") else None
        kind = TYPES.get(column)
        if kind is None:
            return None
        return Value(f'"{column}"', kind, f'"{column}__dateonly"' if kind is ValueType.TIME else None)

    def suggestions(self, qualifier: str | None) -> Iterable[str]:
        return ["receipt.found"] if qualifier else [*TYPES, "receipt.found"]

    def instant(self, text: str) -> int | None:
        try:
            return self.calendar.parse_local(text)[0]
        except ValueError:
            return None

    def local_day(self, sql: str) -> str:
        return self.calendar.day_sql(sql)


def truth(condition: str, **cells: object) -> bool | None:
    """What DuckDB says of a condition over one row; cells that are not given are NULL, texts of times are read."""
    compiled, problems = compile_condition(condition, Names(), HERE)
    assert compiled, problems
    columns = []
    for name, kind in TYPES.items():
        cell = cells.get(name)
        if kind is ValueType.TIME:
            text = str(cell) if cell is not None else None
            instant = "NULL" if text is None else str(Names.calendar.parse_local(text)[0])
            columns += [
                f"CAST({instant} AS BIGINT) AS {name}",
                f"{text is not None and len(text) == 10} AS {name}__dateonly",
            ]
        else:
            value = "NULL" if cell is None else f"'{cell}'" if isinstance(cell, str) else str(cell)
            columns.append(f"CAST({value} AS {STORED.get(kind, 'INTEGER')}) AS {name}")
    [(answer,)] = duckdb.sql(f"SELECT {compiled.sql} FROM (SELECT {', '.join(columns)})").fetchall()
    return None if answer is None else bool(answer)


TRUTHS = (True, False, None)


@pytest.mark.parametrize(("paid", "urgent"), list(itertools.product(TRUTHS, TRUTHS)))
def test_three_truth_values(paid: bool | None, urgent: bool | None) -> None:
    pair = (paid, urgent)
    both = False if False in pair else None if None in pair else True
    either = True if True in pair else None if None in pair else False
    assert truth("paid and urgent", paid=paid, urgent=urgent) is both
    assert truth("paid or urgent", paid=paid, urgent=urgent) is either
    assert truth("not paid", paid=paid) is (None if paid is None else not paid)
    assert truth("paid = urgent", paid=paid, urgent=urgent) is (None if None in pair else paid == urgent)
    assert truth("paid is null", paid=paid) is (paid is None)
    assert truth("coalesce(paid, urgent, false)", paid=paid, urgent=urgent) is (
        paid if paid is not None else bool(urgent)
    )
    assert truth("case when paid then urgent else true end", paid=paid, urgent=urgent) is (urgent if paid else True)


@pytest.mark.parametrize(
    ("condition", "cells", "expected"),
    [
        ("amount > 5", {"amount": 6}, True),
        ("amount > 5", {"amount": 5}, False),
        ("amount > 5", {}, None),
        ("amount <> 5", {}, None),
        ("amount != 5", {"amount": 4}, True),
        ("amount in (1, 2)", {"amount": 2}, True),
        ("amount in (1, 2)", {}, None),
        ("amount not in (1, 2)", {"amount": 3}, True),
        ("amount in (1, parts)", {"amount": 2}, None),
        ("amount in (2, parts)", {"amount": 2}, True),
        ("amount between 1 and 3", {"amount": 3}, True),
        ("amount not between 1 and 3", {"amount": 3}, False),
        ("amount between 1 and parts", {"amount": 0}, False),
        ("amount * 2 - parts = 3", {"amount": 2, "parts": 1}, True),
        ("-amount < 0", {"amount": 2}, True),
        ("abs(amount - parts) = 1", {"amount": 2, "parts": 3}, True),
        ("name = '张敏'", {"name": "张敏"}, True),
        ("name like '张%'", {"name": "张敏"}, True),
        ("name like '张%'", {}, None),
        ("contains(name, 'a%')", {"name": "ab"}, False),
        ("starts_with(name, '50%')", {"name": "50% off"}, True),
        ("ends_with(name, 'x')", {"name": "ax"}, True),
        ("length(trim(name)) = 2", {"name": " 张敏 "}, True),
        ("lower(name) = 'ab'", {"name": "AB"}, True),
        ("note is not null and name = 'x'", {"name": "x"}, False),
        ("receipt.found", {}, True),
        ("not receipt.found or paid is true", {}, False),
    ],
)
def test_values(condition: str, cells: dict[str, object], expected: bool | None) -> None:
    assert truth(condition, **cells) is expected


@pytest.mark.parametrize(
    ("condition", "cells", "expected"),
    [
        ("done > begun", {"begun": "2025-03-05 10:00", "done": "2025-03-05 10:01"}, True),
        ("done > begun", {"begun": "2025-03-05 10:00", "done": "2025-03-05"}, None),
        ("done > begun", {"begun": "2025-03-05 10:00", "done": "2025-03-06"}, True),
        ("done > begun", {"begun": "2025-03-05", "done": "2025-03-05"}, False),
        ("done >= begun", {"begun": "2025-03-05", "done": "2025-03-05"}, True),
        ("done = begun", {"begun": "2025-03-05 00:00", "done": "2025-03-05"}, None),
        ("done < begun", {"begun": "2025-03-05", "done": "2025-03-04 23:59"}, True),
        ("done >= '2025-03-05'", {"done": "2025-03-05 00:00"}, True),
        ("done >= '2025-03-05'", {"done": "2025-03-05"}, True),
        ("done > '2025-03-05'", {"done": "2025-03-05"}, False),
        ("done >= '2025-03-05 10:00'", {"done": "2025-03-05"}, None),
        ("done >= '2025-03-05 10:00'", {"done": "2025-03-06"}, True),
        ("done between '2025-03-05' and '2025-03-07'", {"done": "2025-03-05"}, True),
        ("hours(done - begun) <= 2", {"begun": "2025-03-05 10:00", "done": "2025-03-05 12:00"}, True),
        ("minutes(done - begun) = 90", {"begun": "2025-03-05 10:00", "done": "2025-03-05 11:30"}, True),
        ("hours(done - begun) <= 99", {"begun": "2025-03-05", "done": "2025-03-05 12:00"}, None),
        ("hours(done - begun) <= 99", {"begun": "2025-03-05", "done": "2025-03-06"}, None),
        ("minutes(done - begun) <= 9999", {"begun": "2025-03-05", "done": "2025-03-06"}, None),
        ("days(done - begun) = 1", {"begun": "2025-03-05", "done": "2025-03-06"}, True),
        ("days(done - begun) = 1", {"begun": "2025-03-05 10:00", "done": "2025-03-06"}, None),
        ("days(done - begun) = 1.5", {"begun": "2025-03-05 00:00", "done": "2025-03-06 12:00"}, True),
        ("day(done) - day(begun) = 1", {"begun": "2025-03-05 23:59", "done": "2025-03-06"}, True),
        ("year(done) = 2025 and month(done) = 3", {"done": "2025-03-01"}, True),
        ("month(done) = 12", {"done": "2024-12-31 23:59"}, True),
        ("coalesce(done, begun) > '2025-03-05 12:00'", {"begun": "2025-03-05"}, None),
    ],
)
def test_times(condition: str, cells: dict[str, object], expected: bool | None) -> None:
    assert truth(condition, **cells) is expected


@pytest.mark.parametrize(
    ("condition", "column", "what"),
    [
        ("amount > 5 and payed", 26, "There is no column 'payed' here."),
        ("receipts.found", 11, "There is no column 'receipts.found' here."),
        ("amount = '5'", 11, "'amount' is a number but ''5'' is a text."),
        ("name > 5", 11, "'name' is a text but '5' is a number."),
        ("paid = 1", 11, "'paid' is a yes/no but '1' is a number."),
        ("paid and amount", 20, "'amount' is a number, not a yes/no."),
        ("amount", 11, "The expression gives a number where a yes/no is needed."),
        ("name + 1 = 2", 11, "'name + 1' calculates with a text and a number."),
        ("done > 'soon'", 19, "'soon' is not a date or time."),
        ("done > '2025-13-01'", 19, "'2025-13-01' is not a date or time."),
        ("hours(amount) > 1", 17, "'amount' is a number, not a difference of two times."),
        ("length(name, note) = 1", 11, "'length' takes 1 value(s), not 2."),
        ("trim(name, 'x') = 'a'", 11, "'trim' takes 1 value(s), not 2."),
        ("hours() = 1", 11, "'hours' takes 1 value(s), not 0."),
        ("amount is 5", 18, "'is' goes with null, true or false only."),
        ("coalesce(name, 1) = 1", 11, "'coalesce' mixes number and text."),
        ("case when paid then 1 else 'a' end = 1", 11, "The branches of `case` give different types."),
        ("case name when 'a' then true end", 11, "`case x when` is not supported."),
        ("upper(name) = 'A'", 11, "The function 'upper' is not allowed in a condition."),
        ("paid and sleep(1) = 0", 20, "The function 'sleep' is not allowed in a condition."),
        ("exists (select 1)", 11, "The function 'exists' is not allowed in a condition."),
        ("amount > (select 1)", 21, "'select' is not allowed: a condition cannot contain a query or a statement."),
        ("paid; drop table x", 15, "';' is not allowed: a condition cannot contain a query or a statement."),
        ("amount / 2 > 1", 11, "'amount / 2' is not allowed in a condition."),
        ("name || 'x' = 'y'", 11, "'name || 'x'' is not allowed in a condition."),
        ("amount::text = '1'", 11, "'CAST(amount AS TEXT)' is not allowed in a condition."),
        ("name ~ 'x'", 11, "'REGEXP_MATCHES(name, 'x')' is not allowed in a condition."),
        ("name = 'x", 11, "The condition cannot be read: a quotation mark is not closed."),
        ("amount in ()", 18, "'in' needs a list of values."),
    ],
)
def test_mistakes_are_named_at_their_column(condition: str, column: int, what: str) -> None:
    compiled, [problem] = compile_condition(condition, Names(), HERE)
    assert compiled is None
    assert problem.what == what
    assert (problem.where.line, problem.where.column) == (7, column)
    assert problem.fatal
    assert problem.remedy


@pytest.mark.parametrize(
    ("condition", "remedy"),
    [
        ("payed", "Did you mean 'paid'?"),
        ("trimm(name) = 'A'", "Did you mean 'trim'?"),
        ('name = "A"', "Text is written in single quotes."),
        (
            "amount = '5'",
            "Text and ids are written in single quotes ('报修'), numbers without; yes/no columns stand alone.",
        ),
        ("done > 'soon'", "Write '2025-03-05' or '2025-03-05 10:00'."),
    ],
)
def test_what_to_do_instead(condition: str, remedy: str) -> None:
    _, [problem] = compile_condition(condition, Names(), HERE)
    assert problem.remedy == remedy


def test_what_a_condition_reads() -> None:
    compiled, _ = compile_condition("amount > 5 and receipt.found and (amount < 9 or paid)", Names(), HERE)
    assert compiled
    assert compiled.reads == ((None, "amount"), ("receipt", "found"), (None, "paid"))


def test_quotes_in_texts_stay_texts() -> None:
    assert truth("name = 'a''b'", name="a''b") is True
