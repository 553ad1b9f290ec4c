from pathlib import Path

import duckdb
import pytest

import auditor
from auditor.intake import from_rows
from auditor.pipeline import Audit

EXAMPLE = Path(__file__).parents[2] / "examples" / "policy" / "policy.yaml"
BOOK = auditor.read_rules(policy=EXAMPLE)
CALL = {
    "request_type": "报修", "received_at": "2025-03-05 10:00", "received_by": "张敏", "customer_name": "李强",
    "contact": "13800000000", "description": "厨房水管漏水",
}  # fmt: skip


def calls(*forwarded: str | None, **more: object) -> list[dict[str, object]]:
    """Repair calls of 2025-03-05 10:00 (due a day later) that were handed over at these times."""
    return [
        {**CALL, "request_id": f"B{number}", "forwarded_at": moment, **more}
        for number, moment in enumerate(forwarded, start=1)
    ]


def audited(rows: list[dict[str, object]], as_of: str = "2025-03-31") -> Audit:
    zone = BOOK.calendars[BOOK.calendars.default].zone
    connection = duckdb.connect()
    data, problems = from_rows({"service_request": rows}, BOOK.records, zone, connection=connection)
    assert problems == []
    return auditor.audit(BOOK, data, as_of=as_of, regulations=["decoration"])


@pytest.fixture(scope="session")
def broken() -> Audit:
    """Three calls in time, four late ones and one never handed over."""
    late = ["2025-03-07 10:00", "2025-03-07 11:00", "2025-03-08 10:00", "2025-03-06 10:01", None]
    return audited(calls("2025-03-05 11:00", "2025-03-06 10:00", "2025-03-05 12:00", *late))


@pytest.fixture(scope="session")
def kept() -> Audit:
    """One call, handed over in time."""
    return audited(calls("2025-03-05 11:00"))
