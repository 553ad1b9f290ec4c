"""Write: the files of all notices into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from auditor.report.delivery import deliver
from auditor.report.notices.files import file_names
from auditor.report.notices.notice import Notice
from auditor.report.notices.page import to_page
from auditor.report.notices.sheet import write_sheet
from auditor.report.wording import Language


def write_notices(notices: Sequence[Notice], folder: Path, endings: Sequence[str], lang: Language) -> Iterator[Path]:
    """Write each notice in every form of ``endings`` (html, xlsx) and name the file; raises NotDelivered."""
    for notice, name in zip(notices, file_names(notices), strict=True):
        for ending in endings:
            path = folder / f"{name}.{ending}"
            deliver(path, partial(_MAKERS[ending], notice, lang))
            yield path


def _page(notice: Notice, lang: Language, path: Path) -> None:
    path.write_text(to_page(notice, lang), encoding="utf-8", newline="\n")


def _sheet(notice: Notice, lang: Language, path: Path) -> None:
    write_sheet(notice, path, lang)


_MAKERS: dict[str, Callable[[Notice, Language, Path], None]] = {"html": _page, "xlsx": _sheet}
