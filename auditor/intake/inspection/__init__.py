"""Inspection sheets: printed forms, matrices and one-row records become lists of inspected items."""

from auditor.intake.inspection.fieldlabels import RECORD
from auditor.intake.inspection.unfold import unfold

__all__ = ["RECORD", "unfold"]
