"""``auditor rules test``: the examples judged, and the rules changed to see whether the examples notice."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.commands.rules.options import of_regulation, of_rulebook


@click.command("test")
@click.argument("ids", nargs=-1)
@click.option("--rule", "named", multiple=True, help="Only this rule, the same as naming it in IDS.")
@click.option("--mutate", is_flag=True, help="Move every figure and turn every comparison: does an example notice?")
@of_rulebook
@of_regulation
def test(
    ids: tuple[str, ...], named: tuple[str, ...], mutate: bool, folder: Path | None, lang: str, regulation: str | None
) -> int:
    """Judge the examples of all rules (or of IDS) and list every one that gets another verdict.

    With --mutate, list every change to a rule that none of its examples notices.
    """
    from auditor.commands.progress import shown_progress
    from auditor.evaluate.rehearsal import rehearse, survivors
    from auditor.pipeline import read_rules
    from auditor.rulebook import rules_named

    book = read_rules(folder)
    chosen = rules_named(book, (*ids, *named), regulation)
    tried = wrong = 0
    with shown_progress() as progress:
        for done, one in enumerate(survivors(book, chosen) if mutate else rehearse(book, chosen), start=1):
            tried, wrong = tried + one.tried, wrong + len(one.problems)
            for problem in one.problems:
                click.echo(str(problem), err=True)
            if progress:
                progress(one.rule, done, len(chosen))
    counts = ("mutants", "not noticed") if mutate else ("examples", "differences")
    click.echo(f"{len(chosen)} rules, {tried} {counts[0]}, {wrong} {counts[1]}")
    return 2 if wrong else 0
