"""Kinds: one file for each kind of rule, with its fields, its words, its relation and its verdict."""

from auditor.kinds.cadence import Cadence
from auditor.kinds.checklist import Checklist
from auditor.kinds.condition import Condition
from auditor.kinds.deadline import Deadline
from auditor.kinds.form import Form
from auditor.kinds.judgement import Evidence, Join, Judgement, NotChecked
from auditor.kinds.limit import Limit
from auditor.kinds.metric import Metric
from auditor.kinds.outcome import Outcome, Verdict, outcome_of
from auditor.kinds.rule import SEVERITIES, Rule, Severity, Words
from auditor.kinds.scope import Scope
from auditor.kinds.sequence import Sequence
from auditor.kinds.world import World, declared_world

KINDS: dict[str, type[Rule]] = {
    "cadence": Cadence,
    "checklist": Checklist,
    "condition": Condition,
    "deadline": Deadline,
    "form": Form,
    "limit": Limit,
    "metric": Metric,
    "sequence": Sequence,
}
"""Every kind of rule by the word that a rule file uses for it."""

__all__ = [
    "KINDS", "SEVERITIES", "Evidence", "Join", "Judgement", "NotChecked", "Outcome", "Rule", "Scope", "Severity",
    "Verdict", "Words", "World", "declared_world", "outcome_of",
]  # fmt: skip
