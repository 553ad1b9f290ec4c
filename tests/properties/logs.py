"""Random logs as people keep them: a table, and all that stands around and between its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.properties.cells import BLANK, Cell, ids, notes, numbers, or_nothing, people, times, yesno

FIELDS = ("call_id", "received_at", "handler", "solved", "cost", "note", "shop")
_SIMPLE = ("工单号", "受理时间", "受理人", "是否解决", "金额（元）", "备注", "门店")
_OTHER = ("工單號", "受理時間", "經手人", "是否解決", "金額", "備註", "門店")
_FOLDED = (" 工单号", "受理\n时间", "受理人：", "是否解决", "【金额】", "备　注", "门 店")
_ABOVE = ("", "受理", "受理", "处理结果", "处理结果", "", "")
_TITLES = ("七月份报修登记表", "编号：BX-01 版本：2")
SHOPS = st.sampled_from([Cell(name, name) for name in ("中山路店", "人民路店")])
Line = Sequence[Cell]


@dataclass(frozen=True)
class Log:
    """``lines`` from top to bottom; ``kept`` are the places (from 0) of the records, ``aside`` counts the other ones.

    ``merges`` are ranges of 0-based rows and columns: top, left, bottom, right.
    """

    lines: Sequence[Line]
    kept: Sequence[int]
    aside: dict[str, int]
    header: int
    merges: Sequence[tuple[int, int, int, int]] = ()

    def shops(self) -> list[tuple[int, int]]:
        """The first and last place of neighbouring records with the same shop."""
        runs: list[tuple[int, int]] = []
        for place in self.kept:
            if runs and runs[-1][1] == place - 1 and self.lines[place][-1] == self.lines[place - 1][-1]:
                runs[-1] = (runs[-1][0], place)
            else:
                runs.append((place, place))
        return runs


def _words(*texts: str) -> list[Cell]:
    return [Cell(text) for text in texts]


@st.composite
def records(draw: DrawFn) -> list[list[Cell]]:
    """One to eight calls."""
    kinds = [times(), people(), yesno(), numbers(), notes()]
    count = draw(st.integers(1, 8))
    return [[draw(ids(number)), *(draw(or_nothing(kind)) for kind in kinds), draw(SHOPS)] for number in range(count)]


@st.composite
def logs(draw: DrawFn) -> Log:
    """Calls below titles and a header of one or two levels, with pages, blanks, totals and signatures."""
    names = draw(st.sampled_from([_SIMPLE, _OTHER, _FOLDED]))
    two = draw(st.booleans())
    lines: list[list[Cell]] = [[] for _ in range(draw(st.integers(0, 2)))]
    lines += [_words(title) for title in _TITLES[: draw(st.integers(0, 2))]]
    levels = _levels(names, two)
    top = len(lines)
    lines += levels
    kept: list[int] = []
    aside: dict[str, int] = {}
    for row in draw(records()):
        between = draw(st.sampled_from(["", "", "", "", "blank", "repeated header"]))
        if between:
            more = levels if between == "repeated header" else [[draw(BLANK) for _ in names]]
            aside[between] = aside.get(between, 0) + len(more)
            lines += more
        kept.append(len(lines))
        lines.append(row)
    _end(lines, aside, draw(st.integers(0, 7)))
    left = draw(st.integers(0, 2))
    moved = [[*_words(*[""] * left), *line] for line in lines]
    return Log(moved, kept, aside, top + len(levels) - 1, _merges(top, left) if two else ())


def _levels(names: Sequence[str], two: bool) -> list[list[Cell]]:
    """The header; of two levels, the names of groups stand over their first column, other names in the upper one."""
    if not two:
        return [_words(*names)]
    above = [group if group != before else "" for group, before in zip(_ABOVE, ("", *_ABOVE), strict=False)]
    upper = [group or ("" if _ABOVE[place] else names[place]) for place, group in enumerate(above)]
    return [_words(*upper), _words(*(name if group else "" for name, group in zip(names, _ABOVE, strict=True)))]


def _merges(top: int, left: int) -> list[tuple[int, int, int, int]]:
    alone = [(top, left + place, top + 1, left + place) for place, group in enumerate(_ABOVE) if not group]
    return [*alone, (top, left + 1, top, left + 2), (top, left + 3, top, left + 4)]


def _end(lines: list[list[Cell]], aside: dict[str, int], which: int) -> None:
    """Some of: totals, a signature, a note."""
    for bit, reason, line in (
        (1, "totals", _words("合 计", "", "", "", "1234.5", "", "")),
        (2, "signature", _words("制表人：张敏", "", "审核人：李强", "", "", "", "")),
        (4, "note", _words("备注：以上为七月份记录", "", "", "", "", "", "")),
    ):
        if which & bit:
            lines.append(line)
            aside[reason] = 1
