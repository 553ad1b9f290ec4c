"""The reference evaluator: every kind of rule judged one obligation at a time, slowly and plainly.

It shares nothing with the product: no engine, no parser, no calendar tables. What both say must be equal.
"""

from tests.reference.clock import ReferenceCalendar
from tests.reference.judge import judge
from tests.reference.values import NOT_APPLICABLE, UNREADABLE, Moment, RecordSpec

__all__ = ["NOT_APPLICABLE", "UNREADABLE", "Moment", "RecordSpec", "ReferenceCalendar", "judge"]
