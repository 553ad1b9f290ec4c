"""survivors: the slips in a rule that none of its examples would notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import duckdb

from auditor.evaluate.rehearsal.differences import differences
from auditor.evaluate.rehearsal.judges import Judges
from auditor.evaluate.rehearsal.needs import needs_of
from auditor.evaluate.rehearsal.rehearse import Rehearsed
from auditor.evaluate.rehearsal.spread import spread
from auditor.evaluate.rehearsal.stage import Scene, Stage
from auditor.problem import Problem
from auditor.rulebook import Entry, Rulebook
from auditor.rulebook.mutants import Mutant, mutants

_PER_RULE = 20
"""About how many examples are judged for the mutants of a rule."""


def survivors(book: Rulebook, entries: Sequence[Entry]) -> Iterator[Rehearsed]:
    """Each rule with a Problem for every mutant of it that gets the expected verdicts in all examples."""
    return spread(_survivors, book, entries, len(entries) * _PER_RULE)


def _survivors(stage: Stage, entry: Entry) -> Rehearsed:
    judges = Judges(entry, stage.declared)
    tried = [one for one in mutants(entry) if judges.otherwise(one)]
    needs = needs_of(entry, [entry.rule, *(one.rule for one in tried)], stage.declared)
    scenes = [stage.set_up(example, needs, place) for place, example in enumerate(entry.examples)]
    problems = tuple(_unnoticed(entry, one) for one in tried if not _noticed(stage, scenes, entry, one))
    return Rehearsed(entry.rule.id, len(tried), problems)


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
