"""checklist: the items of an inspection sheet, and the score of the sheet."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.reference.budget import read_budget
from tests.reference.deadline import judge_span
from tests.reference.scope import FAIL, NOT_APPLICABLE, PASS, PENDING, UNKNOWN, within_scope
from tests.reference.values import NOT_APPLICABLE as MARKED
from tests.reference.values import Row, Verdict, known
from tests.reference.world import Seen, World

Item = dict[str, Any]


@dataclass(frozen=True)
class Answered:
    """An item of the rule and the verdict on one row of it."""

    item: Item
    verdict: str


def judge_checklist(world: World) -> dict[str, Verdict]:
    """One obligation for each answered item, and one for the score of each sheet."""
    record = world.rule.get("sheet", "inspection")
    out: dict[str, Verdict] = {}
    sheets: dict[Any, list[Answered]] = defaultdict(list)
    for row in world.rows(record):
        item = _item_of(world, row)
        verdict = item and _judge_item(Seen(world, record, row))
        if item and verdict:
            sheet = known(row.get("sheet_id"))
            place = f"row {row['_line']}" if sheet is None else sheet
            out[f"{place}/{item['code']}"] = verdict
            sheets[sheet].append(Answered(item, verdict[0]))
    return out | _scores(world, sheets)


def _item_of(world: World, row: Row) -> Item | None:
    code = known(row.get("item_code"))
    name = _plain(known(row.get("item_name")) or "")
    by_name = world.rule.get("match_by") == "name" or code is None
    for item in world.rule["items"]:
        if (name in map(_plain, item["title"].values())) if by_name else (code == item["code"]):
            return dict(item)
    return None


def _plain(wording: str) -> str:
    """A wording without the number before it, the full stop behind it, spaces, width and case."""
    text = re.sub("^[①-⑨]", "", wording.strip())
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower().rstrip("。.")
    return re.sub(r"^(\d+[、)]|\d+\.(?!\d)|\(\d+\))", "", text)


def _judge_item(seen: Seen) -> Verdict | None:
    rule = seen.world.rule
    result = rule.get("result", "result")
    times = {"inspected_at", "rectified_at"} if rule.get("rectify_within") else set()
    return within_scope(seen, {result} | times, lambda: _decide(seen, seen.cell(result)))


def _decide(seen: Seen, result: Any) -> Verdict:
    rule, world = seen.world.rule, seen.world
    if result is MARKED:
        return NOT_APPLICABLE, "marked not applicable"
    if result is None:
        return (FAIL if rule.get("unanswered") == "fail" else UNKNOWN), "unanswered"
    if result:
        return PASS, "met"
    if not rule.get("rectify_within"):
        return FAIL, "not met"
    start = seen.value("inspected_at")
    if start is None:
        return UNKNOWN, "start missing"
    return judge_span(world, read_budget(rule, world.calendar, "rectify_within"), start, seen.value("rectified_at"), [])


def _scores(world: World, sheets: dict[Any, list[Answered]]) -> dict[str, Verdict]:
    if world.rule.get("pass_mark") is None:
        return {}
    return {f"{sheet}/score": _score(world, answers) for sheet, answers in sheets.items() if sheet is not None}


def _score(world: World, answers: list[Answered]) -> Verdict:
    """The best score still possible decides whether a failure is certain."""
    verdicts = [one.verdict for one in answers]
    if any(one.verdict == FAIL and one.item.get("critical") == "sheet" for one in answers):
        return FAIL, "critical item"
    best = _points(world, answers)
    if best is None:
        return NOT_APPLICABLE, "no score"
    if best < Fraction(str(world.rule["pass_mark"])):
        return FAIL, "below the mark"
    if UNKNOWN in verdicts:
        return UNKNOWN, "items unknown"
    return (PENDING, "rectification running") if PENDING in verdicts else (PASS, "mark reached")


def _points(world: World, answers: list[Answered]) -> Fraction | None:
    """The score if everything open turned out well; None when nothing is weighed."""
    counted = [one for one in answers if one.verdict != NOT_APPLICABLE]
    total = sum(_weight(one.item) for one in counted)
    if not counted or not total:
        return None
    failed = [one.item for one in counted if one.verdict == FAIL]
    if world.rule.get("score") == "weighted":
        return 100 * (1 - sum((_weight(item) for item in failed), Fraction(0)) / total)
    points = sum((Fraction(str(item.get("points", item.get("weight", 1)))) for item in failed), Fraction(0))
    return max(Fraction(0), 100 - points)


def _weight(item: Item) -> Fraction:
    return Fraction(str(item.get("weight", 1)))
