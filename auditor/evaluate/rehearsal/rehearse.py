"""rehearse: the examples of rules, each judged and held against the verdicts it expects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.evaluate.rehearsal.differences import differences
from auditor.evaluate.rehearsal.needs import needs_of
from auditor.evaluate.rehearsal.spread import spread
from auditor.evaluate.rehearsal.stage import Scene, Stage
from auditor.problem import Problem
from auditor.rulebook import Entry, Rulebook


@dataclass(frozen=True)
class Rehearsed:
    """A rule with how much of it was tried (examples, or mutants) and what is wrong."""

    rule: str
    tried: int
    problems: tuple[Problem, ...]


def rehearse(book: Rulebook, entries: Sequence[Entry]) -> Iterator[Rehearsed]:
    """Each rule with a Problem for every example that does not get the verdicts it expects."""
    return spread(_rehearse, book, entries, sum(len(entry.examples) for entry in entries))


def _rehearse(stage: Stage, entry: Entry) -> Rehearsed:
    needs = needs_of(entry, [entry.rule], stage.declared)
    problems: list[Problem] = []
    for example in entry.examples:
        problems += _tried(stage, stage.set_up(example, needs), entry)
    return Rehearsed(entry.rule.id, len(entry.examples), tuple(problems))


def _tried(stage: Stage, scene: Scene, entry: Entry) -> Iterator[Problem]:
    where = scene.example.where
    if scene.fatal:
        yield from (replace(problem, where=where) for problem in scene.fatal)
        return
    verdicts = stage.judge(scene, entry)
    if isinstance(verdicts, str):
        what = f"{entry.rule.id}: the example could not be judged ({verdicts})."
        yield Problem(where, "example-unjudged", what, "Give the example what the rule reads.", True)
        return
    for what in differences(scene.example, verdicts):
        remedy = "Correct the example or the rule."
        yield Problem(where, "example-differs", f"{entry.rule.id}: {what}.", remedy, True)
