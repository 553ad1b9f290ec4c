"""Evaluate: a rulebook and a Dataset to verdicts and findings, on DuckDB."""

from auditor.evaluate.evaluation import Evaluation, RuleResult, evaluate
from auditor.evaluate.plan import Plan, make_plan

__all__ = ["Evaluation", "Plan", "RuleResult", "evaluate", "make_plan"]
