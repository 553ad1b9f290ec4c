"""The two ways a cell is read, set-based in DuckDB and one by one in Python, say the same."""

from pathlib import Path

import duckdb
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor.intake.assemble import assemble
from auditor.intake.header import HeaderIndex
from auditor.intake.mend import order_of
from auditor.intake.recognise import recognise
from auditor.intake.sheet import Body, HeadRow, Sheet
from auditor.intake.staging import Staging
from auditor.intake.textpart import text_part
from auditor.intake.values import State, reader_of
from auditor.intake.zone import offsets
from auditor.records import Field, FieldType, RecordType

FIELDS = {kind.value: Field(type=kind) for kind in FieldType} | {"note": Field(type=FieldType.TEXT)}
RECORD = RecordType(name="log", name_zh="日志", fields=FIELDS, values={"text": ("报修",)}, blank=("?",))
HEADER = HeadRow(1, tuple(FIELDS), 1)
CONNECTION = duckdb.connect()

_clock = st.sampled_from(["", " 10:30", " 9:05:07", "T23:59:59", " 下午3:05", " 24:00", "Z", " 10:30+08:00"])
_figures = st.tuples(st.integers(1, 32), st.integers(1, 13), st.sampled_from([1969, 1986, 2016, 2024, 2099, 2100]))
_dates = st.builds(
    lambda form, figures, clock: form.format(*figures) + clock,
    st.sampled_from(
        ["{2}-{1:02}-{0:02}", "{2}/{1}/{0}", "{2}年{1}月{0}日", "{2}{1:02}{0:02}", "{0}/{1}/{2}", "{0:02}-{1:02}-{2}"]
    ),
    _figures,
    _clock,
)
_words = st.sampled_from(
    ["", " ", "0012", "12.0", "3.5", "1,234", "-7", "1E+17", "NaN", "inf", "0x1F", "1_000",
     "是", "×", "无", "/", "N/A", "?",
     "張 敏", "Opened by  8", " x ", "#REF!",
     "報修", "'0012", '="7"', "１２", "NULL", "9:30", "0.5", "２４:00", "99999999999999999999"]
)  # fmt: skip
_cells = st.one_of(_dates, _words, st.text(max_size=6).filter(lambda text: "\x00" not in text))


def _in_duckdb(texts: list[str], zone: str) -> dict[str, list[tuple[object, ...]]]:
    """Each text read as every type, by the way of whole columns."""

    def load(connection: duckdb.DuckDBPyConnection, into: str, header: HeadRow, positions: object) -> Body:
        staging = Staging(connection, into, range(len(FIELDS)))
        # A mark in front keeps the row from being set aside as blank; it is left out again below.
        columns = [["保", *texts] if position == 0 else ["", *texts] for position in range(len(FIELDS))]
        staging.add(range(2, len(texts) + 3), [False] * (len(texts) + 1), columns)
        return Body(f'(SELECT * FROM "{into}")')

    sheet = Sheet(Path("log.csv"), None, (HEADER,), load)
    chosen, _, _ = recognise(sheet, HeaderIndex({"log": RECORD}))
    assert chosen is not None
    part, _ = text_part(CONNECTION, sheet, chosen, zone, "", 0)
    assemble(CONNECTION, "main", [(0, part)])
    found = {}
    for field in FIELDS:
        dateonly = f"{field}__dateonly" if field == "time" else "FALSE"
        flags = f"coalesce(contains(_bad, '|{field}|'), FALSE), coalesce(contains(_na, '|{field}|'), FALSE)"
        query = f'SELECT _line, "{field}", {dateonly}, {flags} FROM log WHERE _line > 2 ORDER BY _line'
        found[field] = CONNECTION.execute(query).fetchall()
    return found


def _in_python(texts: list[str], zone: str, lines: list[int]) -> dict[str, list[tuple[object, ...]]]:
    """The same, cell by cell."""
    kept = [texts[line - 3] for line in lines]
    found = {}
    for field in FIELDS:
        reader = reader_of(RECORD, field, zone)
        if field == "time":
            reader = type(reader)(reader.type, zone, order_of(kept), blanks=reader.blanks)
        readings = [reader.read(text) for text in kept]
        found[field] = [
            (line, r.value, r.dateonly, r.state is State.UNREADABLE, r.state is State.INAPPLICABLE)
            for line, r in zip(lines, readings, strict=True)
        ]
    return found


@given(st.lists(_cells, min_size=1, max_size=8), st.sampled_from(["Asia/Shanghai", "America/New_York"]))
@example(["2024-05-01 10:30", " 2024-05-01 10:30", "2024-05-01 10:30 "], "Asia/Shanghai")
@example(["29-02-2016 01:16", "1-3-2016 1:16", "29-2-16 01:16"], "Asia/Shanghai")
@example(["1988-07-01 00:30", "1988-04-10 00:30", "1988-09-11 00:30"], "Asia/Shanghai")
@example(["2025-11-02 01:30", "2025-03-09 02:30", "2025-03-09 03:00"], "America/New_York")
@settings(max_examples=25, deadline=None)
def test_columns_and_cells_are_read_alike(texts: list[str], zone: str) -> None:
    columns = _in_duckdb(texts, zone)
    lines = [row[0] for row in columns["time"]]
    assert columns == _in_python(texts, zone, lines)


def test_a_zone_without_summer_time_has_one_offset() -> None:
    assert offsets("Asia/Tokyo") == ((0, 32400),)
    assert len(offsets("Asia/Shanghai")) == 13


def test_text_with_characters_of_no_width_is_read_alike() -> None:
    texts = ["报\u200b修", "报\ufeff修", "報\u200b修", "x\u200by", "\u200bx", "x\u200cy", "x"]
    columns = _in_duckdb(texts, "Asia/Shanghai")
    assert columns == _in_python(texts, "Asia/Shanghai", [row[0] for row in columns["time"]])


def test_ids_that_look_like_figures_with_an_exponent_are_read_alike() -> None:
    texts = ["3E12", "1E+17", "1.5E12", "1.23e+18", "12E3"]
    columns = _in_duckdb(texts, "Asia/Shanghai")
    assert columns == _in_python(texts, "Asia/Shanghai", [row[0] for row in columns["time"]])
