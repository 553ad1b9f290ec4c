"""A project keeps its runs: what later logs do to the ledger, and what the commands say and refuse."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.door import Spoken, in_process, in_subprocess
from tests.project.conftest import Write

HEAD = "工单号,受理时间,完成时间,客服,工单类型,费用,态度良好\n"
FIRST = "T1,2025-03-05 10:00,2025-03-05 11:00,张敏,报修,0,是\n"
IMPOLITE = "T2,2025-03-05 10:30,2025-03-05 12:00,李强,咨询,12.5,否\n"


def judge(folder: Path, *rows: str, as_of: str = "2025-03-31") -> str:
    """Write the log anew, run, and give the line on the history."""
    (folder / "logs" / "tickets.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    spoken = in_process(("run", "--as-of", as_of, "--fail-on", "never"))
    assert spoken.code == 0, spoken.stderr
    return spoken.stderr.splitlines()[-1]


def ledger() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(in_process(("ledger", "list", "--format", "json")).stdout)
    return found


def step(name: str, by: str = "王芳", on: str = "2025-04-01") -> Spoken:
    [one] = ledger()
    return in_process(("ledger", name, one["key"][:6], "--by", by, "--on", on, "--why", "已核实"))


@pytest.fixture
def project(shop: Path, write: Write) -> Path:
    write("regulations: [shop]\n")
    judge(shop, FIRST, IMPOLITE)
    return shop


def test_a_run_is_kept_and_proposes(project: Path) -> None:
    [one] = ledger()
    assert (one["subject"], one["state"], one["measure"]) == ("李强", "proposed", "oral_warning")
    assert one["entries"][0]["on"] == "2025-03-31"
    listed = in_process(("runs", "list")).stdout.splitlines()
    assert listed[1].split()[1:] == ["2025-03-31", "00:00", "shop", "1", "1"]


def test_the_same_run_is_kept_once(project: Path) -> None:
    assert judge(project, FIRST, IMPOLITE).endswith("is in the history already.")
    assert len(in_process(("runs", "list")).stdout.splitlines()) == 2


def test_late_evidence_reverses_what_was_applied(project: Path) -> None:
    for name in ("approve", "apply"):
        assert step(name).code == 0
    said = judge(project, FIRST, IMPOLITE.replace("否", "是"), as_of="2025-04-30")
    [one] = ledger()
    assert f"1 reversed: {one['key']}" in said
    assert [entry["state"] for entry in one["entries"]] == ["proposed", "approved", "applied", "reversed"]
    assert one["entries"][-1] == {
        **one["entries"][-1], "by": "auditor", "on": "2025-04-30", "why": "late evidence", "findings": one["findings"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ((FIRST,), "the row is not in the data"),
        ((FIRST, IMPOLITE.replace(",否", ",")), "the cell is empty: nothing is known"),
        ((FIRST, IMPOLITE.replace("否", "马马虎虎")), "the cell cannot be read"),
        ((FIRST, IMPOLITE), "the finding still stands"),
    ],
)
def test_nothing_happens_where_nothing_was_proved(project: Path, rows: tuple[str, ...], what: str) -> None:
    assert step("approve").code == 0
    said = judge(project, *rows, as_of="2025-04-30")
    assert "consequences" not in said, what
    assert ledger()[0]["state"] == "approved", what


def test_a_row_that_became_something_else_is_left_to_people(project: Path) -> None:
    said = judge(project, FIRST, IMPOLITE.replace("咨询", "内部"), as_of="2025-04-30")
    assert f"1 to be looked at (their findings are owed or charged no more): {ledger()[0]['key']}" in said
    assert ledger()[0]["state"] == "proposed"


def test_a_changed_rule_takes_nothing_back(project: Path) -> None:
    rules = project / "rules" / "shop" / "service.yaml"
    text = rules.read_text(encoding="utf-8").replace("when: kind <> '内部'", "when: kind <> '外部'")
    rules.write_text(text, encoding="utf-8")
    said = judge(project, FIRST, IMPOLITE.replace("否", "是"), as_of="2025-04-30")
    assert "1 to be looked at" in said
    assert ledger()[0]["state"] == "proposed"


def test_a_rule_with_another_title_is_the_same_rule(project: Path) -> None:
    rules = project / "rules" / "shop" / "service.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("Staff are polite}", "Polite}"), encoding="utf-8")
    assert "1 reversed" in judge(project, FIRST, IMPOLITE.replace("否", "是"), as_of="2025-04-30")


def test_the_person_concerned_cannot_approve(project: Path) -> None:
    spoken = step("approve", by="李强")
    assert spoken.code == 2
    assert spoken.stderr.endswith("It concerns 李强, who can appeal but not decide. Let somebody else decide it.\n")


def test_the_difference_between_two_runs(project: Path) -> None:
    judge(project, FIRST.replace("是", "否"), IMPOLITE.replace("否", "是"), as_of="2025-04-30")
    found = json.loads(in_process(("runs", "diff", "last~1", "--format", "json")).stdout)
    assert [one["record_key"] for one in found["new"]] == ["T1"]
    assert [one["record_key"] for one in found["fixed"]] == ["T2"]
    assert found["open"] == found["not_judged"] == []
    sides = [(side["before"] or side["after"])["subject"] for side in found["consequences"]]
    assert sorted(sides) == ["张敏", "李强"]
    text = in_process(("runs", "diff", "last~1", "last")).stdout
    assert "New findings: 1\n" in text
    assert "→ nothing" in text


def test_a_run_without_history_keeps_nothing(shop: Path, write: Write) -> None:
    write("regulations: [shop]\n")
    in_process(("run", "--no-history"))
    assert not (shop / "history").exists()
    spoken = in_process(("runs", "list"))
    assert (spoken.code, spoken.stderr) == (
        3,
        "history/auditor.duckdb: There is no history yet. `auditor run` in the folder of a project begins one;"
        " name another folder with --history.\n",
    )


def test_files_without_a_project_are_kept_where_it_is_said(shop: Path) -> None:
    words = ("run", "logs/tickets.csv", "--rules", "rules", "--regulation", "shop", "--fail-on", "never")
    assert in_process(words).code == 0
    assert not (shop / "history").exists()
    assert in_process((*words, "--history", "kept")).code == 0
    assert len(in_process(("runs", "list", "--history", "kept")).stdout.splitlines()) == 2


def test_a_second_run_at_the_same_time_leaves_with_75(project: Path) -> None:
    from auditor.history import open_history

    reports = project / "reports"
    with open_history(project / "history", write=True):
        spoken = in_subprocess(("run", "-o", "report.json"), project)
    assert spoken.code == 75
    assert spoken.stdout == ""
    assert "Another auditor is writing to this history, or reading it." in spoken.stderr
    assert not reports.exists()
    assert not (project / "report.json").exists()


def test_what_the_commands_show(project: Path) -> None:
    step("approve")
    key = ledger()[0]["key"]
    shown = in_process(("ledger", "show", key)).stdout
    assert [line.split() for line in shown.splitlines()[1:]] == [
        ["2025-03-31", "proposed", "auditor", "drawn", *ledger()[0]["findings"]][:4],
        ["2025-04-01", "approved", "王芳", "已核实"],
    ] or "已核实" in shown
    assert "logs/tickets.csv" in in_process(("runs", "show", "last")).stdout
    assert in_process(("runs", "show", "nothing")).code == 2


def test_reports_know_the_run_and_since_when_findings_are_known(project: Path) -> None:
    """The history says of a run that is there already what it said when it was new."""
    from auditor.history import open_history
    from auditor.project import Options, assign, placed

    judge(project, FIRST, IMPOLITE, as_of="2025-04-30")
    assignment = assign(Options())
    with open_history(project / "history", write=True) as history:
        result = placed(assignment, assignment.run("2025-04-30", None, history), history)
        [first, last] = history.runs()
        [seen] = (result.seen or {}).values()
    assert result.run.id == last.id
    assert (seen.first_run, seen.consecutive) == (first.id, 1)
