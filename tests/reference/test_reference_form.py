"""The reference on forms."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.bench import verdicts

Document = dict[str, str]
LATER = "2025-03-31 00:00"


def _paper(at: str = "", **cells: str) -> Document:
    return {"related_ref": "J1", "doc_type": "slip", "prepared_at": f"2025-03-{at}" if at else "", **cells}


def _judge(fields: dict[str, Any], job: Document, papers: list[Document], as_of: str) -> str:
    rule = {"kind": "form", "for": "job", "of": "slip", "document": "paper", **fields}
    return verdicts(rule, {"job": [{"job_id": "J1", **job}], "paper": papers}, as_of)["J1"][0]


@pytest.mark.parametrize(
    ("fields", "papers", "expected"),
    [
        ({}, [], "fail"),
        ({}, [_paper()], "pass"),
        ({}, [_paper(doc_type="bill")], "fail"),
        ({"of": ["bill", "slip"]}, [_paper(doc_type="bill")], "pass"),
        ({}, [_paper(doc_type="")], "unknown"),
        ({}, [_paper(related_ref="J2")], "fail"),
        ({}, [_paper(related_ref="")], "fail"),
        ({"fields": ["content"]}, [_paper()], "fail"),
        ({"fields": ["content"]}, [_paper(content="x")], "pass"),
        ({"fields": ["content", "amount"]}, [_paper(content="x")], "fail"),
        ({"fields": ["amount"]}, [_paper(amount="看不清")], "unknown"),
        ({"fields": ["content"]}, [_paper(), _paper(content="x")], "pass"),
        ({"signed_by": "customer"}, [_paper(signed_by_customer="是")], "pass"),
        ({"signed_by": "customer"}, [_paper(signed_by_customer="否")], "fail"),
        ({"signed_by": "customer"}, [_paper()], "fail"),
        ({"signed_by": "manager"}, [_paper(signed_by="张敏")], "pass"),
        ({"signed_by": "manager"}, [_paper()], "fail"),
        ({"copies": 2}, [_paper(copies="2")], "pass"),
        ({"copies": 2}, [_paper(copies="1")], "fail"),
        ({"copies": 2}, [_paper()], "unknown"),
        ({"copies": 2}, [_paper(copies="1"), _paper()], "unknown"),
        ({"match": "related_ref = client"}, [_paper(related_ref="C1")], "pass"),
        ({"match": "related_ref = client"}, [_paper()], "fail"),
        ({"match": "related_ref = note"}, [_paper()], "unknown"),
    ],
)
def test_a_form_owed_at_once(fields: dict[str, Any], papers: list[Document], expected: str) -> None:
    assert _judge(fields, {"client": "C1"}, papers, LATER) == expected


@pytest.mark.parametrize(
    ("fields", "papers", "as_of", "expected"),
    [
        ({}, [], "2025-03-06 10:00", "pending"),
        ({}, [], "2025-03-06 10:00:01", "fail"),
        ({}, [], "2025-03-05 09:00", "unknown"),
        ({}, [_paper("06 10:00")], LATER, "pass"),
        ({}, [_paper("06 10:01")], LATER, "fail"),
        ({}, [_paper("06 10:01"), _paper("06 09:00")], LATER, "pass"),
        ({}, [_paper("04 10:00")], LATER, "pass"),
        ({}, [_paper()], LATER, "unknown"),
        ({}, [_paper("06")], LATER, "unknown"),
        ({"date_only": "day"}, [_paper("06")], LATER, "pass"),
        ({}, [_paper("06 09:00")], "2025-03-06 08:00", "pending"),
        ({"fields": ["content"]}, [_paper("05 11:00")], "2025-03-05 12:00", "pending"),
        ({"fields": ["content"]}, [_paper("05 11:00")], LATER, "fail"),
        ({"fields": ["content"]}, [_paper("05 11:00"), _paper("05 12:00", content="x")], LATER, "pass"),
        ({"fields": ["content"]}, [_paper("05 11:00"), _paper("07 12:00", content="x")], LATER, "fail"),
        ({"signed_by": "customer"}, [_paper("05 11:00")], "2025-03-06 10:00", "pending"),
        ({"within": "2bh"}, [_paper("05 12:00")], LATER, "pass"),
        ({"within": "2bh"}, [_paper("05 13:00")], LATER, "pass"),
        ({"within": "2bh"}, [_paper("05 13:00:01")], LATER, "fail"),
        ({"within": "1d"}, [_paper("06")], LATER, "pass"),
        ({"within": "1d"}, [_paper("07")], LATER, "fail"),
        ({"from": "closed_at"}, [_paper("06 10:00")], LATER, "unknown"),
        ({}, [_paper("07 10:00", doc_type="")], LATER, "unknown"),
    ],
)
def test_a_form_owed_within_a_time(fields: dict[str, Any], papers: list[Document], as_of: str, expected: str) -> None:
    assert _judge({"within": "24h", **fields}, {"opened_at": "2025-03-05 10:00"}, papers, as_of) == expected
