"""form: what a document must be for a row to have it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from pydantic import ValidationError

from auditor.kinds.form import Form
from auditor.kinds.judgement import NotChecked
from auditor.kinds.outcome import Outcome
from tests.kinds.harness import BAD, COMMON, NA, Case, Rows, record

REPAIR = record(
    "repair", key="repair_id", time="done_at", repair_id="id", done_at="time", status="text", owner="person"
)
DOCUMENT = record(
    "document", key="doc_id", time="prepared_at", doc_id="id", doc_type="text", related_ref="id", prepared_at="time",
    customer_opinion="text", place="text", copies="integer", signed_by_customer="text", signed_by="person",
    signed_at="time", valid_to="time",
)  # fmt: skip

RULE = {"kind": "form", "for": "repair", "of": "回执"}
TIMED = {**RULE, "within": "2d"}
NOON = "2025-03-05 12:00"


def case(rule: dict[str, Any], documents: Rows, repairs: Rows | None = None, as_of: str = NOON, **more: Any) -> Case:
    """One repair R1, done on 3 March at 10:00, or others; documents are receipts of R1 unless they say."""
    owed = repairs or [{"repair_id": "R1", "done_at": "2025-03-03 10:00"}]
    papers = [{"doc_type": "回执", "related_ref": "R1", **one} for one in documents]
    return Case(Form, rule, (REPAIR, DOCUMENT), {"repair": owed, "document": papers}, as_of, **more)


def outcome(rule: dict[str, Any], documents: Rows, as_of: str = NOON, **more: Any) -> Outcome:
    """The outcome of R1."""
    return case(rule, documents, as_of=as_of, **more).outcomes()["R1"]


@pytest.mark.parametrize(
    ("rule", "documents", "expected"),
    [
        pytest.param(RULE, [], Outcome.FORM_MISSING, id="none"),
        pytest.param(RULE, [{}], Outcome.PASS, id="there"),
        pytest.param(RULE, [{"doc_type": "合同"}], Outcome.FORM_MISSING, id="another type"),
        pytest.param({**RULE, "of": ["合同", "回执"]}, [{"doc_type": "合同"}], Outcome.PASS, id="either type"),
        pytest.param(RULE, [{"related_ref": "R2"}], Outcome.FORM_MISSING, id="of another repair"),
        pytest.param(RULE, [{"related_ref": None}], Outcome.FORM_MISSING, id="of no repair"),
        pytest.param(RULE, [{"doc_type": None}], Outcome.UNSURE_MATCH, id="type not known"),
        pytest.param(RULE, [{"doc_type": BAD}], Outcome.UNSURE_MATCH, id="type unreadable"),
        pytest.param(RULE, [{"related_ref": BAD}], Outcome.UNSURE_MATCH, id="may be of this repair"),
        pytest.param(RULE, [{"related_ref": BAD, "doc_type": "合同"}], Outcome.FORM_MISSING, id="surely another type"),
        pytest.param(RULE, [{"related_ref": BAD}, {}], Outcome.PASS, id="there, whatever the other one is"),
    ],
)
def test_without_a_time_the_form_is_owed_at_once(rule: dict[str, Any], documents: Rows, expected: Outcome) -> None:
    assert outcome(rule, documents) is expected


FIELDS = {**RULE, "fields": ["customer_opinion", "place"]}
CUSTOMER = {**RULE, "signed_by": "customer"}
SIGNED = {**RULE, "signed_by": "技术负责人"}
COPIES = {**RULE, "copies": 2}


@pytest.mark.parametrize(
    ("rule", "document", "expected"),
    [
        (FIELDS, {"customer_opinion": "满意", "place": "厨房"}, Outcome.PASS),
        (FIELDS, {"customer_opinion": "满意"}, Outcome.FORM_INCOMPLETE),
        (FIELDS, {"customer_opinion": "满意", "place": NA}, Outcome.PASS),
        (FIELDS, {"customer_opinion": "满意", "place": BAD}, Outcome.UNREADABLE),
        (CUSTOMER, {"signed_by_customer": "是"}, Outcome.PASS),
        (CUSTOMER, {"signed_by_customer": "王芳"}, Outcome.PASS),
        (CUSTOMER, {"signed_by_customer": "否"}, Outcome.FORM_UNSIGNED),
        (CUSTOMER, {"signed_by_customer": " 未签 "}, Outcome.FORM_UNSIGNED),
        (CUSTOMER, {}, Outcome.FORM_UNSIGNED),
        (CUSTOMER, {"signed_by_customer": NA}, Outcome.FORM_UNSIGNED),
        (CUSTOMER, {"signed_by_customer": BAD}, Outcome.UNREADABLE),
        (SIGNED, {"signed_by": "李强"}, Outcome.PASS),
        (SIGNED, {"signed_by_customer": "是"}, Outcome.FORM_UNSIGNED),
        ({**SIGNED, "signed_at": "signed_at"}, {"signed_by": "李强"}, Outcome.FORM_UNSIGNED),
        ({**SIGNED, "signed_at": "signed_at"}, {"signed_by": "李强", "signed_at": "2025-03-04"}, Outcome.PASS),
        (COPIES, {"copies": 2}, Outcome.PASS),
        (COPIES, {"copies": 1}, Outcome.FORM_COPIES),
        (COPIES, {}, Outcome.NULL_CONDITION),
        ({**COPIES, **FIELDS}, {"copies": None}, Outcome.FORM_INCOMPLETE),
        ({**CUSTOMER, **FIELDS}, {"signed_by_customer": "否"}, Outcome.FORM_INCOMPLETE),
    ],
)
def test_a_form_must_be_complete_signed_and_in_enough_copies(
    rule: dict[str, Any], document: dict[str, Any], expected: Outcome
) -> None:
    assert outcome(rule, [document]) is expected


@pytest.mark.parametrize(
    ("prepared", "as_of", "expected"),
    [
        (None, "2025-03-04 10:00", Outcome.OPEN),
        (None, "2025-03-05 23:59:59", Outcome.OPEN),
        (None, "2025-03-06 00:00", Outcome.FORM_MISSING),
        ("2025-03-05 23:59", "2025-03-06 12:00", Outcome.PASS),
        ("2025-03-05", "2025-03-05 12:00", Outcome.PASS),
        ("2025-03-06", "2025-03-06 12:00", Outcome.FORM_LATE),
        ("2025-02-20", "2025-03-06 12:00", Outcome.PASS),
        ("2025-03-05 13:00", "2025-03-05 12:00", Outcome.OPEN),
        ("2025-03-07 09:00", "2025-03-06 12:00", Outcome.FORM_MISSING),
    ],
)
def test_within_two_days(prepared: str | None, as_of: str, expected: Outcome) -> None:
    documents = [{"prepared_at": prepared}] if prepared else []
    assert outcome(TIMED, documents, as_of) is expected


@pytest.mark.parametrize(
    ("document", "as_of", "expected"),
    [
        ({"prepared_at": None}, NOON, Outcome.TIME_MISSING),
        ({"prepared_at": BAD}, NOON, Outcome.UNREADABLE),
        ({"prepared_at": "2025-03-04", "signed_by_customer": None}, NOON, Outcome.OPEN),
        ({"prepared_at": "2025-03-04", "signed_by_customer": None}, "2025-03-06 12:00", Outcome.FORM_UNSIGNED),
        ({"prepared_at": "2025-03-06", "signed_by_customer": None}, "2025-03-06 12:00", Outcome.FORM_UNSIGNED),
        ({"prepared_at": None, "signed_by_customer": None}, "2025-03-06 12:00", Outcome.FORM_UNSIGNED),
        ({"prepared_at": "2025-03-04", "doc_type": None}, NOON, Outcome.OPEN),
        ({"prepared_at": "2025-03-04", "doc_type": None}, "2025-03-06 12:00", Outcome.UNSURE_MATCH),
    ],
)
def test_a_flaw_counts_when_the_time_is_over(document: dict[str, Any], as_of: str, expected: Outcome) -> None:
    assert outcome({**TIMED, **CUSTOMER}, [{"signed_by_customer": "是", **document}], as_of) is expected


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        pytest.param([{"prepared_at": "2025-03-04"}, {"prepared_at": "2025-03-05", "place": "厨房"}],
                     Outcome.PASS, id="the complete one comes later"),
        pytest.param([{"prepared_at": "2025-03-07", "place": "厨房"}, {"prepared_at": "2025-03-04"}],
                     Outcome.FORM_INCOMPLETE, id="earliest says what is wrong"),
        pytest.param([{"prepared_at": "2025-03-07"}, {"prepared_at": "2025-03-06", "place": "厨房"}],
                     Outcome.FORM_LATE, id="the complete one is earlier and late"),
        pytest.param([{"prepared_at": "2025-03-04"}, {"prepared_at": None, "place": "厨房"}],
                     Outcome.TIME_MISSING, id="perhaps in time"),
    ],
)  # fmt: skip
def test_the_best_of_several_documents_counts(documents: Rows, expected: Outcome) -> None:
    assert outcome({**TIMED, "fields": ["place"]}, documents, "2025-03-08 12:00") is expected


@pytest.mark.parametrize(
    ("done_at", "expected"),
    [
        (None, Outcome.START_MISSING),
        (BAD, Outcome.UNREADABLE),
        ("2025-03-06", Outcome.FUTURE),
        ("2031-01-01", Outcome.FUTURE),
    ],
)
def test_the_start_must_be_known(done_at: Any, expected: Outcome) -> None:
    repairs = [{"repair_id": "R1", "done_at": done_at}]
    assert case(TIMED, [{"prepared_at": "2025-03-03"}], repairs).outcomes() == {"R1": expected}


HOURS = {**RULE, "within": "24h"}


@pytest.mark.parametrize(
    ("rule", "done_at", "prepared_at", "as_of", "expected"),
    [
        (HOURS, "2025-03-03 10:00", "2025-03-04 10:00", NOON, Outcome.PASS),
        (HOURS, "2025-03-03 10:00", "2025-03-04 10:01", NOON, Outcome.FORM_LATE),
        (HOURS, "2025-03-03 10:00", None, "2025-03-04 04:00", Outcome.OPEN),
        (HOURS, "2025-03-03 10:00", None, "2025-03-04 05:12", Outcome.AT_RISK),
        (HOURS, "2025-03-03 10:00", "2025-03-04", NOON, Outcome.DATE_ONLY),
        (HOURS, "2025-03-03", None, NOON, Outcome.DATE_ONLY),
        (HOURS, "2025-03-03", "2025-03-03 10:00", NOON, Outcome.DATE_ONLY),
        ({**HOURS, "date_only": "day"}, "2025-03-03 10:00", "2025-03-04", NOON, Outcome.PASS),
        ({**HOURS, "date_only": "day"}, "2025-03-03 10:00", "2025-03-05", NOON, Outcome.FORM_LATE),
        ({**HOURS, "date_only": "day"}, "2025-03-03", None, "2025-03-04 20:00", Outcome.AT_RISK),
        ({**HOURS, "date_only": "day"}, "2025-03-03", None, "2025-03-05 00:00", Outcome.FORM_MISSING),
        ({**RULE, "within": "30h", "date_only": "day"}, "2025-03-03", "2025-03-05", NOON, Outcome.PASS),
        ({**RULE, "within": "30h", "date_only": "day"}, "2025-03-03", "2025-03-06", "2025-03-07", Outcome.FORM_LATE),
        ({**RULE, "within": "8bh", "date_only": "day"}, "2025-03-03 10:00", "2025-03-04", NOON, Outcome.PASS),
        ({**RULE, "within": "8bh"}, "2025-03-07 14:00", "2025-03-10 14:00", "2025-03-11", Outcome.PASS),
        ({**RULE, "within": "8bh"}, "2025-03-07 14:00", "2025-03-10 14:01", "2025-03-11", Outcome.FORM_LATE),
        ({**RULE, "within": "1wd"}, "2025-03-07 14:00", "2025-03-10", "2025-03-11", Outcome.PASS),
        ({**RULE, "within": "1wd"}, "2025-03-07 14:00", "2025-03-11", "2025-03-11", Outcome.FORM_LATE),
        ({**RULE, "within": "1wd"}, "1990-03-07 14:00", "1990-03-08", "2025-03-11", Outcome.CALENDAR),
        ({**RULE, "within": "1wd"}, "1990-03-07 14:00", None, "2025-03-11", Outcome.CALENDAR),
    ],
)
def test_the_clocks_of_the_time_allowed(
    rule: dict[str, Any], done_at: str, prepared_at: str | None, as_of: str, expected: Outcome
) -> None:
    documents = [{"prepared_at": prepared_at}] if prepared_at else []
    assert case(rule, documents, [{"repair_id": "R1", "done_at": done_at}], as_of).outcomes() == {"R1": expected}


def test_scope_exceptions_and_missing_keys() -> None:
    rule = {
        **RULE, "when": "status <> '取消'", "match": "related_ref = repair_id",
        "unless": [{"if": "owner = '外包'", "because": {"zh": "外包", "en": "Subcontracted"}}],
    }  # fmt: skip
    repairs = [
        {"repair_id": "R1", "status": "完成", "owner": "张敏"},
        {"repair_id": "R2", "status": "取消", "owner": "张敏"},
        {"repair_id": "R3", "status": None, "owner": "张敏"},
        {"repair_id": "R4", "status": "完成", "owner": "外包"},
        {"repair_id": "R5", "status": "完成", "owner": None},
        {"repair_id": "R6", "status": "完成", "owner": None},
        {"repair_id": None, "status": "完成", "owner": "张敏"},
        {"repair_id": "R8", "status": BAD, "owner": "张敏"},
    ]
    assert case(rule, [{}, {"related_ref": "R6"}], repairs).outcomes() == {
        "R1": Outcome.PASS, "R3": Outcome.SCOPE_UNKNOWN, "R4": Outcome.EXCEPTION, "R5": Outcome.EXCEPTION_UNKNOWN,
        "R6": Outcome.PASS, "row 8": Outcome.UNSURE_MATCH, "R8": Outcome.UNREADABLE,
    }  # fmt: skip


def test_an_inequality_narrows_the_documents() -> None:
    rule = {**RULE, "match": "related_ref = repair_id and valid_to >= done_at"}
    assert outcome(rule, [{"valid_to": "2025-03-03 10:00"}]) is Outcome.PASS
    assert outcome(rule, [{"valid_to": "2025-03-03 09:59"}]) is Outcome.FORM_MISSING
    assert outcome(rule, [{"valid_to": "2025-03-03"}]) is Outcome.UNSURE_MATCH
    assert outcome(rule, [{"valid_to": None}]) is Outcome.UNSURE_MATCH


def test_a_finding_says_what_is_wrong_with_which_document() -> None:
    rule = {**TIMED, **FIELDS, "copies": 2, "of": ["回执", "维修单"]}
    details = case(rule, [{}, {"prepared_at": "2025-03-04 09:00", "copies": 1}], as_of="2025-03-06 12:00").details()[
        "R1"
    ]
    assert details["form"] == "回执 / 维修单"
    assert details["missing"] == "customer_opinion, place"
    assert (details["copies"], details["copies_needed"]) == (1, 2)
    assert (details["from"], details["at"], details["due_at"]) == (
        "2025-03-03 10:00", "2025-03-04 09:00", "2025-03-05 23:59:59",
    )  # fmt: skip
    assert (details["evidence 0 repair"], details["evidence 1 document"]) == (0, 1)


def test_a_late_form_is_late_by_the_time_since_the_limit() -> None:
    details = case(TIMED, [{"prepared_at": "2025-03-06 00:59:59"}], as_of="2025-03-20").details()["R1"]
    assert (details["observed_at"], details["late_by"]) == ("2025-03-06 00:59:59", 3600)


def test_without_the_columns_the_rule_is_not_checked() -> None:
    with pytest.raises(NotChecked, match=r"column-missing: document\.place"):
        outcome(FIELDS, [{}], lacking={"document": {"place"}})
    with pytest.raises(NotChecked, match=r"column-missing: document\.prepared_at"):
        outcome(TIMED, [{}], lacking={"document": {"prepared_at"}})
    assert outcome(RULE, [{}], lacking={"document": {"prepared_at"}}) is Outcome.PASS


@pytest.mark.parametrize(
    ("rule", "place", "what"),
    [
        ({**RULE, "fields": ["place", "opinion"]}, "fields.1", "There is no column 'opinion' in 'document'."),
        ({**RULE, "match": "related_ref = number"}, "match", "There is no column 'number' here."),
        ({**RULE, "type_field": "sort"}, "type_field", "There is no column 'sort' in 'document'."),
        ({**TIMED, "at": "place"}, "at", "The column 'place' holds a text, not a time."),
        ({**TIMED, "from": "owner"}, "from", "The column 'owner' holds a text, not a time."),
        ({**RULE, "document": "documents"}, "document", "There is no record type 'documents'."),
    ],
)
def test_mistakes_are_named_at_their_field(rule: dict[str, Any], place: str, what: str) -> None:
    made = case(rule, [])
    with suppress(NotChecked):
        made.mistakes()
    assert [(problem.where.file, problem.what) for problem in made.scope.problems] == [(place, what)]


def test_a_signing_time_needs_a_signer() -> None:
    with pytest.raises(ValidationError, match=r"Nobody has to sign this form"):
        Form.model_validate({**COMMON, **RULE, "signed_at": "signed_at"})
