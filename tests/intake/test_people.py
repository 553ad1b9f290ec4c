"""Who is who: the spellings of one person are one subject, two people of one name are two."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from auditor.evaluate.namesakes import excuse_namesakes
from auditor.intake import Dataset, read_files
from auditor.intake.people.alike import join_alike
from auditor.intake.people.roster import Roster, Row
from auditor.problem import Problem
from auditor.records import RecordType
from tests.evaluate import company

PLACES = ("中山路店", "客服部", "收银员")
ONE_OF_EACH = Roster(
    [
        Row("张敏", "A017", PLACES, "小张、阿敏"),
        Row("李强", "A018", ("解放路店", "客服部", "店长")),
        Row("李强", "A018", ("中山路店", "客服部", "店长")),
        Row("John Smith", "B1", (None, "IT", None)),
    ]
)
TWO_OF_ONE_NAME = Roster(
    [
        Row("张敏", "A017", ("中山路店", "客服部", "收银员"), "小张"),
        Row("张敏", "A055", ("解放路店", "客服部", "店长"), "小张"),
        Row("王芳", None, ("中山路店", None, None)),
        Row("王芳", None, ("解放路店", None, None)),
    ]
)
NOWHERE = (None, None, None)
KNOWN = {
    "张敏": ["张敏"], "张 敏": ["张敏"], "張敏": ["张敏"], "张敏(店长)": ["张敏"], "张敏（收银员）": ["张敏"],
    "A017": ["张敏"], "a017": ["张敏"], "张敏(A017)": ["张敏"], "张敏A017": ["张敏"], "A017 张敏": ["张敏"],
    "小张": ["张敏"], "阿敏": ["张敏"], "张敏（中山路店）": ["张敏"], "李强": ["李强"], "john smith": ["John Smith"],
    "张敏(A018)": [], "张敏(解放路店)": [], "张敏(小)": [], "柳青": [], "A099": [], "张": [], "张敏、李强": [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "people"), KNOWN.items())
def test_70_a_roster_knows_a_person_by_name_number_or_other_name(text: str, people: list[str]) -> None:
    assert [ONE_OF_EACH.call(person) for person in ONE_OF_EACH.find(Row(text, None, NOWHERE))] == people


BOTH = ["张敏（A017）", "张敏（A055）"]
DECIDED: list[tuple[Row, list[str]]] = [
    (Row("张敏", None, NOWHERE), BOTH),
    (Row("张敏（主任）", None, NOWHERE), BOTH),
    (Row("小张", None, NOWHERE), BOTH),
    (Row("A055", None, NOWHERE), BOTH[1:]),
    (Row("张敏（A055）", None, NOWHERE), BOTH[1:]),
    (Row("张敏（店长）", None, NOWHERE), BOTH[1:]),
    (Row("张敏（中山路店）", None, NOWHERE), BOTH[:1]),
    (Row("张敏", "A055", NOWHERE), BOTH[1:]),
    (Row("张敏", "A055", ("中山路店", None, None)), BOTH[1:]),
    (Row("张敏", "A099", NOWHERE), []),
    (Row("张敏", None, ("解放路店", None, None)), BOTH[1:]),
    (Row("张敏", None, ("解放路店", "客服部", None)), BOTH[1:]),
    (Row("张敏", None, ("解放路店", None, "收银员")), BOTH),
    (Row("张敏", None, ("人民路店", "客服部", None)), BOTH),
    (Row("张敏", None, (None, "客服部", None)), BOTH),
    (Row("王芳", None, ("解放路店", None, None)), ["王芳（解放路店）"]),
    (Row("王芳", None, NOWHERE), ["王芳（中山路店）", "王芳（解放路店）"]),
]


@pytest.mark.parametrize(("row", "people"), DECIDED)
def test_71_number_or_place_tell_two_people_of_one_name_apart(row: Row, people: list[str]) -> None:
    assert [TWO_OF_ONE_NAME.call(person) for person in TWO_OF_ONE_NAME.find(row)] == people


def test_71_a_name_that_is_another_persons_other_name_is_not_enough() -> None:
    roster = Roster([Row("张敏", "A1", NOWHERE), Row("张明", "A2", NOWHERE, "张敏")])
    assert [roster.call(person) for person in roster.find(Row("张敏", None, NOWHERE))] == ["张敏（A1）", "张明"]


ALIKE: dict[str, tuple[set[str], dict[str, str], set[str]]] = {
    "a post is dropped": ({"张敏", "张敏(店长)"}, {"张敏(店长)": "张敏"}, set()),
    "even where nobody wrote the name alone": ({"张敏(店长)"}, {"张敏(店长)": "张敏"}, set()),
    "spaces": ({"John Smith", "JohnSmith"}, {"JohnSmith": "John Smith"}, set()),
    "two posts may be two people": ({"张敏", "张敏(店长)", "张敏(保安员)"}, {}, {"张敏"}),
    "a number is no post": ({"张敏", "张敏(A017)"}, {}, set()),
    "nor is a mark": ({"王芳(大)", "王芳(小)", "王芳"}, {}, set()),
    "nor is a place": ({"王芳", "王芳(中山路店)"}, {}, set()),
    "figures belong to a name": ({"Opened by 8", "Opened by 18", "Agent 12", "客服8"}, {}, set()),
    "other characters are another name": ({"张敏", "张明", "張敏"}, {}, set()),
}


@pytest.mark.parametrize(("texts", "changed", "doubtful"), ALIKE.values(), ids=ALIKE)
def test_70_names_alike_without_a_roster(texts: set[str], changed: dict[str, str], doubtful: set[str]) -> None:
    joined = join_alike(texts)
    assert dict(joined.names) == {text: text for text in texts} | changed
    assert joined.doubtful == doubtful


STAFF = RecordType.model_validate(
    {
        "name": "staff", "name_zh": "花名册", "key": "staff_no", "subject": "staff_name",
        "fields": {
            "staff_no": {"type": "id", "aliases": ["工号"]}, "staff_name": {"type": "person", "aliases": ["姓名"]},
            "also_called": ["别名"], "store_name": ["门店"],
        },
    }
)  # fmt: skip
DUTY = RecordType.model_validate(
    {
        "name": "duty", "name_zh": "值班", "sheets": ["值班表"], "subject": "on_duty",
        "fields": {
            "duty_date": {"type": "time", "aliases": ["值班日期"]},
            "on_duty": {"type": "person", "aliases": ["值班人"]},
            "checked_by": {"type": "person", "aliases": ["检查人"]}, "staff_no": {"type": "id", "aliases": ["工号"]},
            "store_name": ["门店"], "caller": {"type": "person", "aliases": ["来电人"], "outside": True},
        },
    }
)  # fmt: skip
DUTIES = "值班日期,值班人,检查人,工号,门店,来电人\n"
ROSTER = "工号,姓名,别名,门店\n"


def read(folder: Path, files: Mapping[str, str]) -> tuple[Dataset, list[Problem]]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_files([folder / name for name in files], {"staff": STAFF, "duty": DUTY}, "Asia/Shanghai")


def cells(data: Dataset, *fields: str) -> list[tuple[str | None, ...]]:
    return data.connection.execute(f"SELECT {', '.join(fields)} FROM duty ORDER BY _row").fetchall()


def texts(problems: list[Problem], folder: Path) -> list[str]:
    return [f"{problem.code} {problem}".replace(f"{folder}/", "") for problem in problems]


def test_70_without_a_roster_names_are_joined_and_listed(tmp_path: Path) -> None:
    rows = (
        "2025-03-05,张敏,李 强,,,王女士(3栋)\n"
        "2025-03-06,张敏（店长）,李强,,,王女士\n"
        "2025-03-07,张 敏,李强,,,王女士（店长）\n"
    )
    data, problems = read(tmp_path, {"值班表.csv": DUTIES + rows})
    assert cells(data, "on_duty", "checked_by") == [("张敏", "李强")] * 3
    assert cells(data, "caller") == [("王女士(3栋)",), ("王女士",), ("王女士(店长)",)]
    assert data.namesakes == frozenset()
    assert texts(problems, tmp_path) == [
        "names-joined 值班表.csv › row 3 › column 值班人: Spellings of one person were taken as one name: "
        "张敏(店长) → 张敏. If two of them are different people, write their staff numbers, or keep a roster."
    ]


def test_70_a_person_written_three_ways_is_one_subject(tmp_path: Path) -> None:
    rows = "2025-03-05,张 敏（店长）,A017,,,\n2025-03-06,A017,小张,,,\n2025-03-07,小张,张敏,,,\n"
    data, problems = read(tmp_path, {"花名册.csv": ROSTER + "A017,张敏,小张,中山路店\n", "值班表.csv": DUTIES + rows})
    assert cells(data, "on_duty", "checked_by") == [("张敏", "张敏")] * 3
    assert [(problem.code, problem.count) for problem in problems] == [("names-joined", 3)]


TWO = ROSTER + "A017,张敏,,中山路店\nA055,张敏,,解放路店\nA060,李强,,中山路店\n"


def test_71_two_people_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    rows = (
        "2025-03-05,张敏,李强,A017,,\n"
        "2025-03-06,张敏,张敏,,解放路店,\n"
        "2025-03-07,张敏,李强,,,\n"
        "2025-03-08,张敏,李强,A060,,\n"
    )
    data, problems = read(tmp_path, {"花名册.csv": TWO, "值班表.csv": DUTIES + rows})
    assert cells(data, "on_duty", "checked_by") == [
        ("张敏（A017）", "李强"), ("张敏（A055）", "张敏"), ("张敏", "李强"), ("张敏（A060）", "李强"),
    ]  # fmt: skip
    names = data.connection.execute("SELECT staff_name FROM staff ORDER BY _row").fetchall()
    assert names == [("张敏（A017）",), ("张敏（A055）",), ("李强",)]
    assert data.namesakes == {"张敏"}
    assert texts(problems, tmp_path)[1:] == [
        "name-ambiguous 值班表.csv › row 4 › column 值班人: These names may mean several people, so nobody is "
        "charged by them: 张敏. Write the staff number beside the name, as in 张敏（A017）, or in a column 工号.",
        "name-not-in-roster 值班表.csv › row 5 › column 值班人: The roster does not know these names; they were "
        "judged as written: 张敏（A060）. Correct the name, or add it to the roster "
        "(as another name of somebody, if it is one).",
    ]


def test_71_names_unknown_to_the_roster_are_listed_and_still_joined(tmp_path: Path) -> None:
    rows = "2025-03-05,柳青（店长）,李强,,,\n2025-03-06,柳青,李强,,,\n"
    data, problems = read(tmp_path, {"花名册.csv": TWO, "值班表.csv": DUTIES + rows})
    assert cells(data, "on_duty") == [("柳青",)] * 2
    assert "The roster does not know these names; they were judged as written: 柳青. " in str(problems[-1])


def test_parquet_in_place_is_seen_through_a_view(tmp_path: Path) -> None:
    path = tmp_path / "值班表.parquet"
    rows = "(DATE '2025-03-05', 'A017', '张敏'), (DATE '2025-03-06', '李强', '李强')"
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {rows}) AS t(值班日期, 值班人, 检查人)) TO '{path}' (FORMAT parquet)")
    (tmp_path / "花名册.csv").write_text(ROSTER + "A017,张敏,,中山路店\nA060,李强,,中山路店\n", encoding="utf-8")
    records = {"staff": STAFF, "duty": DUTY}
    data, problems = read_files([tmp_path / "花名册.csv", path], records, "Asia/Shanghai")
    assert cells(data, "on_duty", "checked_by", "_line") == [("张敏", "张敏", 1), ("李强", "李强", 2)]
    assert [problem.code for problem in problems] == ["names-joined"]


def test_71_nobody_is_charged_by_a_name_that_may_mean_several_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (
        "site_id,visited_at,visitor,clean\n"
        "S1,2025-03-05,张敏,否\n"
        "S1,2025-03-06,张敏（店长）,否\n"
        "S2,2025-03-07,张敏（保安员）,否\n"
    )
    monkeypatch.setattr(company, "COMMON", company.COMMON.replace("{role: 客服部}", "visitor"))
    rules = {"CO-01": "kind: condition, record: visit, must: clean"}
    judged = company.judge(tmp_path, rules, {"visits.csv": rows}, "2025-03-10")
    excuse_namesakes(judged.evaluation, judged.data)
    assert {(one.subject, one.provisional) for one in judged.findings()} == {
        ("张敏", True), ("张敏(店长)", False), ("张敏(保安员)", False),
    }  # fmt: skip
