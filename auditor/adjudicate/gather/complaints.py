"""Complaints about persons. What was found not to be our fault is nobody's ground for anything."""

from __future__ import annotations

from auditor.adjudicate.gather.basis import Basis
from auditor.adjudicate.gather.onrecord import Entries, group_entries
from auditor.adjudicate.given import Complaint

_ENTRIES = Entries(
    "complaint", "staff_involved", "our_fault is null or our_fault", said=("attitude_caused", "complaint_class")
)


def gather_complaints(basis: Basis) -> list[Complaint]:
    """One complaint for each person, month, class and cause; ``count`` is how many there are."""
    return [
        Complaint(f"complaint/{number}", group.subject, group.count, group.keys, group.period, *group.said.values())
        for number, group in enumerate(group_entries(basis, _ENTRIES), start=1)
    ]
