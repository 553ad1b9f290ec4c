"""Rehearsal: the examples of rules, judged by the same queries as real data, and what they would not notice."""

from auditor.evaluate.rehearsal.rehearse import Rehearsed, rehearse
from auditor.evaluate.rehearsal.survivors import survivors

__all__ = ["Rehearsed", "rehearse", "survivors"]
