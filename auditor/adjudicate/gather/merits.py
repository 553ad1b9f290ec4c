"""Merits: grounds for reward on record, as the policy says where they stand."""

from __future__ import annotations

from auditor.adjudicate.gather.basis import Basis
from auditor.adjudicate.gather.onrecord import Entries, find_nameless, group_entries
from auditor.adjudicate.given import Merit
from auditor.adjudicate.source import MeritSource
from auditor.location import Location
from auditor.problem import Problem


def gather_merits(basis: Basis) -> list[Merit]:
    """One merit for each subject, ground and month; grounds of several sources stay apart, as their records do."""
    return [
        Merit(
            f"merit/{place}/{number}", group.subject, source.ground, group.count, group.keys,
            amount=group.money, period=group.period,
        )
        for place, source in enumerate(basis.policy.merits, start=1)
        for number, group in enumerate(group_entries(basis, _entries(source)), start=1)
    ]  # fmt: skip


def report_nameless(basis: Basis) -> list[Problem]:
    """A Problem for each source with grounds for reward that do not say for whom: nobody is proposed for them."""
    problems = []
    for source in basis.policy.merits:
        found = find_nameless(basis, _entries(source))
        if found is not None:
            what = f"It is not clear whose ground for reward this is ({source.ground}), so nobody is proposed for it."
            remedy = "Write one name that the roster knows, with the staff number where several people have it."
            problems.append(Problem(_place(basis, source, found[1]), "merit-of-nobody", what, remedy, count=found[0]))
    return problems


def _entries(source: MeritSource) -> Entries:
    return Entries(source.record, source.subject, source.where, money=source.amount)


def _place(basis: Basis, source: MeritSource, row: int) -> Location:
    table = basis.plan.world.sql_name(source.record)
    [(number, line)] = basis.connection.execute(f"SELECT _source, _line FROM {table} WHERE _row = {row}").fetchall()
    read = basis.data.sources[number]
    headers: dict[str, str] = {match.field: match.header for match in read.columns}
    return Location(read.file, sheet=read.sheet, row=line, column=headers.get(source.subject, source.subject))
