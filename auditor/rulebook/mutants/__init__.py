"""Mutants: every rule that a small slip of the pen could have made of a rule, to see whether its examples notice."""

from auditor.rulebook.mutants.mutate import Mutant, mutants

__all__ = ["Mutant", "mutants"]
