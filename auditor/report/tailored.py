"""Tailored: what a project changed in the rules, in words."""

from __future__ import annotations

from typing import Any

from auditor.report.wording import SEVERITIES, Language
from auditor.rulebook import Change, Tailoring

_ALWAYS: dict[Language, str] = {"zh": "无方案", "en": "no profile"}
_SWITCH: dict[bool, dict[Language, str]] = {
    True: {"zh": "停用", "en": "off"},
    False: {"zh": "启用", "en": "on"},
}
_SEVERITY: dict[Language, str] = {"zh": "严重度", "en": "severity"}


def project_line(tailoring: Tailoring, lang: Language) -> str:
    """``项目 north,方案 strict,调整 3 处``."""
    count = len(tailoring.changes)
    if lang == "zh":
        profile = f"方案 {tailoring.profile}" if tailoring.profile else _ALWAYS[lang]
        return f"项目 {tailoring.project},{profile},调整 {count} 处"
    profile = f"profile {tailoring.profile}" if tailoring.profile else _ALWAYS[lang]
    return f"Project {tailoring.project}, {profile}, {count} change{'s' * (count != 1)}"


def change_text(change: Change, lang: Language) -> str:
    """What is changed to what, without why: ``DEC-AS-01 严重度 严重``."""
    if change.kind == "parameter":
        return f"{change.target} = {change.value}"
    if change.kind == "severity":
        return f"{change.target} {_SEVERITY[lang]} {SEVERITIES[str(change.value)][lang]}"
    return f"{change.target} {_SWITCH[bool(change.value)][lang]}"


def change_reason(change: Change) -> str:
    """Who says so and why: ``profile strict, auditor.yaml:20:9: 从严检查``."""
    return f"{change.says_who}: {change.remark}"


def tailoring_document(tailoring: Tailoring | None) -> dict[str, Any] | None:
    """The project for the JSON document; None where there is none."""
    if tailoring is None:
        return None
    return {
        "name": tailoring.project,
        "profile": tailoring.profile,
        "changes": [
            {
                "target": change.target,
                "setting": change.kind,
                "value": change.value,
                "remark": change.remark,
                "profile": change.profile or None,
                "place": str(change.where),
            }
            for change in tailoring.changes
        ],
    }
