"""Adjudication: which rewards, penalties and escalations follow from tallies of findings and from merits."""

from auditor.adjudicate.because import Ground, Step
from auditor.adjudicate.consequence import Consequence
from auditor.adjudicate.examples import failing_examples
from auditor.adjudicate.facts import Fact, Merit, Tally, merits, tallies
from auditor.adjudicate.failure import AdjudicationError
from auditor.adjudicate.limits import Limits
from auditor.adjudicate.model import Policy
from auditor.adjudicate.policy import parse_policy, read_policy
from auditor.adjudicate.propose import adjudicate

__all__ = [
    "AdjudicationError",
    "Consequence",
    "Fact",
    "Ground",
    "Limits",
    "Merit",
    "Policy",
    "Step",
    "Tally",
    "adjudicate",
    "failing_examples",
    "merits",
    "parse_policy",
    "read_policy",
    "tallies",
]
