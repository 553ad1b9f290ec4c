"""Gather: from findings and records to the facts that policies see, counted in the query engine."""

from auditor.adjudicate.gather.basis import Basis
from auditor.adjudicate.gather.earlier import Past
from auditor.adjudicate.gather.everything import gather

__all__ = ["Basis", "Past", "gather"]
