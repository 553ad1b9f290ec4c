"""Ticks: what stands under 是 and 否, and in boxes before them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from auditor.fold import clean, fold
from auditor.intake.values.marks import read_mark
from auditor.intake.values.reading import State
from auditor.intake.values.yesno import read_yesno


class Choice(Enum):
    """What an inspector can choose, with the word that every reader of yes and no knows."""

    YES = "是"
    NO = "否"
    INAPPLICABLE = "不适用"


_HEADS = {
    Choice.YES: ("是", "合格", "达标", "通过", "符合", "yes", "pass", "y", "√"),
    Choice.NO: ("否", "不合格", "不达标", "未达标", "不通过", "未通过", "不符合", "no", "fail", "n", "×"),
    Choice.INAPPLICABLE: ("不适用", "不涉及", "无此项", "n/a", "na"),
}
_CHOICES = {word: choice for choice, words in _HEADS.items() for word in words}
_TICKED = frozenset((*"√✓✔☑■●✅vü", "true"))
_CROSSED = frozenset("×✗✘✕x☒û")
_EMPTY = frozenset((*"□☐○", "false"))
_BOX = re.compile(r"([□☐■☑☒√✓✔])\s*([^\s□☐■☑☒√✓✔,，;；/、]{1,4})")
_AGAINST = re.compile("违|问题|异常|不合格|缺陷|隐患|不良")
"""Words of a heading under which 是 says that something is wrong."""


def choice_of(head: str) -> Choice | None:
    """What a tick under ``head`` chooses."""
    return _CHOICES.get(fold(head))


def chosen(cells: Sequence[tuple[str, str | None]], heading: str = "") -> str | None:
    """The verdict of one item from its tick columns, given as (head, cell); None where nothing is ticked.

    One tick is a choice, whether the others are blank or crossed out. Anything else (two ticks, a cross alone, a
    word, a tick under a ``heading`` that asks for the bad) comes back as it was written, which no reader takes for a
    verdict.
    """
    written = [(head, clean(cell)) for head, cell in cells if cell and fold(cell) and fold(cell) not in _EMPTY]
    ticked = [head for head, cell in written if _is_tick(head, cell)]
    crossed = [head for head, cell in written if fold(cell) in _CROSSED and head not in ticked]
    if not written:
        return None
    choice = choice_of(ticked[0]) if ticked and len(crossed) == len(written) - 1 else None
    against = f"{heading}:" if _AGAINST.search(fold(heading)) else ""
    return choice.value if choice and not against else against + "、".join(f"{head} {cell}" for head, cell in written)


def _is_tick(head: str, cell: str) -> bool:
    if fold(cell) in _TICKED or fold(cell) == fold(head):
        return True
    return fold(cell) not in _CROSSED and choice_of(cell) is choice_of(head)


def without_boxes(cell: str | None) -> str | None:
    """A cell such as ``□合格 ☑不合格`` as the word whose box is ticked; other cells as they are."""
    found = _BOX.findall(cell) if cell else []
    if not cell or not found or any(choice_of(word) is None for _, word in found):
        return None if cell and fold(cell) in _EMPTY else cell
    return chosen([(word, None if box in _EMPTY else "√" if box in _TICKED else "×") for box, word in found])


def are_verdicts(texts: Sequence[str | None]) -> bool:
    """Half of these cells at least say yes, no or not applicable, and not all of them in figures."""
    filled = [text for text in texts if text and clean(text)]
    words = [text for text in filled if _is_verdict(text)]
    return len(words) * 2 >= len(filled) and any(not clean(text).isdigit() for text in words)


def _is_verdict(text: str) -> bool:
    if read_mark(text, frozenset(), text_like=False) is not None:
        return True
    return read_yesno(without_boxes(text) or "", (), ()).state is State.READ


def tick_columns(heads: Mapping[int, str]) -> tuple[int, ...]:
    """The columns under which ticks are set: one for yes, one for no, perhaps one for not applicable."""
    chosen_by = {column: choice for column, head in heads.items() if (choice := choice_of(head))}
    choices = list(chosen_by.values())
    if len(set(choices)) < len(choices) or not {Choice.YES, Choice.NO} <= set(choices):
        return ()
    return tuple(sorted(chosen_by))
