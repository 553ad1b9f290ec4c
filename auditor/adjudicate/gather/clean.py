"""Clean months: whole months in a row in which obligations were kept and no finding counts."""

from __future__ import annotations

from auditor.adjudicate.gather.basis import SUSPICION, Basis
from auditor.adjudicate.gather.tallies import CHARGED
from auditor.adjudicate.given import Clean
from auditor.evaluate.plan import Group, Member
from auditor.intake.sql import literal
from auditor.kinds import Outcome

_EXPOSURE = "exposure"


def gather_clean(basis: Basis) -> list[Clean]:
    """The clean months of each subject up to the last whole one, if at least ``min_sample`` obligations were kept.

    A month without any kept obligation shows nothing and ends the row, as does a finding that counts; one by a
    suspect rule does not count. Needs ``charge``.
    """
    _count_kept(basis)
    months = (
        f"SELECT subject, subject_kind, month, sum(kept) AS kept FROM {_EXPOSURE} WHERE month < {basis.this_month}"
        f" AND (subject, subject_kind, month) NOT IN (SELECT (subject, subject_kind, month) FROM {CHARGED}"
        f"  WHERE month IS NOT NULL AND held IS DISTINCT FROM '{SUSPICION}') GROUP BY ALL"
    )
    newest_first = "row_number() OVER (PARTITION BY subject, subject_kind ORDER BY month DESC)"
    rows = basis.connection.execute(
        f"SELECT subject, subject_kind, count(*), CAST(sum(kept) AS BIGINT) AS kept"
        f" FROM (SELECT *, {newest_first} AS nth FROM ({months}))"
        f" WHERE month + nth = {basis.this_month} GROUP BY ALL HAVING sum(kept) >= {max(basis.policy.min_sample, 1)}"
        " ORDER BY ALL"
    ).fetchall()
    return [
        Clean(f"clean/{number}", subject, months, kept, subject_kind=kind)
        for number, (subject, kind, months, kept) in enumerate(rows, start=1)
        if subject not in basis.data.namesakes
    ]


def _count_kept(basis: Basis) -> None:
    """The table of kept obligations by subject and month. Every obligation is judged once more for it."""
    basis.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_EXPOSURE} (subject VARCHAR, subject_kind VARCHAR, month BIGINT, kept BIGINT)"
    )
    for group in basis.plan.groups:
        for member in group.members:
            if basis.evaluation.results[member.number].status == "judged":
                basis.connection.execute(f"INSERT INTO {_EXPOSURE} {_kept(basis, group, member)}")


def _kept(basis: Basis, group: Group, member: Member) -> str:
    judgement = member.judgement
    month = basis.month(f"coalesce({judgement.occurred_at}, {judgement.due_at}, {judgement.observed_at})")
    kind, relation = literal(judgement.subject_kind), Group(group.source, [member]).relation(details=True)
    return (
        f"SELECT subject, {kind}, month, count(*) FROM (SELECT {judgement.subject} AS subject, {month} AS month,"
        f" {judgement.outcome} AS outcome FROM {relation})"
        f" WHERE outcome = {Outcome.PASS:d} AND subject IS NOT NULL AND month IS NOT NULL GROUP BY ALL"
    )
