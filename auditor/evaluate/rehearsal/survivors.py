"""survivors: the slips in a rule that none of its examples would notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import duckdb

from auditor.evaluate.rehearsal.differences import differences
from auditor.evaluate.rehearsal.needs import needs_of
from auditor.evaluate.rehearsal.rehearse import Rehearsed
from auditor.evaluate.rehearsal.spread import spread
from auditor.evaluate.rehearsal.stage import Scene, Stage
from auditor.kinds import Judgement, NotChecked, Rule, Scope
from auditor.problem import Problem
from auditor.rulebook import Entry, Rulebook
from auditor.rulebook.mutants import Mutant, mutants

_PER_RULE = 20
"""About how many examples are judged for the mutants of a rule."""


def survivors(book: Rulebook, entries: Sequence[Entry]) -> Iterator[Rehearsed]:
    """Each rule with a Problem for every mutant of it that gets the expected verdicts in all examples."""
    return spread(_survivors, book, entries, len(entries) * _PER_RULE)


def _survivors(stage: Stage, entry: Entry) -> Rehearsed:
    own = _verdict_text(stage, entry, entry.rule)
    tried = [one for one in mutants(entry) if _verdict_text(stage, entry, one.rule) not in (None, own)]
    needs = needs_of(entry, [entry.rule, *(one.rule for one in tried)], stage.declared)
    scenes = [stage.set_up(example, needs, place) for place, example in enumerate(entry.examples)]
    problems = tuple(_unnoticed(entry, one) for one in tried if not _noticed(stage, scenes, entry, one))
    return Rehearsed(entry.rule.id, len(tried), problems)


def _verdict_text(stage: Stage, entry: Entry, rule: Rule) -> tuple[str, ...] | None:
    """The SQL of a rule's verdicts, the same for rules that judge the same; None for a rule that is wrong."""
    try:
        scope = Scope(rule, rule.judged_record(), stage.declared, entry.place)
        judgement = rule.judge(scope)
    except NotChecked:
        return None
    return None if scope.problems else _text(judgement)


def _text(judgement: Judgement) -> tuple[str, ...]:
    """What verdicts rest on; a join that only tells who answers is left out."""
    needed = judgement.outcome + judgement.key + judgement.source
    joins = []
    for join in reversed(judgement.joins):
        if join.alias in needed:
            needed += join.sql
            joins.append(join.sql)
    return (judgement.source, judgement.outcome, judgement.key, *joins)


def _noticed(stage: Stage, scenes: Sequence[Scene], entry: Entry, mutant: Mutant) -> bool:
    changed = replace(entry, rule=mutant.rule)
    return any(_differs(stage, scene, changed) for scene in scenes)


def _differs(stage: Stage, scene: Scene, entry: Entry) -> bool:
    try:
        verdicts = stage.judge(scene, entry)
    except duckdb.Error:
        return True
    return isinstance(verdicts, str) or any(differences(scene.example, verdicts))


def _unnoticed(entry: Entry, mutant: Mutant) -> Problem:
    what = f"{entry.rule.id} {mutant.words}: no example notices."
    return Problem(entry.place(mutant.path), "survivor", what, f"Add {mutant.slip.lacks}.", True)
