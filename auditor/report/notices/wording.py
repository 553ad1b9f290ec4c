"""Wording: a notice from what the history keeps of findings and consequences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from auditor.history import ConsequenceRecord, FindingRecord, RunRecord, State
from auditor.report.blank.texts import heading
from auditor.report.notices.notice import Charge, Line, Notice, Outcome
from auditor.report.notices.texts import ledger_words, words
from auditor.report.proposal import amount_words, held_words
from auditor.report.texts import text
from auditor.report.wording import SEVERITIES, Language
from auditor.rulebook import Rulebook

if TYPE_CHECKING:
    from auditor.adjudicate import Policy


@dataclass(frozen=True)
class Wording:
    """Words for the findings of one run; ``states`` says where consequences stand by now, by key."""

    run: RunRecord
    book: Rulebook
    states: Mapping[str, State]
    lang: Language

    def notices(self, findings: Iterable[FindingRecord], consequences: Sequence[ConsequenceRecord]) -> list[Notice]:
        """One notice for each person and role with findings, by kind and name."""
        found: dict[tuple[str, str], list[FindingRecord]] = {}
        for one in findings:
            if one.subject:
                found.setdefault((one.subject_kind, one.subject), []).append(one)
        return [
            self._notice(kind, subject, found[kind, subject], [one for one in consequences if _of(one, kind, subject)])
            for kind, subject in sorted(found)
        ]

    def _notice(
        self, kind: str, subject: str, findings: Sequence[FindingRecord], consequences: Iterable[ConsequenceRecord]
    ) -> Notice:
        numbers = {one.key: number for number, one in enumerate(findings, start=1)}
        department = "、".join(sorted({one.department for one in findings if one.department} - {subject}))
        head = [
            (self._say(kind), subject),
            *([(self._say("department"), department)] if department else []),
            (self._say("as-of"), self.run.as_of_text),
            (self._say("count"), self._count(findings)),
            (self._say("regulations"), self._regulations),
        ]
        return Notice(
            subject=subject,
            department=department,
            head=tuple(head),
            charges=tuple(self._charge(numbers[one.key], one) for one in findings),
            outcomes=tuple(self._outcome(one, numbers) for one in consequences),
            footer=self._say("footer").format(self.run.id, self.run.rulebook),
        )

    def _say(self, key: str) -> str:
        return words(key, self.lang)

    def _count(self, findings: Sequence[FindingRecord]) -> str:
        waived = sum(one.state == "waived" for one in findings)
        return self._say("waived-count").format(len(findings), waived) if waived else str(len(findings))

    @property
    def _regulations(self) -> str:
        known = self.book.regulations
        titles = [getattr(known[name].title, self.lang) if name in known else name for name in self.run.regulations]
        return "、".join(titles) if self.lang == "zh" else ", ".join(titles)

    def _charge(self, number: int, finding: FindingRecord) -> Charge:
        entry, details = self.book.entry(finding.rule), finding.details or {}
        sentence = finding.sentence_zh if self.lang == "zh" else finding.sentence_en
        return Charge(
            number=number,
            severity=finding.severity,
            severity_words=SEVERITIES[finding.severity][self.lang],
            title=f"{finding.rule} {getattr(entry.rule.title, self.lang)}" if entry else finding.rule,
            sentence=sentence or "",
            clauses=tuple(self._clauses(details)),
            facts=tuple(self._facts(finding, details)),
            evidence=tuple(map(self._cells, details.get("evidence", ()))),
            review=text(f"review.{finding.state}", self.lang),
            waived=finding.state == "waived",
        )

    def _clauses(self, details: Mapping[str, Any]) -> Iterator[str]:
        cited = str(details.get("clause") or "").split(", ")
        for regulation in self.book.regulations.values():
            for clause in regulation.clauses:
                if clause.id in cited:
                    says = clause.zh if self.lang == "zh" else clause.requirement
                    yield f"{clause.id} {clause.place}: {says}"

    def _facts(self, finding: FindingRecord, details: Mapping[str, Any]) -> Iterator[Line]:
        """How the finding follows: its record, its times, and the figures of its rule."""
        yield self._say("record"), finding.record_key
        for key in ("occurred", "due"):
            if details.get(f"{key}_at"):
                yield text(key, self.lang), details[f"{key}_at"]
        if details.get("observed_at"):
            yield self._say("observed"), details["observed_at"]
        figures = [self._figure(name, value, details) for name, value in details.get("parameters", {}).items()]
        if figures:
            yield self._say("figures"), ", ".join(figures)

    def _figure(self, name: str, value: object, details: Mapping[str, Any]) -> str:
        shown = f"{name} = {value}"
        return self._say("ours").format(shown) if name in details.get("parameters_ours", ()) else shown

    def _cells(self, cells: Mapping[str, Any]) -> str:
        """``报修登记表.xlsx › 报修登记 › 第 4 行: 受理人 = 张敏``."""
        row = text("row", self.lang).format(cells["row"])
        place = " › ".join(part for part in (str(cells["file"]).rpartition("/")[2], cells["sheet"], row) if part)
        record = self.book.records.get(cells["record"])
        empty = text("empty", self.lang)
        shown = [
            f"{heading(record, name, self.lang) if record and name in record.fields else name} = "
            f"{empty if value is None else value}"
            for name, value in cells["cells"].items()
        ]
        return f"{place}: {', '.join(shown)}"

    def _outcome(self, one: ConsequenceRecord, numbers: Mapping[str, int]) -> Outcome:
        return Outcome(
            kind=text(f"kind.{one.kind}", self.lang),
            measure=self._measure(one),
            extent=self._extent(one),
            period=one.period or "—",
            state=self._state(one),
            because=self._because(one, numbers),
        )

    def _measure(self, one: ConsequenceRecord) -> str:
        if one.measure is None:
            return self._say("undecided")
        ladder = self._policy.ladder if self._policy else None
        steps = (*ladder.sanctions, *ladder.rewards, *ladder.escalations) if ladder else ()
        known = next((step for step in steps if step.id == one.measure), None)
        return getattr(known, self.lang) if known else str(one.details.get("measure") or one.measure)

    def _extent(self, one: ConsequenceRecord) -> str:
        points = one.points - int(one.details.get("points_cut") or 0)
        cents = one.amount - int(one.details.get("amount_cut_cents") or 0)
        parts = [self._say("points").format(points)] if points else []
        parts += [self._say("amount").format(amount_words(cents))] if cents else []
        return " · ".join(parts) or "—"

    def _state(self, one: ConsequenceRecord) -> str:
        """Where it stands in the ledger, unless it is held or exempted in this run."""
        if one.state != "proposed":
            return held_words(one.state, one.held_because, self.lang)
        return ledger_words(self.states.get(one.key, "proposed"), self.lang)

    def _because(self, one: ConsequenceRecord, numbers: Mapping[str, int]) -> str:
        """The titles of the policies that lead there, what they cite, and the findings it rests on."""
        chain = dict.fromkeys([*(step["policy"] for step in one.details.get("because", ())), one.policy])
        reason = " → ".join(self._titles.get(policy, policy) for policy in chain)
        cites = ", ".join(one.details.get("cites", ()))
        rests = sorted(numbers[key] for key in one.findings if key in numbers)
        parts = [reason, cites, self._say("rests-on").format(", ".join(map(str, rests))) if rests else ""]
        return "; ".join(part for part in parts if part)

    @cached_property
    def _policy(self) -> Policy | None:
        from auditor.adjudicate import read_policy

        return read_policy(self.book.policy)[0] if self.book.policy else None

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {one.id: getattr(one.title, self.lang) for one in self._policy.policies} if self._policy else {}


def _of(one: ConsequenceRecord, kind: str, subject: str) -> bool:
    return (one.subject_kind, one.subject) == (kind, subject)
