"""Unmatched items: rows of inspection sheets that answer no item of any checklist in force, so nobody judged them."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.evaluate.plan import Member, Plan
from auditor.intake import Dataset
from auditor.kinds import Scope
from auditor.kinds.checklist import Checklist
from auditor.kinds.items import wordings
from auditor.kinds.itemwording import fold_wording
from auditor.location import Location
from auditor.mistake import close
from auditor.problem import Problem
from auditor.records import Table

MOST = 20
"""How many wordings of one record are told one by one."""


def report_unmatched(plan: Plan, data: Dataset) -> list[Problem]:
    """A Problem for each item that no checklist in force asks, at its first place, with the nearest one there is."""
    sheets: dict[str, list[Member]] = {}
    for group in plan.groups:
        for member in group.members:
            if isinstance(member.entry.rule, Checklist):
                sheets.setdefault(member.entry.rule.sheet, []).append(member)
    return [problem for record in sorted(sheets) for problem in _report(plan, data, record, sheets[record])]


def _report(plan: Plan, data: Dataset, record: str, members: Sequence[Member]) -> list[Problem]:
    joins = [_checklist(member).answered(_scope(plan, member)) for member in members]
    table, unanswered = data.tables[record], " AND ".join(f"{join.alias}.code IS NULL" for join in joins)
    code, name = (f'r."{column}"' if column in table.columns else "NULL" for column in ("item_code", "item_name"))
    rows = data.connection.execute(
        f"SELECT {code} AS code, {name} AS name, count(*), arg_min(r._source, r._row), arg_min(r._line, r._row)"
        f" FROM {plan.world.sql_name(record)} AS r {' '.join(join.sql for join in joins)}"
        f" WHERE {unanswered} GROUP BY 1, 2 ORDER BY min(r._row)"
    ).fetchall()
    checklists = [_checklist(member) for member in members]
    problems = [_problem(data, table, checklists, *row) for row in rows[:MOST]]
    return problems + ([_more(data, rows[MOST:])] if rows[MOST:] else [])


def _checklist(member: Member) -> Checklist:
    assert isinstance(member.entry.rule, Checklist)
    return member.entry.rule


def _scope(plan: Plan, member: Member) -> Scope:
    rule = member.entry.rule
    return Scope(rule, rule.judged_record(), plan.world, member.entry.place)


def _problem(
    data: Dataset, table: Table, checklists: Sequence[Checklist], code: str | None, name: str | None, count: int,
    source: int, line: int,
) -> Problem:  # fmt: skip
    field = "item_name" if code is None and "item_name" in table.columns else "item_code"
    sheet = data.sources[source]
    header = next((column.header for column in sheet.columns if column.field == field), None)
    where = Location(sheet.file, sheet=sheet.sheet, row=line, column=header)
    if code is None and name is None:
        return Problem(where, "item-missing", "This row names no item.", "Write the item it answers.", count=count)
    written = " ".join(filter(None, (code, name)))
    what = f"No checklist in force asks '{written}'; nobody judged it."
    return Problem(where, "item-unmatched", what, _remedy(checklists, code, name), count=count)


def _remedy(checklists: Sequence[Checklist], code: str | None, name: str | None) -> str:
    """The item that was probably meant: by its wording, else by its code."""
    items = [item for checklist in checklists for item in checklist.items]
    titles = {key: (item, title) for item in items for key, title in wordings(item).items()}
    meant = close(fold_wording(name), titles) if name else None
    if meant is not None:
        item, title = titles[meant]
        return f"Did you mean '{title}'?" if code is None else f"Did you mean {item.code} '{title}'?"
    nearest = close(code, [item.code for item in items]) if code else None
    return f"Did you mean '{nearest}'?" if nearest else "Use the wording of the checklist, or add the item to its rule."


def _more(data: Dataset, rows: Sequence[tuple[str | None, str | None, int, int, int]]) -> Problem:
    sheet, line = data.sources[rows[0][3]], rows[0][4]
    what = f"{len(rows)} more items are asked by no checklist in force; nobody judged them."
    remedy = "See whether the right regulation is in force and its checklist is complete."
    return Problem(Location(sheet.file, sheet=sheet.sheet, row=line), "item-unmatched", what, remedy,
                   count=sum(row[2] for row in rows))  # fmt: skip
