"""Which column is which field: headers in other spellings, and what a project's mappings say of them."""

from pathlib import Path

import duckdb
import pytest
from pydantic import ValidationError

import auditor
from auditor.intake.header import HeaderIndex
from auditor.intake.layout.fingerprint import fingerprint
from auditor.intake.layout.span import letters, span_of
from auditor.intake.settings import Settings, SheetMapping, together
from auditor.intake.sheet import HeadRow
from auditor.mistake import Mistake
from auditor.problem import NothingEvaluated
from tests.intake.sheets import HEADER, RECORDS, call, fields, read, rows, told, workbook

SPELLINGS = [
    ("受理時間", "received_at", "alias, folded"),
    ("經手人", "handler", "alias"),
    ("经手人", "handler", "alias, folded"),
    (" 受 理\u3000时间 ", "received_at", "alias, folded"),
    ("受理\n时间", "received_at", "alias, folded"),
    ("受理时间（24小时制）", "received_at", "alias, without its unit"),
    ("金额【元】", "cost", "alias, without its unit"),
    ("金额(元)", "cost", "alias, without its unit"),
    ("\ufeff工单号", "call_id", "alias, folded"),
    ("工单\u200b号*", "call_id", "alias, folded"),
    ("工单号：", "call_id", "alias, folded"),
    ("ＣＡＬＬ＿ＩＤ", "call_id", "English name, folded"),
    ("Received At", "received_at", "English name, folded"),
    ("received_at", "received_at", "English name"),
]


@pytest.mark.parametrize(("header", "field", "how"), SPELLINGS)
def test_a_header_is_known_in_every_spelling(header: str, field: str, how: str) -> None:
    assert HeaderIndex(RECORDS).fields(header) == {"call": (field, how)}


@pytest.mark.parametrize("header", ["受理", "时间", "工单", "金额合计", "受理时间段", "元", "（元）", ""])
def test_what_only_looks_like_a_header_is_not_known(header: str) -> None:
    assert HeaderIndex(RECORDS).fields(header) == {}


@pytest.mark.parametrize(("position", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_of_a_column(position: int, text: str) -> None:
    assert letters(position) == text
    assert span_of(f"A:{text}") == (0, position)


@pytest.mark.parametrize("text", ["A", "F:A", "1:3", "A1:F9", ""])
def test_what_is_no_range(text: str) -> None:
    with pytest.raises(Mistake, match=f"^'{text}' is not a range of columns. Write it as A:F.$"):
        span_of(text)
    with pytest.raises(ValidationError, match="is not a range of columns"):
        SheetMapping(range=text)


def test_a_fingerprint_does_not_see_spelling_but_order() -> None:
    prints = [
        fingerprint(HeadRow(line, cells, line))
        for line, cells in enumerate([("工单号", "受理时间"), (" 工單號 ", "", "受理\n时间"), ("受理时间", "工单号")])
    ]
    assert prints[0] == prints[1] != prints[2]
    assert prints[0] == "de1194017352"


UNKNOWN = [*HEADER, "贵宾", "备用"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbook(tmp_path / "2025年5月.xlsx", [UNKNOWN, [*call(1), "李强", "x"]])


def test_columns_nobody_knows_are_listed(path: Path) -> None:
    data, problems = read(path)
    assert problems == []
    assert data.sources[0].extras == ("贵宾", "备用")


@pytest.mark.parametrize(
    "place", [{"file": "2025*.xlsx"}, {"sheet": "报*"}, {"file": "*5月*", "sheet": "报修"}, {"layout": "5ac9c49b3a9c"}]
)
def test_a_mapping_says_which_column_is_which_field(path: Path, place: dict[str, str]) -> None:
    data, problems = read(path, columns={"贵宾": "customer", "备用": None}, **place)
    assert problems == []
    assert (rows(data, "customer"), data.sources[0].extras) == ([("李强",)], ())
    assert data.sources[0].columns[-1].how == "mapping"


@pytest.mark.parametrize("place", [{"file": "2024*.xlsx"}, {"sheet": "走访"}, {"layout": "000000000000"}])
def test_a_mapping_that_matches_nothing_is_told(path: Path, place: dict[str, str]) -> None:
    data, problems = read(path, columns={"贵宾": "customer"}, **place)
    shown = ", ".join(f"{key}: {value}" for key, value in place.items())
    assert [(one.code, one.what) for one in problems] == [
        ("mapping-unused", f"A mapping speaks of {{{shown}}}, and no sheet that was read is that.")
    ]
    assert "customer" not in data.tables["call"].columns


def test_a_mapping_of_a_header_that_is_not_there_names_the_nearest(path: Path) -> None:
    _, problems = read(path, columns={"贵宾名": "customer"}, fill_down=["门店"])
    assert [(one.code, one.what, one.remedy) for one in problems] == [
        (
            "mapping-header",
            "A mapping speaks of the column 贵宾名, which is not in this sheet.",
            "Did you mean '贵宾'?",
        ),
        (
            "mapping-header",
            "A mapping speaks of the column 门店, which is not in this sheet.",
            "The header has 工单号, 受理时间, 受理人, 是否解决, 金额, 贵宾, 备用.",
        ),
    ]


def test_what_people_say_goes_before_what_a_header_is_called(path: Path) -> None:
    data, problems = read(path, columns={"贵宾": "handler"})
    assert problems == []
    assert rows(data, "handler") == [("李强",)]
    assert "受理人" in data.sources[0].extras


def test_two_columns_for_one_field_are_an_error_there_too(path: Path) -> None:
    data, problems = read(path, columns={"贵宾": "customer", "备用": "customer"})
    assert told(problems) == ["column-doubled"]
    assert "customer" not in data.tables["call"].columns


@pytest.mark.parametrize(
    ("mapping", "code"),
    [({"record": "cal"}, "sheet-not-recognised"), ({"record": "visit"}, "sheet-not-recognised"),
     ({"header_row": 3}, "mapping-header-row")],
)  # fmt: skip
def test_a_mapping_that_cannot_be_followed_leaves_the_sheet_unread(
    path: Path, mapping: dict[str, object], code: str
) -> None:
    data, problems = read(path, **mapping)
    assert (told(problems), data.tables) == ([code, "file-not-recognised"], {})


def test_a_mapping_may_name_a_column_by_its_lowest_level_or_by_all(tmp_path: Path) -> None:
    two = [["工单号", "受理时间", "客户", None], [None, None, "甲", "乙"], ["G1", "2025-05-01", "李强", "1"]]
    path = workbook(tmp_path / "a.xlsx", two, ["A1:A2", "B1:B2", "C1:D1"])
    data, problems = read(path, columns={"客户/甲": "customer", "乙": "phone"})
    assert problems == []
    assert fields(data)["客户/甲"] == "customer"
    assert rows(data, "customer, phone") == [("李强", "1")]


def test_mappings_of_one_sheet_complete_one_another() -> None:
    said = [
        SheetMapping(sheet="a", columns={"甲": "x", "乙": None}, year=2025),
        SheetMapping(file="b", columns={"甲": "y", "丙": "z"}, year=2024, order="dmy"),
    ]
    [mapping] = together(said)
    assert (mapping.columns, mapping.year, mapping.order) == ({"甲": "x", "乙": None, "丙": "z"}, 2025, "dmy")


def test_two_ranges_of_one_sheet_are_two_tables(tmp_path: Path) -> None:
    body = [[*call(1), None, *call(2)], [None] * 6 + call(3), call(4)]
    path = workbook(tmp_path / "a.xlsx", [[*HEADER, None, *HEADER], *body])
    settings = Settings.model_validate({"mappings": [{"range": "A:E"}, {"range": "G:K"}, {"sheet": "报修"}]})
    data, problems = read(path, settings=settings)
    assert problems == []
    assert rows(data, "_source, _line, call_id") == [(0, 2, "G1"), (0, 4, "G4"), (1, 2, "G2"), (1, 3, "G3")]
    assert [(one.rows_read, dict(one.set_aside)) for one in data.sources] == [(3, {"blank": 1})] * 2


def test_a_mapping_says_how_dates_are_meant(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("工单号,受理时间,受理人\nG1,5/1/2025,张敏\n", encoding="utf-8")
    assert told(read(path)[1]) == ["date-order-unknown"]
    assert rows(read(path, order="dmy")[0], "received_at") == [(1736006400,)]
    assert rows(read(path, order="mdy")[0], "received_at") == [(1746028800,)]


def test_a_mapping_says_the_year_of_dates_without_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEADER, call(1, at="5月1日"), call(2, at="5月2日 10:00")])
    data, problems = read(path)
    assert told(problems) == ["date-without-year"] * 2
    data, problems = read(path, year=2025)
    assert problems == []
    assert rows(data, "received_at") == [(1746028800,), (1746151200,)]


def test_a_mapping_says_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("受理編號,受理時間,受理人\nG1,2025-05-01,張敏\n".encode("big5"))
    data, problems = read(path, file="a.csv", encoding="big5")
    assert problems == []
    assert rows(data, "handler") == [("张敏",)]
    with pytest.raises(ValidationError, match=r"'big55' is not an encoding\. Did you mean 'big5'\?"):
        SheetMapping(encoding="big55")


def test_no_rule_is_judged_by_a_column_that_two_headers_claim(tmp_path: Path) -> None:
    """Read as blank, the repair call would never have been handed over; its start and its end are both unknown."""
    header = ["单号", "业务类型", "报修时间", "移交时间", "转交时间", "受理人"]
    body = [[f"BX-{n}", "报修", f"2025-03-{n:02} 09:00", f"2025-03-{n:02} 10:00", None, "张敏"] for n in range(3, 20)]
    path = workbook(tmp_path / "报修登记表.xlsx", [header, *body])
    book = auditor.read_rules()
    data = auditor.read_data(path, book=book)
    assert told(data.problems) == ["column-doubled"]
    with pytest.raises(NothingEvaluated, match=r"column missing: service_request\.forwarded_at"):
        auditor.audit(book, data, regulations=["decoration"], as_of="2025-06-30 18:00")
    settings = Settings(mappings=(SheetMapping(columns={"转交时间": None}),))
    data = auditor.read_data(path, book=book, settings=settings)
    result = auditor.audit(book, data, regulations=["decoration"], as_of="2025-06-30 18:00")
    [judged] = [one for one in result.evaluation.results if one.entry.rule.id == "DEC-AS-01"]
    assert (judged.status, judged.counts["pass"], result.findings) == ("judged", 17, ())


def test_a_parquet_file_follows_a_mapping_too(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows_ = "('G1', '5月1日', '张敏', 'x'), ('G2', NULL, NULL, 'y')"
    duckdb.sql(f'COPY (SELECT * FROM (VALUES {rows_}) t(工单号, 受理时间, 谁, 备用)) TO "{path}"'.replace('"', "'"))
    data, problems = read(path, columns={"谁": "handler", "备用": None}, year=2025)
    assert problems == []
    assert rows(data, "call_id, received_at, handler") == [("G1", 1746028800, "张敏"), ("G2", None, None)]
    assert data.sources[0].extras == ()
    assert told(read(path, fill_down=["谁"], year=2025)[1]) == ["not-filled-down"]
