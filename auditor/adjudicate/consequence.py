"""Consequence: a reward, penalty or escalation that is proposed for a subject, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.adjudicate.because import Ground, Step

MOST_ROOTS = 20
"""So many findings and records tell a consequence apart by themselves; of more, the tallies do."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows for one subject in one month (``period``). It is *proposed*: a manager's decision makes it count.

    ``points`` are the policy's own; ``amount`` is in cents, a suggestion; ``points_cut`` and ``amount_cut`` are
    what offsets, caps or an exemption took off them. ``measure`` is None where the policy's map has none.
    ``state`` is proposed, held (``held_because`` says why) or exempted. ``instead_of`` names the policies whose
    milder measures are contained in this one. ``because`` leads from findings and records up to the measure.
    ``key`` is the same in every run that draws it from the same findings and records.
    """

    subject: str
    subject_kind: str
    kind: str
    measure: str | None
    measure_zh: str
    measure_en: str
    points: int
    policy: str
    cites: tuple[str, ...]
    origin: str
    mandatory: bool
    because: tuple[Step, ...]
    instead_of: tuple[str, ...] = ()
    state: str = "proposed"
    key: str = ""
    period: str | None = None
    amount: int = 0
    points_cut: int = 0
    amount_cut: int = 0
    held_because: tuple[str, ...] = ()
    compensation: str | None = None
    to: str | None = None

    @property
    def findings(self) -> tuple[str, ...]:
        """Fingerprints of the findings it rests on, sorted, each once."""
        return tuple(sorted({each for step in self.because for fact in step.facts for each in fact.findings}))

    @property
    def records(self) -> tuple[str, ...]:
        """Keys of the records it rests on, sorted, each once."""
        return tuple(sorted({each for step in self.because for fact in step.facts for each in fact.records}))


def key_of(policy: str, whose: tuple[str, str], period: str | None, because: Sequence[Step]) -> str:
    """16 hex digits out of the policy, the subject (kind and name), the month, and the findings and records."""
    grounds = {fact for step in because for fact in step.facts if fact.findings or fact.records}
    roots = {root for ground in grounds for root in (*ground.findings, *ground.records)}
    capped = any(ground.count > len(ground.findings) + len(ground.records) for ground in grounds)
    if capped or len(roots) > MOST_ROOTS:
        roots = {_tale(ground) for ground in grounds}
    text = "\x1f".join((policy, *whose, period or "", *sorted(roots)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _tale(ground: Ground) -> str:
    """A given fact by what it says, without how often."""
    return repr((ground.name, ground.values))
