"""Conditions: the SQL expressions a rule may contain, checked by allow-list, type and column."""

from auditor.condition.compile import Compiled, compile_condition, conjuncts
from auditor.condition.names import Names, Value, ValueType

__all__ = ["Compiled", "Names", "Value", "ValueType", "compile_condition", "conjuncts"]
