"""Records: what the history keeps of a run, as plain values. Times are UTC seconds, days are dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class InputRecord:
    """A file or sheet that was judged, known by the ``sha256`` of its bytes."""

    file: str
    sheet: str
    record: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What a rule came to in a run: ``counts`` by verdict, and ``version``, a hash of all it says.

    Verdicts of two runs can be compared where the version is the same.
    """

    rule: str
    status: str
    version: str
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """A failed obligation; ``key`` is its fingerprint, ``record_key`` the key of the row it rests on.

    ``sentence`` and ``details`` (the finding in the JSON report) are None where a run had too many findings to
    keep them all; those that a consequence rests on always have them.
    """

    key: str
    rule: str
    severity: str
    subject: str | None
    subject_kind: str
    department: str | None
    record: str
    record_key: str
    occurred_at: int | None
    due_at: int | None
    evidence_hash: str
    state: str = "open"
    sentence_zh: str | None = None
    sentence_en: str | None = None
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ConsequenceRecord:
    """A consequence as a run drew it; ``points`` are the policy's own, ``amount`` is in cents.

    ``state`` is that of the run: proposed, held (``held_because`` says why) or exempted. ``names`` are other names of
    the subject, ``findings`` the keys of the findings it rests on, ``details`` the consequence as in the JSON report.
    """

    key: str
    policy: str
    kind: str
    measure: str | None
    subject: str
    subject_kind: str
    period: str | None
    points: int
    amount: int
    state: str
    findings: tuple[str, ...]
    names: tuple[str, ...] = ()
    held_because: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What was judged by what, as of when; ``decisions`` is a hash of the decisions in force.

    ``order`` is the place of the run in the history, from 1; 0 before it is recorded.
    """

    as_of: int
    as_of_text: str
    rulebook: str
    policy: str
    regulations: tuple[str, ...]
    profile: str | None
    decisions: str
    inputs: tuple[InputRecord, ...]
    rules: tuple[RuleRecord, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    complete: bool = True
    id: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became, in a later run, of obligations that had failed, by finding key.

    ``passed``: the same obligation is judged and kept. ``gone``: its row is in the data but owes this no more.
    Keys in neither were not in the data, still fail, or could not be judged.
    """

    passed: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """Since when a finding is known: the first run that had it, and in how many runs in a row it was, up to the last.

    ``first_as_of`` is UTC seconds; ``consecutive`` counts runs that judged its rule, 0 when the last had it no more.
    """

    first_run: str
    first_as_of: int
    consecutive: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording a run did: ``new`` is False where the same run was there already and nothing was written.

    ``proposed``, ``reversed``, ``replaced`` and ``again`` (proposed anew after late evidence had reversed them) are
    the keys of consequences that got an entry; ``doubtful`` are those in force whose findings are owed no more.
    """

    run: str
    new: bool
    proposed: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AtStake:
    """A finding on which a consequence rests, as the run had it that had it last, judged ``as_of``."""

    key: str
    rule: str
    record_key: str
    rule_version: str
    as_of: int
