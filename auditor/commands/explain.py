"""``auditor explain``: how one finding came about."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("finding")
@click.argument("files", nargs=-1, required=True)
@click.option("--regulation", help="The regulations in force, separated by commas.")
@click.option("--rules", "folder", type=click.Path(path_type=Path), help="A rules folder instead of the shipped one.")
@click.option("--as-of", help="The instant of judgement, local time; default: the newest event in the data.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def explain(
    finding: str, files: tuple[str, ...], regulation: str | None, folder: Path | None, as_of: str | None, lang: str
) -> int:
    """Explain FINDING (its fingerprint, or the beginning of it) from the same FILES: derivation, clause, cells."""
    from auditor.pipeline import audit, read_data, read_rules
    from auditor.report.explanation import explanation

    book = read_rules(folder)
    named = [name.strip() for name in regulation.split(",")] if regulation else None
    result = audit(book, read_data(*files, book=book), as_of=as_of, regulations=named)
    click.echo(explanation(result, finding, lang))  # type: ignore[arg-type]
    return 0
