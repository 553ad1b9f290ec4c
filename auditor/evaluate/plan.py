"""Plan: which rules can be judged, grouped so that rules over the same rows share one scan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from auditor.kinds import Join, Judgement, NotChecked, Scope, World
from auditor.problem import RuleError
from auditor.rulebook import Entry


@dataclass(frozen=True)
class Member:
    """A rule in a plan: its number in the run, its entry and its compiled judgement."""

    number: int
    entry: Entry
    judgement: Judgement


@dataclass
class Group:
    """Rules over one relation, judged in a single pass; every join of any of them is made once."""

    source: str
    members: list[Member] = field(default_factory=list)

    @property
    def joins(self) -> tuple[Join, ...]:
        """The joins the verdicts need, each once, in an order that respects what they refer to."""
        return tuple(dict.fromkeys(join for member in self.members for join in member.judgement.joins))

    @property
    def details(self) -> tuple[Join, ...]:
        """The further joins that only the details of failures need."""
        needed = dict.fromkeys(join for member in self.members for join in member.judgement.details)
        return tuple(join for join in needed if join not in self.joins)

    def relation(self, *, details: bool = False) -> str:
        """The FROM text of the group, its rows under the alias ``r``."""
        joins = (*self.joins, *(self.details if details else ()))
        return " ".join([f"{self.source} AS r", *(join.sql for join in joins)])

    def relation_for(self, texts: Iterable[str]) -> str:
        """The FROM text with the joins that these expressions read, and those that such joins read in turn."""
        needed: list[str] = []
        read = " ".join(texts)
        for join in reversed(self.joins):
            if re.search(rf'(?<![\w"])"?{join.alias}"?\.', read):
                needed.append(join.sql)
                read += " " + join.sql
        return " ".join([f"{self.source} AS r", *reversed(needed)])


@dataclass(frozen=True)
class Unjudged:
    """A rule that this run does not judge: ``status`` is off, not_configured, not_checked or error."""

    number: int
    entry: Entry
    status: str
    reason: str
    detail: str


@dataclass(frozen=True)
class Plan:
    """The groups to run and the rules left out, with the world they were compiled against."""

    world: World
    groups: tuple[Group, ...]
    unjudged: tuple[Unjudged, ...]


def make_plan(entries: Sequence[Entry], world: World, *, rehearsal: bool = False) -> Plan:
    """Compile every rule against the data's columns and group equal relations.

    A ``rehearsal`` also compiles rules that are off or not configured, to run their examples. Raises RuleError
    when a rule does not compile, which loading a rulebook has already excluded.
    """
    groups: dict[str, Group] = {}
    unjudged = []
    for number, entry in enumerate(entries):
        compiled = _compile(number, entry, world, rehearsal)
        if isinstance(compiled, Unjudged):
            unjudged.append(compiled)
        else:
            groups.setdefault(compiled.judgement.source, Group(compiled.judgement.source)).members.append(compiled)
    return Plan(world, tuple(groups.values()), tuple(unjudged))


def _compile(number: int, entry: Entry, world: World, rehearsal: bool) -> Member | Unjudged:
    if not entry.rule.enabled and not rehearsal:
        return Unjudged(number, entry, "off", "off", entry.rule.off_because or "")
    if entry.unconfigured and not rehearsal:
        return Unjudged(number, entry, "not_configured", "not-configured", ", ".join(entry.unconfigured))
    try:
        scope = Scope(entry.rule, entry.rule.judged_record(), world, entry.place)
        judgement = scope.placed(entry.rule.judge(scope))
        scope.checked()
    except NotChecked as missing:
        return Unjudged(number, entry, "not_checked", missing.reason, missing.detail)
    if scope.problems:
        raise RuleError(scope.problems)
    return Member(number, entry, judgement)
