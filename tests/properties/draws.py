"""What the random worlds are made of: interesting instants, cells of every type, conditions, rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.reference.bench import RECORDS

Rows = list[dict[str, str]]


class Case(NamedTuple):
    """A rule (only the fields that decide its verdicts), tables as cell text, and the local time of judgement."""

    rule: dict[str, Any]
    tables: dict[str, Rows]
    as_of: str


UNREADABLE = "看不清"
# 5 March 2025 is a Wednesday; the 8th a Saturday, the 12th a holiday, the 15th a Saturday that works.
INSTANTS = [
    "2025-03-05 10:00",
    "2025-03-05 10:30",
    "2025-03-05 12:30",
    "2025-03-05 14:00",
    "2025-03-05 18:00",
    "2025-03-05 23:59:59",
    "2025-03-06 00:00",
    "2025-03-06 10:00",
    "2025-03-06 10:00:01",
    "2025-03-07 18:00",
    "2025-03-08 11:00",
    "2025-03-10 09:00",
    "2025-03-11 17:00",
    "2025-03-12 10:00",
    "2025-03-15 10:00",
]
WEEKS = [
    "2025-02-27 10:00",
    "2025-03-02 23:59",
    "2025-03-03 00:00",
    "2025-03-06 10:00",
    "2025-03-07 09:00",
    "2025-03-12 10:00",
    "2025-03-17 08:00",
    "2025-03-20 10:00",
    "2025-03-26 10:00",
    "2025-04-01 00:00",
]
COUNTER = [
    "2025-03-05 09:30",
    "2025-03-05 10:00",
    "2025-03-05 10:20",
    "2025-03-05 10:40",
    "2025-03-05 11:00",
    "2025-03-05 11:59",
    "2025-03-05 12:00",
    "2025-03-06 10:30",
]
DATES = ["2025-03-05", "2025-03-06", "2025-03-08"]

_CELLS = {
    "number": ["1", "2", "3", "2.5", "2", "3", "", UNREADABLE],
    "integer": ["1", "2", "3", "2", "", UNREADABLE],
    "yesno": ["是", "否", "是", "否", "是", "", "不适用", UNREADABLE],
    "person": ["张敏", "李强", "张敏", "李强", ""],
    "id": ["J1", "J2", "J1", "J2", ""],
}
_OWN_CELLS = {
    "sort": ["A", "B", "A", ""],
    "note": ["ab", "b", "a'b", ""],
    "content": ["ab", "b", ""],
    "doc_type": ["slip", "bill", "slip", "slip", ""],
    "approver_role": ["经理", "总监", ""],
    "place_id": ["P1", "P2", "P1", "P2", ""],
    "opens_at": ["10:00", "09:00", "10:00", ""],
    "closes_at": ["11:00", "12:00", "12:00", UNREADABLE],
    "signed_by_customer": ["是", "是", "否", "", UNREADABLE],
    "proven": ["是", "是", "是", "是", "否", "", "不适用", UNREADABLE],
    "good": ["是", "是", "是", "否", "", UNREADABLE],
    "granted": ["是", "是", "是", "否", "", UNREADABLE],
}
_ATOMS = {
    "job": [
        "urgent",
        "agreed",
        "urgent = true",
        "sort = 'A'",
        "sort <> 'A'",
        "sort in ('A', 'C')",
        "sort not in ('B', 'C')",
        "sort is null",
        "sort like 'A%'",
        "note is not null",
        "length(note) >= 2",
        "contains(note, 'b')",
        "starts_with(note, 'a''')",
        "coalesce(note, sort) = 'b'",
        "size > 2",
        "size <= 2.5",
        "size between 2 and 3",
        "size not between 2 and 3",
        "coalesce(size, 0) < 2",
        "size * 2 - 1 >= parts",
        "abs(parts - size) = 1",
        "case when urgent then size > 2 else agreed end",
        "closed_at is null",
        "closed_at > opened_at",
        "closed_at >= '2025-03-06'",
        "opened_at < '2025-03-05 14:00'",
        "hours(closed_at - opened_at) <= 24",
        "minutes(closed_at - opened_at) > 30",
        "day(closed_at) = day(opened_at)",
        "month(opened_at) = 3 and year(opened_at) = 2025",
    ],
    "visit": ["good", "not good", "sort = 'A'", "score > 1", "score is not null", "left_at is null"],
    "slip": ["proven", "sort = 'A'", "proven and sort <> 'B'"],
    "consent": ["granted", "approver_role = '经理'"],
    "place": ["sort = 'A'", "sort is not null"],
    "inspection": ["inspected = '张敏'", "inspected is not null"],
}


def one_of(*values: Any) -> SearchStrategy[Any]:
    """One of the values."""
    return st.sampled_from(values)


def instants(among: list[str]) -> SearchStrategy[str]:
    """A time of judgement."""
    return st.sampled_from([*among, "2025-03-31 00:00", "2025-04-02 08:00"])


def atoms(record: str) -> SearchStrategy[str]:
    """A simple condition over a record."""
    return st.sampled_from(_ATOMS[record])


def conditions(simple: SearchStrategy[str]) -> SearchStrategy[str]:
    """Simple conditions and small combinations of them."""
    joined = st.builds("({}) {} ({})".format, simple, one_of("and", "or"), simple)
    return simple | simple | joined | st.builds("not ({})".format, simple)


@st.composite
def scope(draw: DrawFn, record: str) -> dict[str, Any]:
    """The scope fields of a rule, most often none."""
    out: dict[str, Any] = {}
    if draw(one_of(False, False, True)):
        out["when"] = draw(conditions(atoms(record)))
    if draw(one_of(False, False, False, True)):
        many = draw(st.lists(atoms(record), min_size=1, max_size=2))
        out["unless"] = [{"if": text, "because": {"zh": "例外", "en": "exception"}} for text in many]
    return out


@st.composite
def some_of(draw: DrawFn, choices: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Some of the fields, each with one of its values; each is left out half of the time."""
    chosen = {name: draw(st.sampled_from([None] * len(values) + values)) for name, values in choices.items()}
    return {name: value for name, value in chosen.items() if value is not None}


def cells(name: str, kind: str, times: list[str]) -> SearchStrategy[str]:
    """Cell text for a column of type word ``kind``."""
    if kind == "time":
        return st.sampled_from([*times, *times, *DATES, "", "", UNREADABLE])
    return st.sampled_from(_OWN_CELLS.get(name) or _CELLS[kind])


@st.composite
def rows(draw: DrawFn, record: str, rule: Mapping[str, Any], most: int = 8, times: list[str] = INSTANTS) -> Rows:
    """Rows of a record: a key of its own in each (now and then none), and the columns that the rule mentions."""
    spec = RECORDS[record]
    wanted = {*re.findall(r"\w+", str(rule)), spec.time}
    columns = {
        name: cells(name, kind, times) for name, kind in spec.types.items() if name in wanted and name != spec.key
    }
    out = []
    for number in range(draw(st.integers(0, most))):
        key = {spec.key: draw(one_of(*[f"{record[0].upper()}{number + 1}"] * 9, ""))} if spec.key else {}
        out.append(key | {name: draw(strategy) for name, strategy in columns.items()})
    return out
