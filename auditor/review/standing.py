"""Standing: what the decisions on a finding come to, on a day and with the evidence of that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from auditor.fold import fold
from auditor.history import Decision

State = Literal["open", "confirmed", "waived", "disputed", "lapsed", "evidence_changed"]
STATES: tuple[State, ...] = ("open", "confirmed", "waived", "disputed", "lapsed", "evidence_changed")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A finding that somebody decided on: its ``state``, and the ``decisions`` it follows from.

    There are two where reviewers disagree. Of a waiver that lapsed, or whose evidence changed, the old one is here.
    """

    state: State
    decisions: tuple[Decision, ...]


def review(log: Iterable[Decision], evidence: Mapping[str, str], day: date) -> dict[str, Reviewed]:
    """The findings among ``evidence`` (hash by key) that the ``log``, in its order, says anything about.

    ``day`` is the local day as of which waivers are in force or lapsed.
    """
    said = by_finding(log)
    return {key: _reviewed(standing(said[key]), evidence[key], day) for key in sorted(said.keys() & evidence.keys())}


def by_finding(log: Iterable[Decision]) -> dict[str, list[Decision]]:
    """The decisions on each finding, in their order."""
    said: dict[str, list[Decision]] = {}
    for one in log:
        said.setdefault(one.finding_key, []).append(one)
    return said


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decision in force, or the two that contradict one another.

    The last one counts. But nobody overrules another reviewer alone: where one confirms what another waives, both
    stand until one of them agrees or a third person decides.
    """
    stand: tuple[Decision, ...] = ()
    for one in decisions:
        third = len(stand) > 1 and all(not _same(one, each) for each in stand)
        against = () if third else tuple(each for each in stand if not _same(one, each) and _contradict(each, one))
        stand = (*against, one)
    return stand


def _same(one: Decision, other: Decision) -> bool:
    return fold(one.reviewer) == fold(other.reviewer)


def _contradict(earlier: Decision, later: Decision) -> bool:
    """One confirms and one waives the same evidence, and the earlier one had not lapsed by then."""
    opposed = {earlier.decision, later.decision} == {"confirm", "waive"}
    return opposed and earlier.evidence_hash == later.evidence_hash and not lapsed(earlier, later.decided_on)


def lapsed(decision: Decision, day: date) -> bool:
    """The waiver is over by ``day``, or never said until when."""
    return decision.decision == "waive" and (decision.expires is None or decision.expires < day)


def _reviewed(stand: tuple[Decision, ...], evidence: str, day: date) -> Reviewed:
    """A dispute outlives a change of the evidence: only a decision settles it."""
    last = stand[-1]
    if last.decision == "dispute":
        return Reviewed("disputed", stand)
    if last.evidence_hash != evidence:
        return Reviewed("evidence_changed", stand)
    active = tuple(one for one in stand if not lapsed(one, day))
    if len(active) > 1:
        return Reviewed("disputed", active)
    if not active:
        return Reviewed("lapsed", stand)
    return Reviewed("waived" if active[0].decision == "waive" else "confirmed", active)
