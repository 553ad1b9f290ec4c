"""Judges: whether a mutant of a rule can come to other verdicts at all."""

from __future__ import annotations

import re

from auditor.kinds import NotChecked, Rule, Scope, World
from auditor.rulebook import Entry
from auditor.rulebook.mutants import Mutant


class Judges:
    """The SQL of a rule's verdicts, to compare with that of its mutants."""

    def __init__(self, entry: Entry, world: World) -> None:
        """Compile the rule over the declared ``world``."""
        self.entry, self.world = entry, world
        self.scope, self.text = self._compiled(entry.rule)

    def otherwise(self, mutant: Mutant) -> bool:
        """Whether the mutant is a sound rule whose verdicts are reckoned in another way."""
        _, text = self._compiled(mutant.rule)
        return bool(text) and text != self.text and not self._unread(mutant)

    def _unread(self, mutant: Mutant) -> bool:
        """Whether the slip chooses among the rows of a lookup of which verdicts read no column."""
        if mutant.path[0] != "lookup" or mutant.path[-1] not in ("take", "by") or self.scope is None:
            return False
        looked = self.scope.looked(str(mutant.path[1]))
        return looked is not None and not re.search(rf'\b{looked.join.alias}\."(?!_)', self.text)

    def _compiled(self, rule: Rule) -> tuple[Scope | None, str]:
        """What verdicts rest on; no text for a rule that is wrong."""
        try:
            scope = Scope(rule, rule.judged_record(), self.world, self.entry.place)
            judgement = rule.judge(scope)
        except NotChecked:
            return None, ""
        if scope.problems:
            return None, ""
        needed = " ".join((judgement.source, judgement.outcome, judgement.key))
        for join in reversed(judgement.joins):  # a join that only tells who answers is left out
            if join.alias in needed:
                needed += join.sql
        return scope, needed
