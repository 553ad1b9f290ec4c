"""Cells that can be read and cannot be right: told with their place, never turned into a merit."""

from pathlib import Path

import pytest

from auditor.evaluate.implausible import find_implausible
from auditor.intake import read_files
from auditor.records import RecordType
from auditor.records.load import read_record_types
from tests.small_world import run

LEAVE = RecordType.model_validate(
    {
        "name": "leave", "name_zh": "请假", "sheets": ["请假单"], "key": "number",
        "fields": {
            "number": {"type": "id", "aliases": ["编号"]},
            "starts": {"type": "time", "aliases": ["开始"]},
            "ends": {"type": "time", "aliases": ["结束"], "after": "starts"},
            "minutes": {"type": "number", "aliases": ["时长"], "least": 0},
            "score": {"type": "integer", "aliases": ["得分"], "least": 0, "most": 10},
        },
    }
)  # fmt: skip
ROWS = {
    "2025-03-05 10:00,2025-03-05 09:59,,": "column 结束: 'ends' lies before 'starts'.",
    "2025-03-05 10:00,2025-03-05 10:00,,": None,
    "2025-03-05 10:00,2025-03-05,,": None,
    "2025-03-05 10:00,2025-03-04,,": "column 结束: 'ends' lies before 'starts'.",
    "2025-03-05 10:00,,,": None,
    ",2025-03-05 10:00,,": None,
    ",,-1,": "column 时长: 'minutes' is less than 0.",
    ",,(0.5),": "column 时长: 'minutes' is less than 0.",
    ",,0,0": None,
    ",,,10": None,
    ",,,11": "column 得分: 'score' is more than 10.",
    ",,,-1": "column 得分: 'score' is less than 0.",
}


@pytest.mark.parametrize(("row", "told"), ROWS.items())
def test_57_73_75_ends_before_starts_negative_durations_and_scores_beyond_their_scale(
    tmp_path: Path, row: str, told: str | None
) -> None:
    path = tmp_path / "请假单.csv"
    path.write_text(f"编号,开始,结束,时长,得分\n1,{row}\n2,{row}\n", encoding="utf-8")
    data, problems = read_files([path], {"leave": LEAVE}, "Asia/Shanghai")
    assert problems == []
    found = [(str(problem), problem.count, problem.fatal) for problem in find_implausible(data)]
    remedy = "Correct the cell; until then it was judged as written."
    assert found == ([(f"{path} › row 2 › {told} {remedy}", 2, False)] if told else [])


def test_what_a_record_type_declares_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    path.write_text(
        "leave:\n  name_zh: 请假\n  fields:\n    starts: {type: time}\n    ends: {type: time, after: start}\n"
        "    out: {type: time, relative_to: reason}\n    reason: {}\n",
        encoding="utf-8",
    )
    _, problems = read_record_types(path)
    assert [str(problem).removeprefix(f"{tmp_path}/") for problem in problems] == [
        "records.yaml:5:31: 'leave' has no field 'start'. Did you mean 'starts'?",
        "records.yaml:6:36: 'out' cannot be relative to 'reason': both must be times, and not the same. "
        "Name another field of type time.",
    ]


REPLY = {"kind": "deadline", "record": "ticket", "from": "opened_at", "to": "answered_at", "within": "8h"}
OPENED = {"ticket_id": "T1", "opened_at": "2025-03-05 10:00"}


def test_57_an_end_before_its_start_keeps_no_deadline_and_is_told() -> None:
    ticket = OPENED | {"answered_at": "2025-03-04 12:00"}
    outcome = run(REPLY, {"ticket": [ticket]}, "2025-03-06 12:00")
    assert outcome.verdicts == {"T1": "fail"}
    assert [str(problem) for problem in outcome.doubts] == [
        "given › ticket › row 1 › column answered_at: 'answered_at' lies before 'opened_at', so it does not count. "
        "Correct one of the two times."
    ]


def test_60_an_event_after_the_as_of_time_has_not_happened_yet_and_is_told() -> None:
    tickets = [OPENED | {"answered_at": "2025-03-05 13:00"}, {"ticket_id": "T2", "opened_at": "2025-03-05 13:00"}]
    outcome = run(REPLY, {"ticket": tickets}, "2025-03-05 12:00")
    assert (outcome.verdicts, outcome.reasons["T2"]) == ({"T1": "pending", "T2": "unknown"}, "future")
    assert [(problem.code, problem.where.column) for problem in outcome.doubts] == [
        ("future-event", "answered_at"),
        ("future-event", "opened_at"),
    ]


@pytest.mark.parametrize("measure", [{"rate": "urgent"}, {"mean": "amount"}])
def test_75_a_rate_of_nothing_is_neither_met_nor_missed(measure: dict[str, str]) -> None:
    rule = {"kind": "metric", "record": "ticket", "measure": measure, "period": "month", "target": ">= 95"}
    outcome = run(rule | {"at": "opened_at"}, {"ticket": [OPENED]}, "2025-05-01 12:00")
    assert outcome.verdicts == {"all/2025-03": "not_applicable"}
