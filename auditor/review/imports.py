"""Import: the rows of a returned report to the decisions they hold, the rows that hold none, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from auditor.history import Decision
from auditor.report.reviewsheet import COLUMNS, EDITABLE, MARK, mark
from auditor.report.texts import text
from auditor.review.judge import Mistaken, Terms, judge
from auditor.review.returned import Row
from auditor.review.sent import Sent, SentFinding

_COLUMNS = COLUMNS[1 : -len(EDITABLE)]
"""Those between the number of the finding and the answers."""

_FIXED = slice(MARK, -MARK * len(EDITABLE))
"""Where their marks are."""

_ANSWERS = slice(_FIXED.stop, None)
"""Where the marks of the answers are."""

_NOTHING = mark("")
_EMPTY = {text("no-finding", "zh"), text("no-finding", "en")}
"""What stands in a table without findings."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken, and everything that is wrong with it."""

    row: Row
    mistakes: tuple[Mistaken, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell that is not what was sent and that changes nothing: its row, its column, and what it says now."""

    row: Row
    column: str
    now: str


@dataclass
class Taken:
    """What a file comes to: new ``accepted`` decisions, rows that are ``unchanged``, rows ``rejected``, other edits."""

    accepted: list[Decision] = field(default_factory=list)
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)


Found = dict[str, list[tuple[Row, Decision | None]]]
"""The sound rows of each finding with their decisions, None where the answers are those that were sent."""


def take(rows: Iterable[Row], sent: Sent, log: Sequence[Decision], terms: Terms, source: str) -> Taken:
    """Match the rows with what was sent by the number of the finding, never by their order, and read the decisions.

    ``log`` is what was decided before; ``source`` is the sha256 of the file.
    """
    taken, found, places = Taken(), Found(), _places(sent)
    for row in rows:
        answered = any(row.text(column) for column in EDITABLE)
        marks = "".join([mark(row.cells.get(column)) for column in COLUMNS]) if places else ""
        finding, mistakes = _finding(row, marks, sent, places)
        if finding is not None and marks:
            taken.edits += _edits(row, marks, finding, answered)
        if answered and finding is not None and not mistakes:
            same = bool(marks) and marks[_ANSWERS] == (finding.written or "")[_ANSWERS]
            decision, mistakes = (None, []) if same else judge(row, finding, terms, source)
            if not mistakes:
                found.setdefault(finding.key, []).append((row, decision))
        if answered and mistakes:
            taken.rejected.append(Rejected(row, tuple(mistakes)))
    _settle(found, log, taken, exact=bool(places))
    return taken


def _places(sent: Sent) -> dict[str, set[str]]:
    """The numbers of the findings that were sent with the same cells, by the marks of these cells."""
    places: dict[str, set[str]] = {}
    for one in sent.findings.values():
        if one.written:
            places.setdefault(one.written[_FIXED], set()).add(one.key)
    return places


def _finding(
    row: Row, marks: str, sent: Sent, places: dict[str, set[str]]
) -> tuple[SentFinding | None, list[Mistaken]]:
    """The finding that a row is about, and what is wrong with its number."""
    key = row.text("fingerprint")
    if not key or key in _EMPTY:
        return None, [Mistaken("key-missing")]
    finding = sent.findings.get(key)
    if finding is None:
        return None, [Mistaken("key-unknown", key)]
    others = places.get(marks[_FIXED], {key})
    if key in others and row.text("rule") in (finding.rule, "") and row.text("key") in (*finding.records, ""):
        return finding, []
    return finding, [Mistaken("key-edited", key, f"{finding.rule} {finding.records[0]}")]


def _edits(row: Row, marks: str, finding: SentFinding, answered: bool) -> Iterator[Edit]:
    """Cells outside the answers that are not as they were sent, and a decision that was taken out."""
    if marks[_FIXED] != (finding.written or "")[_FIXED]:
        for column in _COLUMNS:
            if column in row.cells and mark(row.cells[column]) != finding.mark(column):
                yield Edit(row, column, row.text(column))
    if not answered and finding.mark("decision") != _NOTHING:
        yield Edit(row, "decision", "")


def _settle(found: Found, log: Sequence[Decision], taken: Taken, *, exact: bool) -> None:
    """Take each finding's decision once, none where rows contradict each other, and nothing that was said before.

    Whether evidence is the same counts where ``exact``: a file that lost what it was sent with cannot tell.
    """
    known = {_said(one, exact) for one in log}
    for rows in found.values():
        decision = rows[0][1]
        if len({one and _said(one, exact) for _, one in rows}) > 1:
            for place, (row, _) in enumerate(rows):
                other = rows[place - 1][0].where.row
                taken.rejected.append(Rejected(row, (Mistaken("key-twice", other),)))
        elif decision is None or _said(decision, exact) in known:
            taken.unchanged += len(rows)
        else:
            taken.accepted.append(decision)
            taken.unchanged += len(rows) - 1


def _said(one: Decision, exact: bool) -> tuple[object, ...]:
    said = (one.finding_key, one.decision, one.reason, one.reviewer, one.decided_on, one.expires)
    return (*said, one.evidence_hash) if exact else said
