"""Earlier consequences of a subject that are in force, from the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.adjudicate.forms import LADDER_OF
from auditor.adjudicate.gather.basis import Basis, month_number
from auditor.adjudicate.given import Earlier
from auditor.evaluate.evaluation import FINDINGS

_IN_FORCE = {"approved": "approved", "applied": "applied", "upheld": "applied"}
"""The states of the ledger in which a consequence is in force, and what policies call them."""


@dataclass(frozen=True, slots=True)
class Past:
    """A consequence in the ledger; ``period`` is a month and ``findings`` are fingerprints."""

    key: str
    subject: str
    subject_kind: str
    kind: str
    measure: str | None
    period: str | None
    state: str
    findings: tuple[str, ...]


def gather_earlier(basis: Basis, past: Iterable[Past]) -> list[Earlier]:
    """Those in force from the months before this one, back to the look-back window.

    What rests on findings of this run is told by their tallies: it is no earlier breach and cannot raise itself.
    """
    ledger = sorted(past, key=lambda one: one.key)
    present, now = _present(basis, ledger), basis.this_month
    out = []
    for one in ledger:
        month, step = month_number(one.period), _step(basis, one)
        if month is None or step is None or one.state not in _IN_FORCE or present.intersection(one.findings):
            continue
        if 0 < now - month < basis.policy.look_back_months:
            earlier = Earlier(
                f"earlier/{one.key}", one.subject, one.kind, str(one.measure), step, now - month,
                _IN_FORCE[one.state], subject_kind=one.subject_kind, fingerprints=one.findings,
            )  # fmt: skip
            out.append(earlier)
    return out


def _step(basis: Basis, one: Past) -> int | None:
    """Its place on its ladder, from 1; None for a measure that the ladder does not have (any more)."""
    if one.kind not in LADDER_OF:
        return None
    ladder = [measure.id for measure in basis.policy.measures(one.kind)]
    return ladder.index(one.measure) + 1 if one.measure in ladder else None


def _present(basis: Basis, past: Iterable[Past]) -> set[str]:
    """Which of the fingerprints that the ledger names are those of findings of this run."""
    names = [name for one in past for name in one.findings]
    query = f"SELECT fingerprint FROM {FINDINGS} WHERE fingerprint IN (SELECT unnest(?::VARCHAR[]))"
    return {name for (name,) in basis.connection.execute(query, [names]).fetchall()}
