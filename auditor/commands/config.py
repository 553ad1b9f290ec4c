"""``auditor config show``: every setting in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from auditor.commands.settings import fail_on_option, options_of, project_options

if TYPE_CHECKING:
    from auditor.project.setting import Setting


@click.group()
def config() -> None:
    """Show the settings of the project of this folder."""


@config.command("show")
@click.option("--origin", is_flag=True, help="Say of each setting where it comes from, and the remark on it.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@fail_on_option
@project_options
def show(origin: bool, form: str, **words: Any) -> None:
    """Each setting and its value, as `auditor run` with the same options would use them."""
    from auditor.project import assign
    from auditor.project.setting import settings_in_force

    options = options_of(words)
    settings = settings_in_force(assign(options), options)
    click.echo(_json(settings) if form == "json" else _table(settings, origin))


def _json(settings: list[Setting]) -> str:
    import json
    from dataclasses import asdict

    return json.dumps([asdict(setting) for setting in settings], ensure_ascii=False, indent=1)


def _table(settings: list[Setting], origin: bool) -> str:
    from auditor.commands.table import columns

    return columns(
        [
            (
                one.name,
                one.value or "-",
                *((": ".join(part for part in (one.origin, one.remark) if part),) if origin else ()),
            )
            for one in settings
        ]
    )
