"""sequence: what must have come before an action."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from pydantic import ValidationError

from auditor.kinds.judgement import NotChecked
from auditor.kinds.outcome import Outcome
from auditor.kinds.sequence import Sequence
from tests.kinds.harness import BAD, COMMON, Case, Rows, record

ORDER = record(
    "order", key="order_id", time="asked_at", order_id="id", change_id="id", asked_at="time", built_at="time",
    talked_at="time", status="text", asked_by="person", approver="person", approver_role="text",
)  # fmt: skip
APPROVAL = record(
    "approval", key="approval_id", time="approved_at", approval_id="id", order_ref="id", change_ref="id",
    decision="text", requested_at="time", approved_at="time", approver="person", approver_role="text", until="time",
)  # fmt: skip

OWN = {"kind": "sequence", "record": "order", "action": "built_at", "before": "talked_at"}
RULE = {**OWN, "before": {"record": "approval", "match": "order_ref = order_id", "where": "decision = '同意'"}}
AS_OF = "2025-03-31"


def case(rule: dict[str, Any], orders: Rows, approvals: Rows, as_of: str = AS_OF, **more: Any) -> Case:
    """Approvals agree to order O1 unless they say otherwise."""
    given = [{"order_ref": "O1", "decision": "同意", **one} for one in approvals]
    return Case(Sequence, rule, (ORDER, APPROVAL), {"order": orders, "approval": given}, as_of, **more)


def outcome(rule: dict[str, Any], built_at: Any, *approvals: dict[str, Any], **order: Any) -> Outcome | None:
    """The outcome of order O1, built then."""
    return case(rule, [{"order_id": "O1", "built_at": built_at, **order}], list(approvals)).outcomes().get("O1")


STRICT = {"ties": "strict"}


@pytest.mark.parametrize(
    ("talked_at", "built_at", "options", "expected"),
    [
        ("2025-03-05 09:00", "2025-03-05 10:00", {}, Outcome.PASS),
        ("2025-03-05 10:00", "2025-03-05 10:00", {}, Outcome.PASS),
        ("2025-03-05 10:00", "2025-03-05 10:00", STRICT, Outcome.NOT_BEFORE),
        ("2025-03-05 10:01", "2025-03-05 10:00", {}, Outcome.NOT_BEFORE),
        ("2025-03-05", "2025-03-05 10:00", {}, Outcome.PASS),
        ("2025-03-05 10:00", "2025-03-05", {}, Outcome.PASS),
        ("2025-03-05", "2025-03-05 10:00", STRICT, Outcome.DATE_ONLY),
        ("2025-03-05", "2025-03-05", STRICT, Outcome.DATE_ONLY),
        ("2025-03-04", "2025-03-05", STRICT, Outcome.PASS),
        ("2025-03-06", "2025-03-05 10:00", {}, Outcome.NOT_BEFORE),
        (None, "2025-03-05 10:00", {}, Outcome.NOT_BEFORE),
        (BAD, "2025-03-05 10:00", {}, Outcome.UNREADABLE),
        ("2025-03-05 09:00", BAD, {}, Outcome.UNREADABLE),
        ("2025-03-05 09:00", None, {}, None),
        ("2025-03-05 09:00", "2025-04-01", {}, Outcome.FUTURE),
    ],
)
def test_before_in_a_column_of_the_row(
    talked_at: Any, built_at: Any, options: dict[str, Any], expected: Outcome | None
) -> None:
    assert outcome({**OWN, **options}, built_at, talked_at=talked_at) is expected


MORNING, NOON, EVENING = "2025-03-05 09:00", "2025-03-05 12:00", "2025-03-05 18:00"


@pytest.mark.parametrize(
    ("approvals", "options", "expected"),
    [
        ([], {}, Outcome.NOT_BEFORE),
        ([{"approved_at": MORNING}], {}, Outcome.PASS),
        ([{"approved_at": EVENING}], {}, Outcome.NOT_BEFORE),
        ([{"approved_at": EVENING}, {"approved_at": MORNING}], {}, Outcome.PASS),
        ([{"approved_at": NOON}], {}, Outcome.PASS),
        ([{"approved_at": NOON}], STRICT, Outcome.NOT_BEFORE),
        ([{"approved_at": "2025-03-05"}], {}, Outcome.PASS),
        ([{"approved_at": "2025-03-05"}], STRICT, Outcome.DATE_ONLY),
        ([{"approved_at": MORNING, "decision": "不同意"}], {}, Outcome.NOT_BEFORE),
        ([{"approved_at": MORNING, "decision": None}], {}, Outcome.UNSURE_MATCH),
        ([{"approved_at": EVENING, "decision": None}], {}, Outcome.NOT_BEFORE),
        ([{"approved_at": None}], {}, Outcome.TIME_MISSING),
        ([{"approved_at": None, "decision": "不同意"}], {}, Outcome.NOT_BEFORE),
        ([{"approved_at": BAD}], {}, Outcome.TIME_MISSING),
        ([{"approved_at": None}, {"approved_at": MORNING}], {}, Outcome.PASS),
        ([{"approved_at": MORNING, "order_ref": "O2"}], {}, Outcome.NOT_BEFORE),
        ([{"approved_at": MORNING, "order_ref": BAD}], {}, Outcome.UNSURE_MATCH),
    ],
)
def test_before_in_another_record(approvals: Rows, options: dict[str, Any], expected: Outcome) -> None:
    assert outcome({**RULE, **options}, NOON, *approvals) is expected


def test_another_time_column_of_the_approval() -> None:
    rule = {**RULE, "before": {**RULE["before"], "at": "requested_at"}}  # type: ignore[dict-item]
    assert outcome(rule, NOON, {"requested_at": MORNING, "approved_at": EVENING}) is Outcome.PASS
    assert outcome(rule, NOON, {"requested_at": MORNING, "approved_at": BAD}) is Outcome.PASS


BY_POST = {**RULE, "by": {"role": ["设计总监", "总经理"]}}
FOUR_EYES = {**RULE, "by": {"different_from": "asked_by"}}


@pytest.mark.parametrize(
    ("rule", "approval", "expected"),
    [
        (BY_POST, {"approver_role": "总经理"}, Outcome.PASS),
        (BY_POST, {"approver_role": "客服"}, Outcome.NOT_BEFORE),
        (BY_POST, {"approver_role": None}, Outcome.PERSON_UNKNOWN),
        (BY_POST, {"approver_role": None, "approved_at": EVENING}, Outcome.NOT_BEFORE),
        (FOUR_EYES, {"approver": "李强"}, Outcome.PASS),
        (FOUR_EYES, {"approver": "张敏"}, Outcome.NOT_BEFORE),
        (FOUR_EYES, {"approver": None}, Outcome.PERSON_UNKNOWN),
        ({**RULE, "by": {"role": "总经理", "different_from": "asked_by"}}, {"approver": "张敏"}, Outcome.NOT_BEFORE),
    ],
)
def test_by_the_right_person(rule: dict[str, Any], approval: dict[str, Any], expected: Outcome) -> None:
    assert outcome(rule, NOON, {"approved_at": MORNING, **approval}, asked_by="张敏") is expected


def test_nobody_knows_whether_an_unnamed_person_is_another() -> None:
    assert outcome(FOUR_EYES, NOON, {"approved_at": MORNING, "approver": "李强"}) is Outcome.PERSON_UNKNOWN


def test_the_person_in_the_row_itself() -> None:
    rule = {**OWN, "by": {"role": "总经理", "different_from": "asked_by"}}
    order = {"talked_at": MORNING, "approver_role": "总经理", "asked_by": "张敏"}
    assert outcome(rule, NOON, **order, approver="李强") is Outcome.PASS
    assert outcome(rule, NOON, **order, approver="张敏") is Outcome.NOT_BEFORE
    assert outcome(rule, NOON, **order) is Outcome.PERSON_UNKNOWN


@pytest.mark.parametrize(
    ("valid_for", "built_at", "approved_at", "expected"),
    [
        ("24h", "2025-03-06 09:00", MORNING, Outcome.PASS),
        ("24h", "2025-03-06 09:01", MORNING, Outcome.NOT_BEFORE),
        ("24h", "2025-03-06 09:00", "2025-03-05", Outcome.DATE_ONLY),
        ("24h", "2025-03-05 23:00", "2025-03-05", Outcome.PASS),
        ("24h", "2025-03-06", "2025-03-05", Outcome.DATE_ONLY),
        ("24h", "2025-03-07 00:00", "2025-03-05", Outcome.NOT_BEFORE),
        ("2d", "2025-03-07 23:00", "2025-03-05", Outcome.PASS),
        ("2d", "2025-03-08", MORNING, Outcome.NOT_BEFORE),
    ],
)
def test_an_approval_grows_old(valid_for: str, built_at: str, approved_at: str, expected: Outcome) -> None:
    first = {"order_ref": "O9", "approved_at": "2025-01-02 09:00"}
    assert outcome({**RULE, "valid_for": valid_for}, built_at, first, {"approved_at": approved_at}) is expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (None, Outcome.LOG_STARTS_LATER),
        ("2025-02-03", Outcome.LOG_STARTS_LATER),
        ("2025-02-02 23:00", Outcome.NOT_BEFORE),
        ("2025-03-20", Outcome.LOG_STARTS_LATER),
    ],
)
def test_what_the_log_is_too_young_to_show_is_unknown(first: str | None, expected: Outcome) -> None:
    log = [{"order_ref": "O9", "approved_at": first}] if first else []
    assert outcome({**RULE, "valid_for": "30d"}, "2025-03-05 10:00", *log) is expected


CHANGE = {**RULE, "each": True, "before": {"record": "approval", "match": "change_ref = change_id"}}


def built(*times: Any, **more: Any) -> Rows:
    """Orders O1, O2, ... for change C1."""
    return [
        {"order_id": f"O{number}", "change_id": "C1", "built_at": time, **more} for number, time in enumerate(times, 1)
    ]


def agreed(*times: str, **more: Any) -> Rows:
    """Approvals of change C1."""
    return [{"change_ref": "C1", "approved_at": time, **more} for time in times]


P, N = Outcome.PASS, Outcome.NOT_BEFORE


@pytest.mark.parametrize(
    ("orders", "approvals", "options", "expected"),
    [
        pytest.param(built(NOON, EVENING), agreed(MORNING), {}, [P, N], id="one for one"),
        pytest.param(built(EVENING, NOON), agreed(MORNING), {}, [N, P], id="in the order of time"),
        pytest.param(built(NOON, NOON), agreed(MORNING), {}, [P, N], id="equal times: in the order of the sheet"),
        pytest.param(built(NOON, EVENING), agreed(MORNING, MORNING), {}, [P, P], id="two for two"),
        pytest.param(built(NOON, EVENING), agreed(MORNING, "2025-03-05 13:00"), {}, [P, P], id="each its own"),
        pytest.param(built(NOON, EVENING), agreed("2025-03-05 13:00"), {}, [N, P], id="too late for the first"),
        pytest.param(built(MORNING, "2025-03-09 09:00", "2025-03-09 10:00"),
                     agreed("2025-03-05 08:00", "2025-03-05 08:30", "2025-03-09 08:00"), {"valid_for": "24h"},
                     [P, P, N], id="an approval left over grows old"),
        pytest.param(built(NOON, EVENING, asked_by="李强"), agreed(MORNING, approver="张敏")
                     + agreed("2025-03-05 10:00", approver="李强"), {"by": {"different_from": "asked_by"}}, [P, N],
                     id="one's own does not serve"),
        pytest.param([*built(NOON, EVENING), {"order_id": "O3", "change_id": "C2", "built_at": NOON}],
                     [*agreed(MORNING), {"change_ref": "C2", "approved_at": MORNING}], {}, [P, N, P],
                     id="change by change"),
        pytest.param(built(NOON, EVENING), [*agreed(MORNING), {"change_ref": "C1", "approved_at": None}], {},
                     [P, Outcome.TIME_MISSING], id="perhaps another one"),
        pytest.param(built(NOON, None, EVENING), agreed(MORNING, MORNING), {}, [P, None, P], id="no action takes none"),
    ],
)  # fmt: skip
def test_each_action_uses_up_an_approval(
    orders: Rows, approvals: Rows, options: dict[str, Any], expected: list[Outcome | None]
) -> None:
    found = case({**CHANGE, **options}, orders, approvals).outcomes()
    assert [found.get(order["order_id"]) for order in orders] == expected


def test_an_action_that_owes_nothing_uses_up_no_approval() -> None:
    rule = {
        **CHANGE, "when": "status <> '取消'",
        "unless": [{"if": "asked_by = '总经理'", "because": {"zh": "总经理", "en": "General manager"}}],
    }  # fmt: skip
    orders = built("2025-03-05 10:00", "2025-03-05 11:00", NOON, NOON, EVENING)
    given: Rows = [{"status": "取消"}, {"status": None}, {"status": BAD}, {"asked_by": "总经理"}, {}]
    orders = [{**order, "status": "完成", **more} for order, more in zip(orders, given, strict=True)]
    assert case(rule, orders, agreed(MORNING)).outcomes() == {
        "O2": Outcome.SCOPE_UNKNOWN, "O3": Outcome.UNREADABLE, "O4": Outcome.EXCEPTION, "O5": Outcome.PASS,
    }  # fmt: skip


def test_without_its_own_key_an_action_cannot_be_judged() -> None:
    orders = [{"order_id": None, "built_at": NOON}]
    assert case(RULE, orders, [{"approved_at": MORNING}]).outcomes() == {"row 2": Outcome.UNSURE_MATCH}


def test_an_inequality_narrows_the_approvals() -> None:
    rule = {**RULE, "before": {"record": "approval", "match": "order_ref = order_id and until >= built_at"}}
    assert outcome(rule, NOON, {"approved_at": MORNING, "until": NOON}) is Outcome.PASS
    assert outcome(rule, NOON, {"approved_at": MORNING, "until": MORNING}) is Outcome.NOT_BEFORE
    assert outcome(rule, NOON, {"approved_at": MORNING, "until": None}) is Outcome.UNSURE_MATCH


def test_before_in_a_column_of_a_lookup() -> None:
    lookup = {"yes": {"record": "approval", "match": "order_ref = order_id", "where": "decision = '同意'"}}
    rule = {**OWN, "before": "yes.approved_at", "lookup": lookup}
    assert outcome(rule, NOON, {"approved_at": MORNING}) is Outcome.PASS
    assert outcome(rule, NOON, {"approved_at": EVENING}) is Outcome.NOT_BEFORE
    assert outcome(rule, NOON) is Outcome.NOT_BEFORE
    assert outcome(rule, NOON, {"approved_at": MORNING, "decision": None}) is Outcome.UNSURE_MATCH


def test_a_finding_shows_both_times() -> None:
    details = case(RULE, built(NOON), [{"approved_at": EVENING}]).details()["O1"]
    assert (details["action"], details["before"], details["late_by"]) == (NOON, EVENING, 6 * 3600)
    assert (details["evidence 0 order"], details["evidence 1 approval"]) == (0, 0)


@pytest.mark.parametrize(
    ("rule", "place", "what"),
    [
        ({**OWN, "before": "asked_by"}, "before", "The column 'asked_by' holds a text, not a time."),
        ({**OWN, "action": "done_at"}, "action", "There is no column 'done_at' here."),
        ({**RULE, "before": {**RULE["before"], "at": "agreed_at"}},  # type: ignore[dict-item]
         "before.at", "There is no column 'agreed_at' in 'approval'."),
        ({**RULE, "before": {"record": "approvals", "match": "order_ref = order_id"}},
         "before.record", "There is no record type 'approvals'."),
        ({**RULE, "by": {"different_from": "asker"}}, "by.different_from", "There is no column 'asker' here."),
        ({**RULE, "by": {"role": "总经理", "role_column": "post"}},
         "by.role_column", "There is no column 'post' in 'approval'."),
    ],
)  # fmt: skip
def test_mistakes_are_named_at_their_field(rule: dict[str, Any], place: str, what: str) -> None:
    made = case(rule, [], [])
    with suppress(NotChecked):
        made.mistakes()
    assert [(problem.where.file, problem.what) for problem in made.scope.problems] == [(place, what)]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"each": True}, r"A column of the row itself"),
        ({"valid_for": "3wd"}, r"An approval ages in elapsed time or calendar days"),
    ],
)
def test_fields_that_do_not_go_together(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Sequence.model_validate({**COMMON, **OWN, **fields})


def test_without_the_columns_the_rule_is_not_checked() -> None:
    orders = built(NOON)
    with pytest.raises(NotChecked, match=r"column-missing: approval\.approver_role"):
        case(BY_POST, orders, [], lacking={"approval": {"approver_role"}}).outcomes()
    with pytest.raises(NotChecked, match=r"column-missing: order\.talked_at"):
        case(OWN, orders, [], lacking={"order": {"talked_at"}}).outcomes()
