"""Consequence: a reward, penalty or escalation that is proposed for a subject, and why."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.adjudicate.because import Step


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows for one subject. It is *proposed*: a manager's decision makes it count.

    ``points`` are the policy's own and no money. ``instead_of`` names the policies whose milder
    measures are contained in this one. ``because`` leads from findings and records up to the measure.
    """

    subject: str
    subject_kind: str
    kind: str
    measure: str
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

    @property
    def findings(self) -> tuple[str, ...]:
        """Fingerprints of the findings it rests on, sorted, each once."""
        return tuple(sorted({each for step in self.because for fact in step.facts for each in fact.findings}))

    @property
    def records(self) -> tuple[str, ...]:
        """Keys of the records it rests on, sorted, each once."""
        return tuple(sorted({each for step in self.because for fact in step.facts for each in fact.records}))
