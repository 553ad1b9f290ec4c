"""The page of a notice: HTML to be printed, which fetches nothing and runs nothing."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from auditor.report.characters import writable
from auditor.report.notices.notice import Notice
from auditor.report.notices.texts import words
from auditor.report.wording import Language


def to_page(notice: Notice, lang: Language) -> str:
    """The notice as one HTML document; characters that no document may hold are replaced by U+FFFD."""
    style = files("auditor.report.notices").joinpath("assets", "notice.css").read_text(encoding="utf-8")
    page = _environment().get_template("notice.html.j2")
    document = page.render(notice=notice, lang=lang, style=Markup(style), t=lambda key: words(key, lang))
    return writable(document)[0]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("auditor.report.notices", "assets"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
