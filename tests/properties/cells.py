"""Random cells of a log: how each is written, and what it must be read as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Cell:
    """``text`` as a person types it, ``typed`` as a workbook may hold it (None: as text), ``value`` as it is read.

    ``dateonly`` is said of times; ``skipped`` means "not applicable".
    """

    text: str
    value: Any = None
    typed: object = None
    dateonly: bool = False
    skipped: bool = False


BLANK = st.sampled_from(["", " ", "　", "\u200b"]).map(Cell)
SKIPPED = st.sampled_from(["N/A", "/", "—", "不适用", "不適用"]).map(lambda text: Cell(text, skipped=True))


def or_nothing(cells: SearchStrategy[Cell]) -> SearchStrategy[Cell]:
    """A cell of the kind, now and then blank or not applicable."""
    return st.one_of(cells, cells, cells, BLANK, SKIPPED)


def ids(number: int) -> SearchStrategy[Cell]:
    """An id that no other row has."""
    texts = [f"{number:05}", f"G{number}", f"BX-2024-{number}", f"甲{number}"]
    protected = [Cell(f'="{number:06}"', f"{number:06}"), Cell(f"'{number:06}", f"{number:06}")]
    plain = Cell(str(1000 + number), str(1000 + number), 1000 + number)
    return st.sampled_from([*(Cell(text, text) for text in texts), *protected, plain])


_DAYS = [
    "{0.year}-{0.month:02}-{0.day:02}", "{0.year}/{0.month}/{0.day}", "{0.year}.{0.month}.{0.day}",
    "{0.year}年{0.month}月{0.day}日", "{0.year}年{0.month:02}月{0.day:02}号", "{0.year}{0.month:02}{0.day:02}",
]  # fmt: skip
_CLOCKS = ["{0.hour:02}:{0.minute:02}", "{0.hour}:{0.minute:02}:00", "{0.hour}时{0.minute:02}分"]
_WIDE = str.maketrans("0123456789-:", "０１２３４５６７８９－：")


@st.composite
def times(draw: DrawFn) -> Cell:
    """A date, or a date with a time of day, in one of many spellings."""
    wall = draw(st.datetimes(datetime(2001, 1, 1), datetime(2049, 12, 31))).replace(second=0, microsecond=0)
    wide = draw(st.sampled_from([{}, {}, {}, _WIDE]))
    day = draw(st.sampled_from(_DAYS)).format(wall)
    if draw(st.integers(0, 3)) == 0:
        midnight = datetime(wall.year, wall.month, wall.day)
        return Cell(day.translate(wide), _utc(midnight), date(wall.year, wall.month, wall.day), dateonly=True)
    offset = draw(st.sampled_from([None, None, None, UTC, CHINA]))
    if offset:
        text = wall.replace(tzinfo=offset).isoformat(timespec="seconds").replace("+00:00", "Z")
        return Cell(text, int(wall.replace(tzinfo=offset).timestamp()))
    return Cell(f"{day} {draw(_clock(wall))}".translate(wide), _utc(wall), wall)


def _clock(wall: datetime) -> SearchStrategy[str]:
    spoken = "上午{}:{:02}" if wall.hour < 12 else "下午{}点{:02}分"
    spoken = spoken.format(wall.hour if wall.hour <= 12 else wall.hour - 12, wall.minute)
    plain = [clock.format(wall) for clock in _CLOCKS]
    return st.sampled_from(plain if wall.hour in (0, 12) else [*plain, spoken])


def _utc(wall: datetime) -> int:
    return int(wall.replace(tzinfo=CHINA).timestamp())


def people() -> SearchStrategy[Cell]:
    """A name, with spaces where people put them."""
    spellings = {"张敏": ["张敏", "张 敏", " 张　敏 ", "张敏\u200b"], "欧阳·娜": ["欧阳·娜", "欧阳·娜 "],
                 "李㐀": ["李㐀", "李 㐀"], "Null": ["Null"], "Mary Lee": ["Mary Lee", "Mary  Lee"]}  # fmt: skip
    return st.sampled_from([Cell(text, name) for name, texts in spellings.items() for text in texts])


def yesno() -> SearchStrategy[Cell]:
    """A word for yes or no, or a truth value."""
    words = {
        True: ["是", "√", "✓", "☑", "合格", "有", "已解决", "Y", "TRUE", "1"],
        False: ["否", "×", "✗", "Ｘ", "不合格", "未解决", "N", "false", "0"],
    }
    return st.sampled_from(
        [Cell(text, truth, truth if text in "是否" else None) for truth in words for text in words[truth]]
    )


@st.composite
def numbers(draw: DrawFn) -> Cell:
    """A number with two decimals at most, plain or as books and bills write it."""
    figure = Decimal(draw(st.integers(-10_000_000, 10_000_000))) / draw(st.sampled_from([1, 10, 100]))
    plain = f"{figure:f}"
    spellings = [Cell(plain, float(figure), float(figure)), Cell(f"{figure:,f}", float(figure))]
    spellings += [Cell(f"{plain}元", float(figure)), Cell(f"{plain}%", float(figure / 100))]
    spellings += [Cell(f"{plain}万", float(figure * 10_000)), Cell(plain.replace("-", "−"), float(figure))]
    spellings.append(Cell(plain.translate(_WIDE).replace(".", "．"), float(figure)))
    if figure > 0:
        spellings += [Cell(f"({plain})", -float(figure)), Cell(f"￥{figure:,f}", float(figure))]
    return draw(st.sampled_from(spellings))


def notes() -> SearchStrategy[Cell]:
    """Text with all that a text file must quote, and characters that few encodings have."""
    drawn = st.text("水管漏ab1㐀𠮷喆，；,;\t|\"'\n .。", min_size=1, max_size=12)
    return drawn.map(lambda text: f"好{text}急").map(lambda text: Cell(text, text))
