"""Adjudication: which rewards, penalties and escalations follow from tallies of findings and from merits."""

from auditor.adjudicate.because import Ground, Step
from auditor.adjudicate.consequence import Consequence
from auditor.adjudicate.examples import failing_examples
from auditor.adjudicate.facts import Fact, facts_of
from auditor.adjudicate.failure import AdjudicationError
from auditor.adjudicate.given import Clean, Complaint, Earlier, Given, Incident, Merit, Metric, Tally
from auditor.adjudicate.limits import Limits
from auditor.adjudicate.model import Policy
from auditor.adjudicate.policy import parse_policy, read_policy
from auditor.adjudicate.propose import adjudicate

__all__ = [
    "AdjudicationError",
    "Clean",
    "Complaint",
    "Consequence",
    "Earlier",
    "Fact",
    "Given",
    "Ground",
    "Incident",
    "Limits",
    "Merit",
    "Metric",
    "Policy",
    "Step",
    "Tally",
    "adjudicate",
    "facts_of",
    "failing_examples",
    "parse_policy",
    "read_policy",
]
