"""Incidents: reported breaches, with the circumstances, consequences and attitude that the sheet gives them."""

from __future__ import annotations

from auditor.adjudicate.gather.basis import Basis
from auditor.adjudicate.gather.onrecord import Entries, Group, group_entries
from auditor.adjudicate.given import Incident

_SAID = ("behaviour_code", "circumstances", "consequence_level", "attitude_level", "criminal_liability")
_ENTRIES = Entries("incident", "staff_name", said=_SAID, money="loss_amount")


def gather_incidents(basis: Basis) -> list[Incident]:
    """One incident for each person, month, ground and weight; ``count`` is how many there are."""
    return [_incident(number, group) for number, group in enumerate(group_entries(basis, _ENTRIES), start=1)]


def _incident(number: int, group: Group) -> Incident:
    ground, gravity, outcome, attitude, criminal = group.said.values()
    return Incident(
        f"incident/{number}", group.subject, group.count, group.keys, group.period, ground, gravity, outcome, attitude,
        criminal, group.money,
    )  # fmt: skip
