"""Told: what an import did, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.report.texts import text
from auditor.report.wording import Language
from auditor.review.imports import Edit, Rejected, Taken
from auditor.review.words import words

MOST_EDITS = 20

_COUNTS: dict[Language, str] = {
    "zh": "接受 {} 条,未变 {} 条,拒绝 {} 条。",
    "en": "{} accepted, {} unchanged, {} rejected.",
}
_IGNORED: dict[Language, str] = {
    "zh": "复核列以外的改动不起作用,共 {} 处:",
    "en": "Changes outside the review columns have no effect ({}):",
}
_EDIT: dict[Language, str] = {
    "zh": "  {} {}: 现为 '{}'",
    "en": "  {} {}: now '{}'",
}


def counts(taken: Taken, lang: Language) -> str:
    """How many decisions were new, the same as before, and not taken."""
    return _COUNTS[lang].format(len(taken.accepted), taken.unchanged, len(taken.rejected))


def rejected_lines(taken: Taken, lang: Language) -> Iterator[str]:
    """``place: what is wrong. What to do.`` for every mistake."""
    for one in taken.rejected:
        for each in one.mistakes:
            what, remedy = words(each.code, lang, each.value, each.expected)
            yield f"{one.row.where}: {what} {remedy}"


def edit_lines(taken: Taken, lang: Language) -> Iterator[str]:
    """The first cells that were changed in vain."""
    if taken.edits:
        yield _IGNORED[lang].format(len(taken.edits))
    for one in taken.edits[:MOST_EDITS]:
        yield _EDIT[lang].format(one.row.where, text(one.column, lang), one.now)


def import_document(taken: Taken, lang: Language) -> dict[str, Any]:
    """What an import did as plain data."""
    return {
        "accepted": [
            {
                "finding": one.finding_key,
                "decision": one.decision,
                "reason": one.reason,
                "reviewer": one.reviewer,
                "decided_on": one.decided_on,
                "expires": one.expires,
            }
            for one in taken.accepted
        ],
        "unchanged": taken.unchanged,
        "rejected": [_rejected(one, lang) for one in taken.rejected],
        "ignored": [_edit(one) for one in taken.edits],
    }


def _rejected(one: Rejected, lang: Language) -> dict[str, Any]:
    told = ((each.code, *words(each.code, lang, each.value, each.expected)) for each in one.mistakes)
    return {
        "sheet": one.row.where.sheet,
        "row": one.row.where.row,
        "finding": one.row.text("fingerprint"),
        "mistakes": [{"code": code, "what": what, "remedy": remedy} for code, what, remedy in told],
    }


def _edit(one: Edit) -> dict[str, Any]:
    place = one.row.where
    finding = one.row.text("fingerprint")
    return {"sheet": place.sheet, "row": place.row, "finding": finding, "column": one.column, "now": one.now}
