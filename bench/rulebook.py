"""The rules of the benchmark: twelve, and two hundred made from them by moving their figures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

LAST = date(2025, 11, 25)
"""The day of the last of ten million requests."""

TWELVE: tuple[Mapping[str, str], ...] = (
    {"kind": "condition", "must": "customer_name is not null"},
    {"kind": "condition", "must": "contact is not null"},
    {"kind": "condition", "must": "length(description) >= 4"},
    {"kind": "condition", "must": "category is not null"},
    {"kind": "deadline", "from": "received_at", "to": "forwarded_at", "within": "24h"},
    {"kind": "deadline", "from": "received_at", "to": "first_response_at", "within": "8h"},
    {"kind": "deadline", "from": "received_at", "to": "assigned_at", "within": "48h"},
    {"kind": "condition", "must": "started_at is null or hours(started_at - received_at) <= 72"},
    {"kind": "deadline", "from": "received_at", "to": "completed_at", "within": "3d"},
    {"kind": "deadline", "from": "received_at", "to": "closed_at", "within": "30d"},
    {"kind": "condition", "must": "reply_content is not null"},
    {"kind": "condition", "must": "forwarded_to is not null"},
)


def write_rules(folder: Path, count: int, shipped: Path) -> Path:
    """A rules folder with ``count`` rules over repair requests; records and calendars are the shipped ones."""
    (folder / "bench").mkdir(parents=True, exist_ok=True)
    for name in ("records.yaml", "calendars.yaml"):
        shutil.copy(shipped / name, folder / name)
    clause = {"id": "BEN-001", "place": "-", "requirement": "-", "zh": "-", "how": "computed"}
    regulation = {"regulation": "bench", "code": "BEN", "title": {"zh": "-", "en": "-"}, "clauses": [clause]}
    (folder / "bench" / "clauses.yaml").write_text(json.dumps(regulation), encoding="utf-8")
    rules = [_rule(number) for number in range(count)]
    text = json.dumps({"regulation": "bench", "rules": rules}, ensure_ascii=False)
    (folder / "bench" / "rules.yaml").write_text(text, encoding="utf-8")
    return folder


def _rule(number: int) -> dict[str, object]:
    """Rule ``number``: one of the twelve; from the second round on a longer limit, or in force for the last weeks only.

    So the data has about as much wrong with it under two hundred rules as under twelve.
    """
    parts = dict(TWELVE[number % len(TWELVE)])
    moved = number // len(TWELVE)
    if moved:
        if "within" in parts:
            amount, unit = int(parts["within"][:-1]), parts["within"][-1]
            parts["within"] = f"{amount * (moved + 1)}{unit}"
        else:
            parts["must"] = f"({parts['must']}) or received_at < '{LAST - timedelta(weeks=moved)}'"
    return {
        "id": f"BEN-{number + 1:03d}", "title": {"zh": f"规则{number + 1}", "en": f"rule {number + 1}"},
        "covers": ["BEN-001"], "severity": "minor", "record": "service_request", "when": "request_type = '报修'",
        "subject": "received_by", **parts,
    }  # fmt: skip
