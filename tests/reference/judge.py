"""judge: the verdict on every obligation of one rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.reference.cadence import judge_cadence
from tests.reference.checklist import judge_checklist
from tests.reference.clock import ReferenceCalendar
from tests.reference.deadline import judge_deadline
from tests.reference.form import judge_form
from tests.reference.limit import judge_limit
from tests.reference.metric import judge_metric
from tests.reference.must import judge_condition
from tests.reference.sequence import judge_sequence
from tests.reference.values import RecordSpec, Row, Verdict
from tests.reference.world import World

_KINDS = {
    "cadence": judge_cadence,
    "checklist": judge_checklist,
    "condition": judge_condition,
    "deadline": judge_deadline,
    "form": judge_form,
    "limit": judge_limit,
    "metric": judge_metric,
    "sequence": judge_sequence,
}


def judge(
    rule: Mapping[str, Any],
    tables: Mapping[str, list[Row]],
    as_of: int,
    *,
    calendar: ReferenceCalendar,
    calendars: Mapping[str, ReferenceCalendar] | None = None,
    records: Mapping[str, RecordSpec],
) -> dict[str, Verdict]:
    """Obligation key -> (verdict, reason word), as of ``as_of`` in UTC seconds.

    ``rule`` has its parameters already put in; ``calendar`` is used where the rule names none of ``calendars``.
    """
    named = dict(calendars or {})
    own = named[rule["calendar"]] if rule.get("calendar") else calendar
    return _KINDS[rule["kind"]](World(rule, tables, as_of, own, named, records))
