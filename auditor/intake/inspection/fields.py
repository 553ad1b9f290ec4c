"""Fields of a form: what is written beside its labels, above the items and below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from auditor.fold import clean
from auditor.intake.inspection.fieldlabels import SHEET_FIELDS, Labels
from auditor.intake.inspection.paper import Paper
from auditor.intake.values.clock import read_clock
from auditor.intake.values.reading import State

_LATIN = r"(?:^|(?<=\s\s)|(?<=[,;_]))([A-Za-z]+(?: [A-Za-z]+){1,3})"
_OTHER = r"(?:^|(?<=[\s,;、_]))([^\W\d_][^\s:,;、_\d]{0,19})"
_LABEL = re.compile(rf"(?:{_LATIN}|{_OTHER})\s*:")
"""A label of several Latin words stands at the beginning or after a gap: single spaces stand in values, too."""

_DATE = re.compile(r"\d{4}\D?\d")
_PRINTED = re.compile(r"[\s_年月日时分:/.-]*")
_TIME, _SIGNED, _INSPECTOR = "inspected_at", "inspector_signature", "inspector"


@dataclass(frozen=True)
class Written:
    """A label as it stands on the form, the field it names (None: none) and what was written beside it."""

    label: str
    field: str | None
    value: str


def written_in(paper: Paper, rows: Iterable[int], labels: Labels) -> list[Written]:
    """The labels of some rows with their values, in one cell (``店铺名称：中山路店``) or in neighbours."""
    return [one for row in rows for one in _in_row(paper, row, labels)]


def _in_row(paper: Paper, row: int, labels: Labels) -> Iterator[Written]:
    waiting: tuple[str, str | None] | None = None
    for column in paper.filled(row):
        text = _line(paper.value(row, column) or "")
        pairs = list(_pairs(text))
        if pairs:
            yield from (Written(label, labels.field(label), value) for label, value in pairs)
            last, value = pairs[-1]
            waiting = None if value else (last, labels.field(last))
        elif name := labels.field(text):
            waiting = (text, name)
        elif waiting:
            yield Written(*waiting, _value(text))
            waiting = None


def first_label(text: str) -> str | None:
    """The label with a colon at the beginning of ``text``."""
    found = _LABEL.match(_line(text))
    return found.group(1) or found.group(2) if found else None


def _line(text: str) -> str:
    return clean(text).replace("\n", "  ").replace("\t", "  ")


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    marks = list(_LABEL.finditer(text))
    for mark, after in zip_longest(marks, marks[1:]):
        end = after.start() if after else len(text)
        yield mark.group(1) or mark.group(2), _value(text[mark.end() : end])


def _value(text: str) -> str:
    """What was filled in, without the line it was written on."""
    plain = text.strip(" _,;、\t\n")
    return "" if _PRINTED.fullmatch(plain) else plain


def fields_of(above: Iterable[Written], below: Iterable[Written]) -> list[Written]:
    """The fields of a form, a field once unless it was given two values; below counts what above does not say.

    Who signed as inspector is the inspector where no field says so.
    """
    known = _distinct(above)
    said = {one.field for one in known}
    under = [one for one in _distinct(below) if one.field not in said]
    signed = [one for one in (*known, *under) if one.field == _SIGNED]
    if signed and not any(one.field == _INSPECTOR for one in (*known, *under)):
        under += [Written(one.label, _INSPECTOR, one.value) for one in signed]
    return _one_time([*known, *under])


def _distinct(found: Iterable[Written]) -> list[Written]:
    by_value: dict[tuple[str | None, str], Written] = {}
    for one in found:
        if one.field in SHEET_FIELDS and one.value:
            by_value.setdefault((one.field, one.value), one)
    return list(by_value.values())


def _one_time(found: list[Written]) -> list[Written]:
    """A date and a time of day that stand apart become one moment."""
    times = [one for one in found if one.field == _TIME]
    dates = [one for one in times if _DATE.match(one.value)]
    clocks = [one for one in times if one not in dates and read_clock(one.value).state is State.READ]
    if len(dates) != 1 or len(times) == 1:
        return found
    moment = " ".join([dates[0].value, *(one.value for one in clocks[:1] if len(clocks) == 1)])
    return [one for one in found if one.field != _TIME] + [Written(dates[0].label, _TIME, moment)]
