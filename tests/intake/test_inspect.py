"""``auditor inspect``: the table found, each column with its reason, the problems, and the mapping that would help."""

import json
from pathlib import Path

import pytest
import yaml

from auditor.intake import Inspection, inspect_file
from auditor.intake.settings import Settings
from auditor.report.inspection import inspection_json, inspection_text
from tests.commands.door import in_process
from tests.intake.sheets import HEADER, RECORDS, ZONE, call, read, rows, told, workbook

OPEN = [
    ["报修登记表"],
    ["工单号", "受理", None, "报修时间", "客户名", "颜色"],
    [None, "时间", "人", None, None, None],
    ["G1", "2025-05-01 10:00", "张敏", "2025-05-01 09:00", "李强", "红"],
    ["G2", "昨天", "王芳", None, None, None],
    ["合计"],
]
MERGES = ["A1:F1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3"]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return workbook(Path("五月.xlsx"), OPEN, MERGES)


def inspect(path: Path, settings: Settings | None = None) -> Inspection:
    return inspect_file(path, RECORDS, ZONE, settings or Settings())


ZH = """\
五月.xlsx: xlsx, 读取 3 行 = 采用 2 + 搁置 1 (合计行 1)
[报修] 表头在第 2–3 行 · a3e9d128241b: call(得分 21.00;其次 —)
  A 工单号 -> call_id(列名)   例如 G1 | G2 | 合计
  B 受理/时间 -> (没有读取:另一列也是 received_at)   例如 2025-05-01 10:00 | 昨天
  C 受理/人 -> handler(列名、不计字形与空格)   例如 张敏 | 王芳
  D 报修时间 -> (没有读取:另一列也是 received_at)   例如 2025-05-01 09:00
  E 客户名 -> (没有用到;是“客户姓名”吗?)   例如 李强
  F 颜色 -> (没有用到)   例如 红
  这张表没有的列:received_at, started_at, due_at, customer, phone, shop, solved, cost, note
数据问题:column-doubled 1, column-renamed 1
"""
EN = """\
五月.xlsx: xlsx, read 3 = kept 2 + set aside 1 (totals 1)
[报修] header at row 2–3 · a3e9d128241b: call (score 21.00; next —)
  A 工单号 -> call_id (alias)   e.g. G1 | G2 | 合计
  B 受理/时间 -> (not read: another column means received_at too)   e.g. 2025-05-01 10:00 | 昨天
"""
BLOCK = """\
mappings:
  - file: '五月.xlsx'
    sheet: 报修
    record: call
    header_row: 2
    # columns:
    #   '受理/时间': null  # or the other that means received_at
    #   报修时间: null  # or the other that means received_at
    #   客户名: customer  # is it 客户姓名?
    #   颜色: null  # no field"""


@pytest.mark.parametrize(("lang", "said"), [("zh", ZH), ("en", EN)])
def test_what_is_said_of_a_file(path: Path, lang: str, said: str) -> None:
    text = inspection_text(inspect(path), lang)
    assert [line for line in said.splitlines() if line not in text.splitlines()] == []


def test_the_block_can_be_pasted_as_it_is_and_with_its_guesses(path: Path) -> None:
    text = inspection_text(inspect(path), "en")
    block = text[text.index("mappings:\n") :]
    assert block == BLOCK
    data, _ = read(path, settings=Settings.model_validate(yaml.safe_load(block)))
    assert rows(data, "_line, call_id") == [(4, "G1"), (5, "G2")]
    chosen = block.replace("#   '受理/时间': null  # or", "#   # or").replace("    # ", "    ")
    data, problems = read(path, settings=Settings.model_validate(yaml.safe_load(chosen)))
    assert told(problems) == ["date-relative"]
    assert rows(data, "_line, call_id, received_at IS NULL, customer") == [
        (4, "G1", False, "李强"), (5, "G2", True, None),
    ]  # fmt: skip
    assert data.sources[0].extras == ()


def test_nothing_is_proposed_where_nothing_is_open(path: Path) -> None:
    workbook(path, [HEADER, call(1)])
    found = inspect(path)
    assert (found.problems, found.sheets[0].mapping) == ((), ())
    assert "mappings:" not in inspection_text(found, "zh")


def test_mappings_of_a_project_are_seen(path: Path) -> None:
    said = {"columns": {"受理/时间": "received_at", "报修时间": None, "客户名": "customer", "颜色": None}}
    found = inspect(path, Settings.model_validate({"mappings": [said]}))
    assert {view.header: view.match.how for view in found.sheets[0].columns if view.match} == {
        "工单号": "alias", "受理/时间": "mapping", "受理/人": "alias, folded", "客户名": "mapping",
    }  # fmt: skip
    assert found.kinds == {"date-relative": 1}
    assert found.sheets[0].mapping == ()


def test_tables_side_by_side_are_proposed_one_by_one(path: Path) -> None:
    workbook(path, [[*HEADER, None, *HEADER], [*call(1), None, *call(2)]])
    assert inspect(path).sheets[0].mapping == (
        "- {file: '五月.xlsx', sheet: 报修, range: 'A:E', record: call}",
        "- {file: '五月.xlsx', sheet: 报修, range: 'G:K', record: call}",
    )


def test_a_sheet_that_is_not_understood_gets_the_best_guess(path: Path) -> None:
    workbook(path, [["工单号", "甲", "乙", "丙", "丁"], ["G1", 2, 3, 4, 5]])
    found = inspect(path)
    assert (found.sheets[0].record, found.sheets[0].mapping[:4]) == (
        None,
        ("- file: '五月.xlsx'", "  sheet: 报修", "  record: call", "  header_row: 1"),
    )
    assert "没有认出来(最接近 call" in inspection_text(found, "zh")


def test_the_same_as_json(path: Path) -> None:
    document = json.loads(inspection_json(inspect(path)))
    assert {key: document[key] for key in ("file", "format", "rows_read", "rows_kept", "rows_set_aside")} == {
        "file": "五月.xlsx", "format": "xlsx", "rows_read": 3, "rows_kept": 2, "rows_set_aside": {"totals": 1},
    }  # fmt: skip
    [table] = document["tables"]
    assert (table["record"], table["header_row"], table["last_header_row"]) == ("call", 2, 3)
    assert table["columns"][3:5] == [
        {"header": "报修时间", "column": "D", "field": None, "how": None, "doubled": "received_at", "near": None,
         "samples": ["2025-05-01 09:00"]},
        {"header": "客户名", "column": "E", "field": None, "how": None, "doubled": None, "near": "客户姓名",
         "samples": ["李强"]},
    ]  # fmt: skip
    assert "\n".join(["mappings:", *(f"  {line}" for line in table["mapping"])]) == BLOCK
    assert [one["code"] for one in document["problems"]] == ["column-doubled", "column-renamed"]


def test_the_command(path: Path) -> None:
    header = ["单号", "报修时间", "移交时间", "受理人", "贵宾"]
    workbook(path, [header, ["BX-1", "2025-05-01 10:00", "2025-05-01 11:00", "张敏", "李强"]], title="报修登记表")
    spoken = in_process(("inspect", str(path)))
    assert (spoken.code, spoken.stderr) == (0, "")
    assert "E 贵宾 -> (没有用到)" in spoken.stdout
    Path("auditor.yaml").write_text(
        "sources: ['五月.xlsx']\nmappings:\n  - {sheet: '报修*', columns: {贵宾: customer_name}}\n", encoding="utf-8"
    )
    spoken = in_process(("inspect", str(path), "--format", "json"))
    assert (spoken.code, spoken.stderr) == (0, "")
    [table] = json.loads(spoken.stdout)["tables"]
    assert (table["columns"][-1]["field"], table["columns"][-1]["how"]) == ("customer_name", "mapping")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    spoken = in_process(("inspect", str(tmp_path)))
    assert (spoken.code, spoken.stderr) == (3, f"{tmp_path}: This is a folder. Name one file in it.\n")
