"""Follow: what a run means for the ledger: what it proposes, and what late evidence takes back.

Absence is not a pass. A consequence is taken back where one of its findings is *kept* in the new run by the same
rule, or was waived; where the row is gone or cannot be judged, or the rule was changed, nothing happens by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from auditor.history.entry import Entry, Standing, State
from auditor.history.record import AtStake, ConsequenceRecord, FindingRecord, Outcomes, RunRecord
from auditor.history.steps import OPEN, Slot, alike, slot

AUDITOR = "auditor"
"""Who takes the steps that follow from a run."""


LATE = "late evidence"


@dataclass(frozen=True)
class After:
    """What a run found, as far as the ledger cares; ``on`` is its local day.

    ``as_of`` says of each consequence of the ledger as of when it was last drawn or taken back (UTC seconds).
    """

    run: RunRecord
    on: date
    findings: Mapping[str, FindingRecord]
    drawn: Mapping[str, ConsequenceRecord]
    outcomes: Outcomes
    at_stake: Mapping[str, AtStake]
    as_of: Mapping[str, int]

    @cached_property
    def by_slot(self) -> Mapping[Slot, Sequence[ConsequenceRecord]]:
        """The consequences it draws, by what only one of them may count for."""
        return _by_slot(self.drawn.values())

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """What each rule says in this run."""
        return {one.rule: one.version for one in self.run.rules}

    def is_later(self, key: str) -> bool:
        """Whether the run judges no earlier than what is known of a consequence: an old log proves nothing."""
        return self.run.as_of >= self.as_of.get(key, self.run.as_of)

    def late(self, key: str) -> bool:
        """Whether a finding that failed is kept now, by the same rule and not judged earlier than before."""
        before = self.at_stake.get(key)
        return (
            before is not None
            and key in self.outcomes.passed
            and before.rule_version == self.versions.get(before.rule)
            and before.as_of <= self.run.as_of
        )

    def touches(self, key: str) -> bool:
        """Whether the data of a finding is in the run."""
        return key in self.findings or key in self.outcomes.passed or key in self.outcomes.gone

    def entry(self, key: str, state: State, why: str, findings: Sequence[str] = ()) -> Entry:
        """A step that follows from the run."""
        return Entry(key, state, AUDITOR, self.on, why, self.run.id, tuple(findings))


def follow(after: After, standings: Sequence[Standing]) -> list[Entry]:
    """The entries that a run makes: first what it takes back, then what it proposes."""
    taken = {entry.key: entry for standing in standings for entry in _take_back(after, standing)}
    rivals = _by_slot(standing.consequence for standing in standings)
    known = {standing.consequence.key: standing for standing in standings}
    proposed = []
    for drawn in after.drawn.values():
        if drawn.state == "proposed":
            others = [known[one.key] for one in rivals.get(slot(drawn), ()) if alike(one, drawn)]
            proposed += _propose(after, drawn, known.get(drawn.key), others, taken)
    return [*taken.values(), *proposed]


def doubtful(after: After, standings: Sequence[Standing], taken: Iterable[str]) -> list[str]:
    """The open consequences that people have to look at: the run has their findings' data, but draws them no more."""
    left = {*taken, *after.drawn}
    return [
        one.consequence.key
        for one in standings
        if one.state in OPEN
        and one.consequence.key not in left
        and after.is_later(one.consequence.key)
        and any(after.touches(key) for key in one.consequence.findings)
    ]


def _take_back(after: After, standing: Standing) -> list[Entry]:
    consequence = standing.consequence
    if standing.state not in OPEN or not after.is_later(consequence.key):
        return []
    late = [key for key in consequence.findings if after.late(key)]
    if late:
        return [after.entry(consequence.key, "reversed", LATE, late)]
    waived = [key for key in consequence.findings if key in after.findings and after.findings[key].state == "waived"]
    if waived:
        return [after.entry(consequence.key, "reversed", "waived", waived)]
    if standing.state == "proposed" and consequence.key not in after.drawn:
        by = [one for one in after.by_slot.get(slot(consequence), ()) if alike(one, consequence)]
        return [after.entry(consequence.key, "replaced", f"replaced by {one.key}") for one in by[:1]]
    return []


def _propose(
    after: After,
    drawn: ConsequenceRecord,
    standing: Standing | None,
    others: Sequence[Standing],
    taken: Mapping[str, Entry],
) -> list[Entry]:
    """A consequence is proposed once; anew only where a run had taken it back or replaced it, and then it says so."""
    if standing is None:
        told = [f"{one.consequence.key} is {_now(one, taken).state}" for one in others]
        return [after.entry(drawn.key, "proposed", "; ".join(("drawn", *told)))]
    last = _now(standing, taken)
    if last.run is not None and last.state in ("reversed", "replaced") and after.is_later(drawn.key):
        return [after.entry(drawn.key, "proposed", f"drawn again, was {last.state}: {last.why}")]
    return []


def _now(standing: Standing, taken: Mapping[str, Entry]) -> Entry:
    """The last step of a consequence, those of this run among them."""
    return taken.get(standing.consequence.key, standing.entries[-1])


def _by_slot(consequences: Iterable[ConsequenceRecord]) -> dict[Slot, list[ConsequenceRecord]]:
    found: dict[Slot, list[ConsequenceRecord]] = {}
    for one in consequences:
        found.setdefault(slot(one), []).append(one)
    return found
