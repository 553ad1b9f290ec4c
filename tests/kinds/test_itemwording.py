"""How the wording of an item is compared: what inspectors add to it by hand does not matter."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.kinds.itemwording import fold_wording, wording_sql

ASKED = ["着装整齐", "A类检查：佩戴工牌", "1.5米以内", "3天内回访", "与客户道别，并致谢", "二次上门"]
KNOWN = [fold_wording(title) for title in ASKED]
CONNECTION = duckdb.connect()


def in_sql(text: str) -> str:
    [(folded,)] = CONNECTION.execute(f"SELECT {wording_sql('t', KNOWN)} FROM (SELECT ? AS t)", [text]).fetchall()
    return str(folded)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("1.着装整齐", "着装整齐"),
        ("12、着装整齐", "着装整齐"),
        ("2.1、着装整齐", "着装整齐"),
        ("（一）着装整齐", "着装整齐"),
        ("一、1．着装整齐", "着装整齐"),
        ("① 着装整齐。", "着装整齐"),
        ("⑴着装整齐；", "着装整齐"),
        (" 着 装　整\u200b齐\n", "着装整齐"),
        ("着裝整齊", "着装整齐"),
        ("ａ類檢查:佩戴工牌", "A类检查：佩戴工牌"),
        ("与客户道别,并致谢!", "与客户道别，并致谢"),
        ("1.5米以内", "1.5米以内"),
        ("4、1.5米以内", "1.5米以内"),
        ("5.3天内回访", None),
        ("5、3天内回访", "3天内回访"),
        ("天内回访", None),
        ("二次上门", "二次上门"),
        ("2次上门", None),
        ("着装", None),
        ("", None),
    ],
)
def test_what_counts_as_the_same_wording(written: str, asked: str | None) -> None:
    wanted = [fold_wording(asked)] if asked else []
    assert [wording for wording in KNOWN if wording == fold_wording(written)] == wanted
    assert [wording for wording in KNOWN if wording == in_sql(written)] == wanted


PIECES = [*"着装整齐13.5、，。（)一① 　裝Ａa类:米次", "1.", "（二）", "③", "着装整齐", "1.5米以内", "二次上门"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_sql_and_python_find_the_same_item(text: str) -> None:
    assert [one == in_sql(text) for one in KNOWN] == [one == fold_wording(text) for one in KNOWN]
