"""Because: the chain from findings and records to a consequence, in words."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.adjudicate import Consequence
from auditor.adjudicate.because import Ground
from auditor.report.wording import Language

MOST_STEPS = 12
MOST_NAMED = 3

_GIVEN: dict[str, dict[Language, str]] = {
    "incident": {"zh": "事件", "en": "incident"},
    "complaint": {"zh": "投诉", "en": "complaint"},
    "metric": {"zh": "指标", "en": "figure"},
    "clean": {"zh": "连续无违规月数", "en": "clean months"},
    "earlier": {"zh": "此前奖惩", "en": "earlier consequence"},
}
_MORE: dict[Language, str] = {"zh": "…另有 {} 步", "en": "… and {} more steps"}


def because(consequence: Consequence, titles: Mapping[str, str], lang: Language) -> list[str]:
    """One line a step, ``what it rests on → what follows``, at most ``MOST_STEPS`` of them.

    ``titles`` are the titles of policies by id; a policy that is not among them is told by its id.
    """
    concluded = {step.concludes: titles.get(step.policy, step.policy) for step in consequence.because}
    lines = []
    for step in consequence.because:
        grounds = " + ".join(_ground(fact, concluded, lang) for fact in step.facts)
        lines.append(f"{grounds} → {titles.get(step.policy, step.policy)}")
    if len(lines) > MOST_STEPS:
        lines[MOST_STEPS:] = [_MORE[lang].format(len(lines) - MOST_STEPS)]
    return lines


def _ground(fact: Ground, concluded: Mapping[str, str], lang: Language) -> str:
    values = {name: str(value) for name, value in fact.values}
    named = _named(fact.findings or fact.records)
    if fact.name == "tally":
        count = f"违规 {fact.count} 项" if lang == "zh" else f"{fact.count} findings"
        return " ".join((values.get("rule", ""), values.get("period", ""), count)).strip() + named
    if fact.name == "merit":
        count = f"{fact.count} 次" if lang == "zh" else f"× {fact.count}"
        return f"{values.get('ground', '')} {count}".strip() + named
    if fact.name in _GIVEN:
        return " ".join((_GIVEN[fact.name][lang], *values.values())) + named
    return concluded.get(fact.id, fact.name)


def _named(marks: tuple[str, ...]) -> str:
    more = "…" if len(marks) > MOST_NAMED else ""
    return f" ({', '.join(marks[:MOST_NAMED])}{more})" if marks else ""
