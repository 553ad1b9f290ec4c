"""Where the person of a finding works: what the roster says, if the name stands for one person's place."""

import duckdb
import pytest

from auditor.evaluate.workplaces import name_workplaces
from auditor.intake import from_rows
from auditor.records import Field, RecordType

STAFF = RecordType(
    name="staff",
    name_zh="花名册",
    fields={"staff_name": Field(), "department": Field(), "store_name": Field(), "staff_role": Field()},
)
Place = tuple[str | None, str | None, str | None]
NOWHERE: Place = (None, None, None)

CASES: dict[str, tuple[list[dict[str, str]], Place, Place]] = {
    "department, store and post": (
        [{"staff_name": "张敏", "department": "客服部", "store_name": "中山路店", "staff_role": "店长"}],
        NOWHERE, ("客服部", "中山路店", "店长"),
    ),
    "the store where no department is known": (
        [{"staff_name": "张敏", "store_name": "中山路店"}], NOWHERE, ("中山路店", "中山路店", None),
    ),
    "twice in the same place": ([{"staff_name": "张敏", "department": "客服部"}] * 2, NOWHERE, ("客服部", None, None)),
    "two departments, one post": (
        [
            {"staff_name": "张敏", "department": "客服部", "staff_role": "店员"},
            {"staff_name": "张敏", "department": "工程部", "staff_role": "店员"},
        ],
        NOWHERE, (None, None, "店员"),
    ),
    "the finding itself says more": (
        [{"staff_name": "张敏", "department": "客服部", "store_name": "中山路店", "staff_role": "店长"}],
        (None, "人民路店", "店员"), ("客服部", "人民路店", "店员"),
    ),
    "somebody else": ([{"staff_name": "李强", "department": "客服部"}], NOWHERE, NOWHERE),
}  # fmt: skip


def found(place: Place) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE found AS SELECT '张敏' AS subject, 'person' AS subject_kind,"
        " ?::VARCHAR AS department, ?::VARCHAR AS store, ?::VARCHAR AS role",
        list(place),
    )
    return connection


@pytest.mark.parametrize("case", CASES)
def test_the_workplace_of_a_person(case: str) -> None:
    rows, said, expected = CASES[case]
    connection = found(said)
    data, problems = from_rows({"staff": rows}, {"staff": STAFF}, "Asia/Shanghai", connection=connection)
    assert problems == []
    name_workplaces(connection, "found", data.tables, data.schema)
    assert connection.execute("SELECT department, store, role FROM found").fetchall() == [expected]


def test_without_a_roster_nothing_is_named() -> None:
    connection = found(NOWHERE)
    name_workplaces(connection, "found", {}, "main")
    assert connection.execute("SELECT department, store, role FROM found").fetchall() == [NOWHERE]
