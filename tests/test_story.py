"""The story of a project, told through the command alone: audit, review, approval, an appeal, late evidence, a waiver.

A decoration company's registers of repairs and complaints are judged as of the end of June 2025 by the example
policy. What a manager fills into the workbook comes back, the next run heeds it, and so on, until in August a waiver
is over.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.door import ROOT, Spoken, in_process

LOGS = ROOT / "fixtures" / "worlds" / "decoration"
POLICY = ROOT / "examples" / "policy" / "policy.yaml"
REPAIRS, COMPLAINTS, ROSTER = "报修登记表.xlsx", "客户投诉记录.xlsx", "花名册.xlsx"
PROJECT = """\
name: north
regulations: [decoration]
sources: [logs]
outputs: [{file: report.xlsx}, {file: report.json}]
"""

LATE, CONFIRMED, DISPUTED, ABSENT, NONSENSE = "BX-0044", "BX-0056", "BX-0019", "BX-0098", "BX-0018"
"""A second late (张敏), a day late (陈静), not reported (王芳), never handed over (王芳), not recorded (陈静)."""

REVIEW = {
    LATE: ("豁免", "对讲系统当日停电,已补登记", "2025-07-31", "赵磊", "2025-06-30"),
    CONFIRMED: ("确认", "属实", None, "赵磊", "2025-06-30"),
    DISPUTED: ("有争议", "当事人称已电话上报", None, "赵磊", "2025-06-30"),
    NONSENSE: ("也许吧", "再看看", None, "赵磊", "2025-06-30"),
}
"""What the manager writes: decision, opinion, waived until, reviewer, reviewed on."""


@dataclass(frozen=True)
class Run:
    """What a run said and wrote, and where the ledger stands after it."""

    said: Spoken
    document: dict[str, Any]
    cells: dict[str, dict[str, Any]]
    proposals: list[dict[str, Any]]
    overview: str
    ledger: dict[str, dict[str, Any]]

    def finding(self, key: str) -> dict[str, Any]:
        """The one finding about this record, as in the JSON report."""
        [found] = (one for one in self.document["findings"] if one["key"] == key)
        return dict(found)

    def resting_on(self, key: str) -> dict[str, Any]:
        """The one consequence that rests on the finding about this record, as in the JSON report."""
        finding = self.finding(key)["fingerprint"]
        [found] = (one for one in self.document["consequences"] if finding in _findings(one))
        return dict(found)


@dataclass(frozen=True)
class Story:
    """What happened in the project, step by step."""

    june: Run
    reviewed: Spoken
    reviewed_again: Spoken
    july: Run
    notices: dict[str, str]
    steps: dict[str, Spoken]
    corrected: Run
    august: Run
    keys: dict[str, str]
    """The consequence that rests on a record, as of June."""


def test_the_audit_proposes_and_asks_for_a_review(story: Story) -> None:
    june = story.june
    assert june.said.code == 0, june.said.stderr
    assert june.document["reviews"] == {"open": 22}
    assert {one["state"] for one in june.document["consequences"]} == {"proposed"}
    assert {one["state"] for one in june.ledger.values()} == {"proposed"}
    assert len(june.ledger) == len(june.document["consequences"]) == len(june.proposals) == 9
    assert {row["复核状态"] for row in june.cells.values()} == {"待复核"}
    assert {row["复核决定"] for row in june.cells.values()} == {None}
    assert "共 22 项违规(重要 14、一般 8),建议奖惩 9 项" in june.said.stdout


def test_of_the_review_all_but_the_nonsense_is_taken_in(story: Story) -> None:
    taken = json.loads(story.reviewed.stdout)
    said = {one["finding"]: (one["decision"], one["reviewer"], one["expires"]) for one in taken["accepted"]}
    assert said == {
        story.june.finding(LATE)["fingerprint"]: ("waive", "赵磊", "2025-07-31"),
        story.june.finding(CONFIRMED)["fingerprint"]: ("confirm", "赵磊", None),
        story.june.finding(DISPUTED)["fingerprint"]: ("dispute", "赵磊", None),
    }
    [rejected] = taken["rejected"]
    assert rejected["finding"] == story.june.finding(NONSENSE)["fingerprint"]
    assert "'也许吧'" in rejected["mistakes"][0]["what"]
    assert (taken["unchanged"], taken["ignored"], story.reviewed.code) == (0, [], 1)


def test_taking_it_in_twice_changes_nothing(story: Story) -> None:
    taken = json.loads(story.reviewed_again.stdout)
    assert (taken["accepted"], taken["unchanged"]) == ([], 3)


@pytest.mark.parametrize(
    ("record", "state", "words"),
    [
        (LATE, "waived", "已豁免"),
        (CONFIRMED, "confirmed", "已确认"),
        (DISPUTED, "disputed", "有争议"),
        (NONSENSE, "open", "待复核"),
    ],
)
def test_the_next_run_shows_what_was_decided(story: Story, record: str, state: str, words: str) -> None:
    july = story.july
    found = july.finding(record)
    cells = july.cells[found["fingerprint"]]
    assert found["review"]["state"] == state
    assert cells["复核状态"] == words
    decided = REVIEW[record] if state != "open" else (None,) * 5
    shown = [cells[name] for name in ("复核决定", "复核意见", "豁免到期", "复核人", "复核日期")]
    assert [str(one)[:10] if hasattr(one, "year") else one for one in shown] == list(decided)


def test_a_waived_finding_stays_and_costs_nothing(story: Story) -> None:
    july, waived = story.july, story.july.finding(LATE)["fingerprint"]
    reviews = july.document["reviews"]
    assert {state: reviews[state] for state in reviews if state != "open"} == {
        "confirmed": 1,
        "waived": 1,
        "disputed": 1,
    }
    assert sum(reviews.values()) == len(july.document["findings"])
    assert not any(waived in _findings(one) for one in july.document["consequences"])
    entries = july.ledger[story.keys[LATE]]["entries"]
    assert [(one["state"], one["why"]) for one in entries] == [("proposed", "drawn"), ("reversed", "waived")]
    assert "已豁免 1" in july.overview
    assert "豁免" in july.said.stdout


def test_what_rests_on_a_disputed_finding_is_held(story: Story) -> None:
    held = story.july.resting_on(DISPUTED)
    assert (held["key"], held["state"], held["held_because"]) == (story.keys[DISPUTED], "held", ["disputed finding"])
    [row] = (one for one in story.july.proposals if one["状态"] == "暂缓：违规有争议")
    assert (row["对象"], row["月份"]) == ("王芳", "2025-03")


def test_what_was_confirmed_is_proposed_as_before(story: Story) -> None:
    assert story.july.resting_on(CONFIRMED)["key"] == story.keys[CONFIRMED]
    assert story.july.ledger[story.keys[CONFIRMED]]["state"] == "proposed"


def test_the_notices_tell_each_what_concerns_him(story: Story) -> None:
    subjects = {one["subject"] for one in story.july.document["findings"]}
    assert set(story.notices) == subjects
    waived, held, confirmed = story.notices["张敏"], story.notices["王芳"], story.notices["陈静"]
    assert "已豁免" in waived
    assert "口头警告" not in waived
    assert "暂缓：违规有争议" in held
    assert "已确认" in confirmed
    assert DISPUTED not in waived + confirmed


def test_steps_in_the_ledger_are_taken_by_others_and_in_order(story: Story) -> None:
    assert [story.steps[name].code for name in ("approve", "apply", "appeal")] == [0, 0, 0]
    assert "王芳, who can appeal but not decide" in story.steps["approve her own"].stderr
    assert (
        "The last run that drew it does not propose it: disputed finding." in story.steps["approve the disputed"].stderr
    )
    assert "It is reversed and cannot be approved." in story.steps["approve the waived"].stderr
    assert [story.steps[f"approve {one}"].code for one in ("her own", "the disputed", "the waived")] == [2, 2, 2]


def test_late_evidence_reverses_what_was_appealed(story: Story) -> None:
    run, key = story.corrected, story.keys[ABSENT]
    assert ABSENT not in {one["key"] for one in run.document["findings"] if one["rule"] == "DEC-AS-01"}
    assert key not in {one["key"] for one in run.document["consequences"]}
    assert f"1 reversed: {key}" in run.said.stderr
    entries = run.ledger[key]["entries"]
    assert [(one["on"], one["state"], one["by"], one["why"]) for one in entries] == [
        ("2025-06-30", "proposed", "auditor", "drawn"),
        ("2025-07-02", "approved", "赵磊", "已核实"),
        ("2025-07-04", "appealed", "王芳", "当日已移交"),
        ("2025-07-10", "reversed", "auditor", "late evidence"),
    ]


def test_late_evidence_touches_nothing_else(story: Story) -> None:
    assert story.corrected.ledger[story.keys[CONFIRMED]]["state"] == "applied"
    assert story.corrected.finding(LATE)["review"]["state"] == "waived"


def test_when_the_waiver_is_over_the_finding_counts_again(story: Story) -> None:
    august, found = story.august, story.august.finding(LATE)
    assert found["review"]["state"] == "lapsed"
    assert august.cells[found["fingerprint"]]["复核状态"].startswith("待复核（豁免已到期）")
    assert august.cells[found["fingerprint"]]["复核决定"] is None
    entries = august.ledger[story.keys[LATE]]["entries"]
    assert [(one["state"], one["why"]) for one in entries] == [
        ("proposed", "drawn"), ("reversed", "waived"), ("proposed", "drawn again, was reversed: waived"),
    ]  # fmt: skip


def test_what_was_reversed_for_evidence_is_not_drawn_again(story: Story) -> None:
    assert story.august.ledger[story.keys[ABSENT]]["state"] == "reversed"


def test_the_history_tells_the_story(story: Story) -> None:
    runs = [run.said.stderr.splitlines()[-1].split()[1] for run in (story.june, story.july, story.corrected)]
    assert len({*runs}) == 3
    times = story.august.cells[story.august.finding(CONFIRMED)["fingerprint"]]
    assert (str(times["首次发现"])[:10], times["连续次数"]) == ("2025-06-30", 4)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("north")
    (folder / "logs").mkdir()
    (folder / "auditor.yaml").write_text(PROJECT, encoding="utf-8")
    for name in (REPAIRS, COMPLAINTS, ROSTER):
        shutil.copy(LOGS / name, folder / "logs")
    before = Path.cwd()
    os.chdir(folder)
    yield tell()
    os.chdir(before)


def tell() -> Story:
    """Everything that happens, in the folder of the project."""
    june = judge("2025-06-30 18:00")
    keys = {record: june.resting_on(record)["key"] for record in (LATE, CONFIRMED, DISPUTED, ABSENT)}
    fill_in(Path("report.xlsx"), june)
    review = ("review", "import", "report.xlsx", "--format", "json")
    reviewed, again = in_process(review), in_process(review)
    july = judge("2025-07-01 18:00")
    in_process(("notices", "last", "-o", "notices", "--format", "html", "--policy", str(POLICY)))
    notices = {path.stem: path.read_text(encoding="utf-8") for path in Path("notices").iterdir()}
    steps = {
        "approve": step("approve", "2025-07-02", "赵磊", "已核实", keys[CONFIRMED], keys[ABSENT]),
        "approve her own": step("approve", "2025-07-02", "王芳", "已核实", keys[DISPUTED]),
        "approve the disputed": step("approve", "2025-07-02", "赵磊", "已核实", keys[DISPUTED]),
        "approve the waived": step("approve", "2025-07-02", "赵磊", "已核实", keys[LATE]),
        "apply": step("apply", "2025-07-03", "赵磊", "已谈话", keys[CONFIRMED]),
        "appeal": step("appeal", "2025-07-04", "王芳", "当日已移交", keys[ABSENT]),
    }
    hand_over(ABSENT, "2025-05-13 11:00")
    corrected = judge("2025-07-10 18:00")
    return Story(june, reviewed, again, july, notices, steps, corrected, judge("2025-08-01 09:00"), keys)


def judge(as_of: str) -> Run:
    said = in_process(("run", "--as-of", as_of, "--policy", str(POLICY), "--fail-on", "never"))
    workbook = openpyxl.load_workbook("report.xlsx")
    ledger = json.loads(in_process(("ledger", "list", "--format", "json")).stdout)
    return Run(
        said=said,
        document=json.loads(Path("report.json").read_text(encoding="utf-8")),
        cells={str(row["发现编号"]): row for row in rows(workbook["发现明细"])},
        proposals=rows(workbook["奖惩建议"]),
        overview="\n".join(str(cell.value) for row in workbook["总览"] for cell in row if cell.value is not None),
        ledger={one["key"]: one for one in ledger},
    )


def step(name: str, on: str, by: str, why: str, *keys: str) -> Spoken:
    return in_process(("ledger", name, *keys, "--by", by, "--on", on, "--why", why))


def fill_in(path: Path, run: Run) -> None:
    """The manager writes into the workbook and saves it."""
    from datetime import date

    records = {run.finding(record)["fingerprint"]: record for record in REVIEW}
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["发现明细"]
    first = [cell.value for cell in sheet[1]].index("复核决定") + 1
    for row in sheet.iter_rows(min_row=2):
        for place, value in enumerate(REVIEW.get(records.get(str(row[0].value), ""), ()), start=first):
            day = date.fromisoformat(value) if value and value[:2] == "20" else value
            sheet.cell(row[0].row, place).value = day
    workbook.save(path)


def hand_over(record: str, when: str) -> None:
    """A corrected log of repairs arrives, in which ``record`` was handed over."""
    path = Path("logs") / REPAIRS
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["报修登记"]
    [row] = (cell.row for cell in sheet["A"] if cell.value == record)
    sheet.cell(row, [cell.value for cell in sheet[3]].index("移交时间") + 1).value = when
    workbook.save(path)


def rows(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a table, by the words of its header."""
    header, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in body]


def _findings(consequence: dict[str, Any]) -> set[str]:
    """The findings that a consequence rests on."""
    return {key for one in consequence["because"] for fact in one["facts"] for key in fact["findings"]}
