"""Whose department a finding names: that of the roster, if the name stands for one person's place."""

import duckdb
import pytest

from auditor.evaluate.departments import name_departments
from auditor.intake import from_rows
from auditor.records import Field, RecordType

STAFF = RecordType(
    name="staff",
    name_zh="花名册",
    fields={"staff_name": Field(), "department": Field(), "store_name": Field()},
)

CASES = {
    "one place": ([{"staff_name": "张敏", "department": "客服部"}], "客服部"),
    "the store where no department is known": ([{"staff_name": "张敏", "store_name": "中山路店"}], "中山路店"),
    "twice in the same place": ([{"staff_name": "张敏", "department": "客服部"}] * 2, "客服部"),
    "two people with one name": (
        [{"staff_name": "张敏", "department": "客服部"}, {"staff_name": "张敏", "department": "工程部"}],
        None,
    ),
    "somebody else": ([{"staff_name": "李强", "department": "客服部"}], None),
}


@pytest.mark.parametrize("case", CASES)
def test_the_department_of_a_person(case: str) -> None:
    rows, expected = CASES[case]
    connection = duckdb.connect()
    data, problems = from_rows({"staff": rows}, {"staff": STAFF}, "Asia/Shanghai", connection=connection)
    assert problems == []
    connection.execute(
        "CREATE TABLE found AS SELECT '张敏' AS subject, 'person' AS subject_kind, NULL::VARCHAR AS department"
    )
    name_departments(connection, "found", data.tables, data.schema)
    assert connection.execute("SELECT department FROM found").fetchall() == [(expected,)]


def test_without_a_roster_nothing_is_named() -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE found AS SELECT '张敏' AS subject, 'person' AS subject_kind, NULL::VARCHAR AS department"
    )
    name_departments(connection, "found", {}, "main")
    assert connection.execute("SELECT department FROM found").fetchall() == [(None,)]
