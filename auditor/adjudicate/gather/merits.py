"""Merits: grounds for reward on record, as the policy says where they stand."""

from __future__ import annotations

from auditor.adjudicate.gather.basis import Basis
from auditor.adjudicate.gather.onrecord import Entries, group_entries
from auditor.adjudicate.given import Merit
from auditor.adjudicate.source import MeritSource


def gather_merits(basis: Basis) -> list[Merit]:
    """One merit for each subject, ground and month; grounds of several sources stay apart, as their records do."""
    return [
        merit
        for number, source in enumerate(basis.policy.merits)
        for merit in _merits(basis, f"merit/{number + 1}", source)
    ]


def _merits(basis: Basis, prefix: str, source: MeritSource) -> list[Merit]:
    entries = Entries(source.record, source.subject, source.where, money=source.amount)
    return [
        Merit(
            f"{prefix}/{number}", group.subject, source.ground, group.count, group.keys,
            amount=group.money, period=group.period,
        )
        for number, group in enumerate(group_entries(basis, entries), start=1)
    ]  # fmt: skip
