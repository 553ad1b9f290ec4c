"""Logs that stand still: reported, and what fails only because of their silence is provisional."""

from dataclasses import replace
from pathlib import Path

import pytest

from auditor.evaluate.staleness import report_stale
from tests.evaluate.company import Judged, judge

WEEKLY = {"CO-01": "kind: cadence, for: {record: site, from: opened_on}, of: {record: visit}, max_gap: 4d"}
SITES = "site_id,opened_on,owner\nS1,2025-03-03,张敏\n"


def visits(*days: int) -> str:
    return "site_id,visited_at,visitor\n" + "".join(f"S1,2025-03-{day:02d},李强\n" for day in days)


def weekly(folder: Path, days: list[int], as_of: str) -> tuple[list[str], list[tuple[str, bool]]]:
    """The Problems of a visit log as of a day of March, and the findings: key and whether provisional."""
    judged = judge(folder, WEEKLY, {"sites.csv": SITES, "visits.csv": visits(*days)}, f"2025-03-{as_of}")
    problems = report_stale(judged.evaluation, judged.data, judged.world)
    return [problem.code for problem in problems], [(one.key[3:13], one.provisional) for one in judged.findings()]


@pytest.mark.parametrize(
    ("days", "as_of", "stale"),
    [
        ([3, 4, 5], "08", False),
        ([3, 4, 5], "08 23:59", False),
        ([3, 4, 5], "09", True),
        ([3, 5, 6], "12", False),
        ([3, 5, 6], "13", True),
        ([3, 5, 6, 20], "14", True),
        ([3, 7], "19", False),
        ([3, 7], "20", True),
        ([3], "31", False),
        ([], "31", False),
    ],
)
def test_a_log_stands_still_after_three_days_and_three_times_its_longest_rest(
    tmp_path: Path, days: list[int], as_of: str, stale: bool
) -> None:
    assert weekly(tmp_path, days, as_of)[0] == (["stale-source"] if stale else [])


@pytest.mark.parametrize(
    ("days", "as_of", "findings"),
    [
        ([3, 4, 5], "09", []),
        ([3, 4, 5], "10", [("2025-03-05", True)]),
        ([3, 8, 9], "31", [("2025-03-03", False), ("2025-03-09", True)]),
        ([3, 8, 9], "24", [("2025-03-03", False), ("2025-03-09", False)]),
    ],
)
def test_failures_that_rest_on_the_silence_are_provisional(
    tmp_path: Path, days: list[int], as_of: str, findings: list[tuple[str, bool]]
) -> None:
    assert weekly(tmp_path, days, as_of)[1] == findings


def test_what_is_said_of_it(tmp_path: Path) -> None:
    judged = judge(tmp_path, WEEKLY, {"sites.csv": SITES, "visits.csv": visits(3, 5, 6)}, "2025-03-13")
    (problem,) = report_stale(judged.evaluation, judged.data, judged.world)
    assert str(problem) == (
        f"{tmp_path / 'visits.csv'}: The log stands still: its newest entry is of 2025-03-06, 7 days before the day of"
        " judgement, and it never rested longer than 2 days before. 1 failure that rests on its silence is provisional."
        " Deliver the newer log, or confirm with `covers_until` that it is complete."
    )
    assert not problem.fatal


REQUESTS = "request_id,received_at,forwarded_at,receiver\n" + "".join(
    f"R{day},2025-03-{day:02d} 10:00,{forwarded},张敏\n"
    for day, forwarded in [(3, "2025-03-03 11:00"), (4, "2025-03-04 11:00"), (5, ""), (6, "2025-03-08 11:00")]
)
PAPERS = "related_ref,doc_type,prepared_at,content\nR3,单,2025-03-03,好\nR4,单,2025-03-04,好\nR6,单,2025-03-04,\n"
DEADLINE = "kind: deadline, record: request, from: received_at, within: 2d"
FORM = "kind: form, for: request, of: 单, document: paper"
SEQUENCE = "kind: sequence, record: request, action: received_at"


@pytest.mark.parametrize(
    ("rule", "findings"),
    [
        (f"{DEADLINE}, to: forwarded_at", {"R5": False}),
        (f"{DEADLINE.replace('2d', '9d')}, to: forwarded_at", {"R5": True}),
        (
            f"{DEADLINE}, to: p.prepared_at, lookup: {{p: {{record: paper, match: related_ref = request_id}}}}",
            {"R5": True, "R6": True},
        ),
        (FORM, {"R5": True}),
        (f"{FORM}, fields: [content]", {"R5": True, "R6": False}),
        (f"{FORM}, within: 1d, from: received_at, at: prepared_at", {"R5": True}),
        (f"{SEQUENCE}, before: {{record: paper, match: related_ref = request_id}}", {"R5": True}),
        ("kind: condition, record: request, must: forwarded_at is not null", {"R5": False}),
    ],
)
def test_what_a_kind_waits_for(tmp_path: Path, rule: str, findings: dict[str, bool]) -> None:
    judged = judge(tmp_path, {"CO-01": rule}, {"requests.csv": REQUESTS, "papers.csv": PAPERS}, "2025-03-20")
    report_stale(judged.evaluation, judged.data, judged.world)
    assert {one.key: one.provisional for one in judged.findings()} == findings


def test_only_logs_that_a_rule_waits_for_are_reported(tmp_path: Path) -> None:
    logs = {"requests.csv": REQUESTS, "papers.csv": PAPERS}
    condition = {"CO-01": "kind: condition, record: request, must: forwarded_at is not null"}
    assert _stale(judge(tmp_path, condition, logs, "2025-03-31")) == []
    assert _stale(judge(tmp_path, {"CO-01": FORM}, logs, "2025-03-31")) == ["papers.csv"]


def _stale(judged: Judged) -> list[str]:
    return [Path(problem.where.file).name for problem in report_stale(judged.evaluation, judged.data, judged.world)]


def test_a_log_that_is_declared_complete_is_not_in_question(tmp_path: Path) -> None:
    judged = judge(tmp_path, WEEKLY, {"sites.csv": SITES, "visits.csv": visits(3, 4, 5)}, "2025-03-31")
    declared = replace(judged, world=replace(judged.world, covers_until={"visit": judged.world.as_of}))
    assert _stale(declared) == []
    assert [one.provisional for one in judged.findings()] == [False]
