"""A consequence in words: its measure with what goes with it, its amounts, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.adjudicate import Consequence
from auditor.report.texts import text
from auditor.report.wording import Language

_HELD: dict[str, dict[Language, str]] = {
    "measure_not_configured": {"zh": "未设定措施", "en": "no measure is configured"},
    "suspect rule": {"zh": "规则可疑", "en": "the rule is suspect"},
    "disputed finding": {"zh": "违规有争议", "en": "a finding is disputed"},
    "ambiguous_person": {"zh": "责任人不明确", "en": "the person is ambiguous"},
    "provisional": {"zh": "数据未齐", "en": "the data is not complete"},
}


def measure_words(consequence: Consequence, lang: Language) -> str:
    """The measure, to whom it goes, and whether there is no choice and no compensation."""
    words = [consequence.measure_zh if lang == "zh" else consequence.measure_en]
    if consequence.to is not None:
        words.append(f"→ {consequence.to}")
    if consequence.mandatory:
        words.append(text("mandatory", lang))
    if consequence.compensation is not None:
        words.append(text(f"compensation.{consequence.compensation}", lang))
    return ("，" if lang == "zh" else ", ").join(words)


def state_words(consequence: Consequence, lang: Language) -> str:
    """Where it stands, and if it is held, why."""
    return held_words(consequence.state, consequence.held_because, lang)


def held_words(state: str, because: Iterable[str], lang: Language) -> str:
    """The state of a run in words, with the reasons for which a consequence is held."""
    words = text(f"state.{state}", lang)
    reasons = [_HELD.get(why, {}).get(lang, why) for why in because]
    if not reasons:
        return words
    return f"{words}：{'、'.join(reasons)}" if lang == "zh" else f"{words}: {', '.join(reasons)}"


def amount_words(cents: int) -> str:
    """An amount in yuan with two places; nothing for no amount."""
    return f"{cents // 100:,}.{cents % 100:02d}" if cents else ""
