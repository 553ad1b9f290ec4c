"""Items that no checklist asks: told with their number, first place and the nearest item, never lost."""

from pathlib import Path

import pytest

from auditor.evaluate.unmatched import MOST, report_unmatched
from auditor.problem import Problem
from tests.evaluate.company import judge

HEAD = "sheet_id,item_code,item_name,result,inspected_at\n"


def checklist(*items: tuple[str, str], more: str = "") -> str:
    listed = ", ".join(f"{{code: {code}, title: {{zh: {zh}, en: The {code}}}, covers: [CO-001]}}" for code, zh in items)
    return f"kind: checklist, items: [{listed}]{more}"


RULES = {"CO-01": checklist(("neat", "着装整齐"), ("smile", "微笑服务")), "CO-02": checklist(("clean", "保持地面干净"))}


def unmatched(folder: Path, rules: dict[str, str], *rows: str) -> list[Problem]:
    lines = "".join(f"S1,{row},是,2025-03-05\n" for row in ["neat,", *rows])
    judged = judge(folder, rules, {"inspections.csv": HEAD + lines}, "2025-03-10")
    problems = report_unmatched(judged.plan, judged.data)
    assert not any(problem.fatal for problem in problems)
    assert all(problem.where.file == str(folder / "inspections.csv") for problem in problems)
    return problems


ASKED = "No checklist in force asks '{}'; nobody judged it."
ELSE = "Use the wording of the checklist, or add the item to its rule."


@pytest.mark.parametrize(
    ("row", "written", "column", "remedy"),
    [
        (",着装整洁", "着装整洁", "item_name", "Did you mean '着装整齐'?"),
        (",3.地面保持干净", "3.地面保持干净", "item_name", "Did you mean '保持地面干净'?"),
        (",the smiles", "the smiles", "item_name", "Did you mean 'The smile'?"),
        (",准时到岗", "准时到岗", "item_name", ELSE),
        ("9,微笑服务", "9 微笑服务", "item_code", "Did you mean smile '微笑服务'?"),
        ("smiles,", "smiles", "item_code", "Did you mean 'smile'?"),
        ("9,", "9", "item_code", ELSE),
    ],
)
def test_an_item_that_nobody_asks(tmp_path: Path, row: str, written: str, column: str, remedy: str) -> None:
    (problem,) = unmatched(tmp_path, RULES, row)
    assert (problem.what, problem.remedy) == (ASKED.format(written), remedy)
    assert (problem.code, problem.where.row, problem.where.column) == ("item-unmatched", 3, column)


def test_items_of_any_checklist_are_matched(tmp_path: Path) -> None:
    assert unmatched(tmp_path, RULES, "smile,", ",1、保持地面干净。", "clean,别的话", ",微笑服务") == []


def test_equal_ones_are_told_once_with_their_number(tmp_path: Path) -> None:
    problems = unmatched(tmp_path, RULES, ",准时到岗", ",微笑", ",准时到岗")
    assert [(one.count, one.where.row) for one in problems] == [(2, 3), (1, 4)]


def test_a_row_that_names_no_item(tmp_path: Path) -> None:
    (problem,) = unmatched(tmp_path, RULES, ",", ",")
    assert (problem.code, problem.count) == ("item-missing", 2)
    assert (problem.what, problem.remedy) == ("This row names no item.", "Write the item it answers.")


def test_items_outside_the_scope_of_their_rule_are_matched(tmp_path: Path) -> None:
    rules = {"CO-01": checklist(("neat", "着装整齐"), ("smile", "微笑服务"), more=", when: sheet_id = 'S9'")}
    assert unmatched(tmp_path, rules, "smile,") == []


def test_most_wordings_are_folded_into_one_line(tmp_path: Path) -> None:
    problems = unmatched(tmp_path, RULES, *(f",第{number}条" for number in range(MOST + 3)), f",第{MOST}条")
    assert len(problems) == MOST + 1
    last = problems[-1]
    assert last.what == "3 more items are asked by no checklist in force; nobody judged them."
    assert (last.count, last.where.row) == (4, MOST + 3)


def test_without_checklists_nothing_is_missed(tmp_path: Path) -> None:
    assert unmatched(tmp_path, {"CO-01": "kind: condition, record: inspection, must: result"}, ",微笑") == []
