"""The page: the whole audit as one HTML document."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from auditor.report.characters import writable
from auditor.report.page.content import Content
from auditor.report.texts import text
from auditor.report.wording import SEVERITIES, STATUSES, VERDICTS, Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

MOST_FINDINGS = 2_000
ROOM = 900_000
"""Bytes that the findings may take, so that the page as a whole stays under a million."""

_POLICY = "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def to_html(audit: Audit, lang: Language = "zh", most: int = MOST_FINDINGS) -> str:
    """The audit as one HTML document with at most ``most`` findings, gravest first.

    It fetches nothing and can be read without its script. Characters that no document may hold are replaced by U+FFFD.
    """
    content = Content(audit, lang)
    page = _environment().get_template("page.html.j2")
    rows = _environment().get_template("findings.html.j2").module.row  # type: ignore[attr-defined]
    shown, used = [], 0
    for told in content.findings(most):
        row = str(rows(told, lang, content, SEVERITIES)).strip()
        used += len(row.encode("utf-8", "replace"))
        if used > ROOM:
            break
        shown.append(Markup(row))
    style, script = asset("page.css"), asset("page.js")
    document = page.render(
        audit=audit, content=content, lang=lang, rows=shown, style=Markup(style), script=Markup(script),
        policy=_POLICY.format(style=_hash(style), script=_hash(script)),
        t=lambda key: text(key, lang), verdicts=VERDICTS, severities=SEVERITIES, statuses=STATUSES,
    )  # fmt: skip
    return writable(document)[0]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("auditor.report.page", "assets"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def asset(name: str) -> str:
    """A file of the page: its style or its script."""
    return files("auditor.report.page").joinpath("assets", name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    """``source`` as a content security policy knows it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
