"""Review: a manager's decisions on findings come back, and count."""

from auditor.review.standing import STATES, Reviewed, State, review

__all__ = ["STATES", "Reviewed", "State", "review"]
