"""Rows that say what another row says: judged, told, and not charged twice."""

from pathlib import Path

import pytest

from auditor.evaluate.duplicates import report_duplicates
from tests.evaluate.company import judge

RULES = {"CO-01": "kind: condition, record: visit, must: clean"}
HEAD = "site_id,visited_at,visitor,clean\n"


def test_a_repeated_row_is_judged_and_told_but_has_no_consequences(tmp_path: Path) -> None:
    rows = "S1,2025-03-05,张敏,否\nS1,2025-03-06,张敏,否\nS1,2025-03-05,张敏,否\nS1,2025-03-05,张敏,否\n"
    judged = judge(tmp_path, RULES, {"visits.csv": HEAD + rows}, "2025-03-10")
    (problem,) = report_duplicates(judged.evaluation, judged.data)
    assert str(problem) == (
        f"{tmp_path / 'visits.csv'} › row 4: This row says exactly what row 2 says; it was judged, but has no"
        " consequences. Take it out if it was written twice; if it happened twice, tell the two apart by their times."
    )
    assert (problem.code, problem.count, problem.fatal) == ("row-repeated", 2, False)
    assert sorted((one.rows[0], one.provisional) for one in judged.findings()) == [
        (2, False), (3, False), (4, True), (5, True),
    ]  # fmt: skip


def test_the_same_row_in_two_exports(tmp_path: Path) -> None:
    again = "S1,2025-03-05,张敏,否\n"
    logs = {"a-visits.csv": HEAD + again, "b-visits.csv": f"{HEAD}S2,2025-03-06,李强,是\n{again}"}
    judged = judge(tmp_path, RULES, logs, "2025-03-10")
    (problem,) = report_duplicates(judged.evaluation, judged.data)
    assert f"exactly what '{tmp_path / 'a-visits.csv'} › row 2' says" in problem.what
    assert [provisional for _, provisional in sorted((one.rows, one.provisional) for one in judged.findings())] == [
        False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row", ["S1,2025-03-05,张敏,", "S1,2025-03-05,李强,否", "S1,2025-03-05 10:00,张敏,否", "S1,2025-03-05,张敏,看不清"]
)
def test_rows_that_differ_in_any_cell(tmp_path: Path, row: str) -> None:
    logs = {"visits.csv": f"{HEAD}S1,2025-03-05,张敏,否\n{row}\n"}
    judged = judge(tmp_path, RULES, logs, "2025-03-10")
    assert report_duplicates(judged.evaluation, judged.data) == []


def test_rows_with_a_number_of_their_own_are_not_compared(tmp_path: Path) -> None:
    rules = {"CO-01": "kind: condition, record: request, must: forwarded_at is not null"}
    rows = "request_id,received_at,receiver\nR1,2025-03-05,张敏\nR2,2025-03-05,张敏\n"
    judged = judge(tmp_path, rules, {"requests.csv": rows}, "2025-03-10")
    assert report_duplicates(judged.evaluation, judged.data) == []
