"""Text tables by DuckDB and row by row give the same rows on the same lines, or DuckDB stands back."""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor.intake.encoding import _first_that_fits, _plain_utf8, detect
from auditor.intake.ragged import load_row_by_row
from auditor.intake.regular import load_set_based
from auditor.intake.sheet import Body, HeadRow
from auditor.intake.texttable import TextTable

HEADER = HeadRow(1, ("甲", "乙", "丙"), 1)
CONNECTION = duckdb.connect()

_cells = st.sampled_from(
    [
        "",
        "1",
        "张敏",
        " x ",
        '5" pipe',
        '"两\n行"',
        '"一\r\n\r\n三"',
        '"a ""b"""',
        '""',
        '"a,b"',
        '"',
        '"x"y',
        ' "z"',
        'a""b',
        'x"',
        "\t",
        "#",
        "NULL",
    ]
)
_rows = st.lists(_cells, min_size=3, max_size=3).map(",".join)
_dirt = st.sampled_from(["", "", " ", "1", "1,2", "1,2,3,", "1,2,3,,", "1,2,3,4", ",,", '"a', 'b",2,3', "\r"])
_files = st.tuples(
    st.lists(st.one_of(_rows, _rows, _rows, _dirt), max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans()
).map(lambda parts: parts[1].join(["甲,乙,丙", *parts[0]]) + (parts[1] if parts[2] else ""))


def _table(folder: str, text: str) -> TextTable:
    path = Path(folder) / "log.csv"
    path.write_bytes(text.encode())
    encoded, problems = detect(path)
    assert encoded is not None, problems
    return TextTable(path, encoded, ",")


def _content(body: Body) -> tuple[list[tuple[object, ...]], list[str]]:
    short = "coalesce(_short, FALSE)" if body.ragged else "FALSE"
    cells = ", ".join(f"nullif(ltrim(c{position}, ' '), '')" for position in range(3))
    query = f"SELECT _line, {short}, {cells} FROM {body.relation} ORDER BY _line"
    return CONNECTION.execute(query).fetchall(), [str(problem) for problem in body.lost]


@given(_files)
@example('甲,乙,丙\n1,2,3\n\n4,"两\n行",6\n7,8\n5" a,b,c\n')
@example('甲,乙,丙\n"x"y,2,3\n1,2,3\n')
@example('甲,乙,丙\n1,"a,3\n4,5,6\n')
@example("甲,乙,丙\n\n\n")
@settings(max_examples=150, deadline=None)
def test_both_ways_of_loading_agree(text: str) -> None:
    with TemporaryDirectory() as folder:
        table = _table(folder, text)
        quick = load_set_based(CONNECTION, table, "quick", HEADER, dict.fromkeys(range(3)))
        if quick is not None:
            assert _content(quick) == _content(load_row_by_row(CONNECTION, table, "careful", HEADER, range(3)))


@pytest.mark.parametrize(
    "text",
    [
        "甲,乙,丙\n1,2,3\n\n4,5,6\n",
        "甲,乙,丙\r\n1,2,3\r\n\r\n4,5,6",
        '甲,乙,丙\n1,"两\n行",3\n4,5,6\n',
        "甲,乙,丙\n1,2,3\n4,5\n6,7,8,9\n",
        '甲,乙,丙\n1,5" 管,3\n\n4,5,6\n',
        "\ufeff甲,乙,丙\n1,2,3\n4,5\n\n6,7,8\n",
        '甲,乙,丙\n1,"说""好""",""\n\n4,5,6\n',
    ],
    ids=["blank line", "CRLF", "quoted line break", "uneven rows", "a stray quote", "BOM", "doubled quotes"],
)
def test_a_file_with_a_few_odd_lines_stays_inside_duckdb(tmp_path: Path, text: str) -> None:
    table = _table(str(tmp_path), text)
    quick = load_set_based(CONNECTION, table, "quick", HEADER, dict.fromkeys(range(3)))
    assert quick is not None
    assert _content(quick) == _content(load_row_by_row(CONNECTION, table, "careful", HEADER, range(3)))


@given(st.binary(max_size=30) | st.text("aé张\n\r𠮷", max_size=20).map(str.encode))
@settings(max_examples=100, deadline=None)
def test_sound_utf8_is_told_as_when_it_is_decoded(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        path.write_bytes(content)
        plain = _plain_utf8(path)
        assert plain in (None, _first_that_fits(path, ("utf-8-sig",))[0])
        assert (plain is None) == (b"\x00" in content or _first_that_fits(path, ("utf-8-sig",))[0] is None)
