"""Examples of a rule as tables: the cells, the instant of judgement, and the verdict each must get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditor.report.markdown import cell, table
from auditor.report.wording import VERDICTS
from auditor.rulebook import Entry, Example

_AS_OF = "检查时点 as of"
_EXPECT = "判定 verdict"


def examples_of(entry: Entry) -> Iterator[str]:
    """Examples of one row in one table, one below the other; each larger one with its own tables."""
    judged = entry.rule.judged_record()
    single = [one for one in entry.examples if set(one.tables) == {judged} and len(one.tables[judged]) == 1]
    if single:
        yield f"例 Examples ({judged}):\n"
        yield from _rows_of(single, judged)
    for number, example in enumerate((one for one in entry.examples if one not in single), start=1):
        note = f": {cell(example.note)}" if example.note else ""
        yield f"例 Example {number}{note}\n"
        yield from _tables_of(example)


def _rows_of(examples: Sequence[Example], record: str) -> Iterator[str]:
    rows = [example.tables[record][0] for example in examples]
    names = _names(rows)
    timed = any(example.as_of for example in examples)
    heads = (*names, *([_AS_OF] if timed else []), _EXPECT)
    lines = []
    for example, row in zip(examples, rows, strict=True):
        as_of = [example.as_of or ""] if timed else []
        lines.append((*_cells(row, names), *as_of, _expected(example.expect)))
    yield from table(heads, lines)


def _tables_of(example: Example) -> Iterator[str]:
    for record, rows in example.tables.items():
        names = _names(rows)
        yield from table((f"**{record}**", *names), [("", *_cells(row, names)) for row in rows])
    as_of = f"{_AS_OF} {example.as_of}: " if example.as_of else ""
    yield f"{as_of}{_expected(example.expect)}\n"


def _names(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _cells(row: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    return [cell("" if row.get(name) is None else row[name]) for name in names]


def _expected(expect: str | Mapping[str, str]) -> str:
    if isinstance(expect, str):
        return _verdict(expect)
    return "; ".join(f"{cell(key)} {_verdict(verdict)}" for key, verdict in expect.items()) or "无义务 nothing owed"


def _verdict(word: str) -> str:
    return f"{VERDICTS[word]['zh']} {word}"
