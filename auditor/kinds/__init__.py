"""Kinds: one file for each kind of rule, with its fields, its words, its relation and its verdict."""

from auditor.kinds.condition import Condition
from auditor.kinds.deadline import Deadline
from auditor.kinds.judgement import Evidence, Join, Judgement, NotChecked
from auditor.kinds.outcome import Outcome, Verdict, outcome_of
from auditor.kinds.rule import SEVERITIES, Rule, Severity, Words
from auditor.kinds.scope import Scope
from auditor.kinds.world import World, declared_world

KINDS: dict[str, type[Rule]] = {"condition": Condition, "deadline": Deadline}
"""Every kind of rule by the word that a rule file uses for it."""

__all__ = [
    "KINDS", "SEVERITIES", "Evidence", "Join", "Judgement", "NotChecked", "Outcome", "Rule", "Scope", "Severity",
    "Verdict", "Words", "World", "declared_world", "outcome_of",
]  # fmt: skip
