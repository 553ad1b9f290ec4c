"""奖惩建议: what is proposed for whom, and the chain of reasons that leads to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from auditor.adjudicate import Consequence, read_policy
from auditor.report.because import because
from auditor.report.excel.look import Look
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.pen import Pen
from auditor.report.excel.table import Column, Row, write_table
from auditor.report.proposal import measure_words, state_words
from auditor.report.texts import text
from auditor.report.wording import Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit


def write_consequences(audit: Audit, sheet: Sheet, pen: Pen, lang: Language) -> None:
    """Fill the sheet in the order of the audit."""
    columns = [
        Column(text("whom", lang), Look.TEXT, 10, 24),
        Column(text("period", lang), Look.CENTRED, 8, 10),
        Column(text("kind", lang), Look.CENTRED, 8, 12),
        Column(text("measure", lang), Look.WRAPPED, 14, 30),
        Column(text("points", lang), Look.COUNT, 7, 10),
        Column(text("points-cut", lang), Look.COUNT, 7, 10),
        Column(text("amount", lang), Look.MONEY, 10, 14),
        Column(text("amount-cut", lang), Look.MONEY, 10, 14),
        Column(text("because", lang), Look.WRAPPED, 40, 90),
        Column(text("cites", lang), Look.WRAPPED, 12, 22),
        Column(text("origin", lang), Look.CENTRED, 10, 14),
        Column(text("state", lang), Look.WRAPPED, 8, 20),
    ]
    titles = policy_titles(audit, lang)
    rows = (_row(one, titles, lang) for one in audit.consequences)
    write_table(sheet, "Consequences", columns, rows, pen, frozen=1, empty=text("none", lang))


def policy_titles(audit: Audit, lang: Language) -> dict[str, str]:
    """The titles of the policies of the rulebook, by id."""
    policy = read_policy(audit.book.policy)[0] if audit.book.policy else None
    return {provision.id: getattr(provision.title, lang) for provision in policy.policies} if policy else {}


def _row(consequence: Consequence, titles: Mapping[str, str], lang: Language) -> Row:
    return (
        consequence.subject,
        consequence.period,
        text(f"kind.{consequence.kind}", lang),
        measure_words(consequence, lang),
        consequence.points,
        consequence.points_cut or None,
        consequence.amount / 100 if consequence.amount else None,
        consequence.amount_cut / 100 if consequence.amount_cut else None,
        "\n".join(_lines(consequence, titles, lang)),
        ", ".join(consequence.cites),
        text(f"origin.{consequence.origin}", lang),
        state_words(consequence, lang),
    )


def _lines(consequence: Consequence, titles: Mapping[str, str], lang: Language) -> Iterator[str]:
    lines = because(consequence, titles, lang)
    if len(lines) == 1:
        yield lines[0]
        return
    yield from (f"{nth}. {line}" for nth, line in enumerate(lines, start=1))
