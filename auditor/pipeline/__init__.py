"""The whole pipeline: rules folder -> Rulebook, files -> Dataset, both -> findings -> consequences -> Audit."""

from auditor.pipeline.idle import idle_rules
from auditor.pipeline.result import Audit, Run
from auditor.pipeline.verbs import audit, read_data, read_rules, shipped_rules

__all__ = ["Audit", "Run", "audit", "idle_rules", "read_data", "read_rules", "shipped_rules"]
