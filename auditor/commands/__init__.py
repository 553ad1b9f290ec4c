"""Commands: arguments in, one call, print, exit code. Heavy libraries are imported where they are used."""

from __future__ import annotations

import sys

import click

from auditor.commands.config import config
from auditor.commands.explain import explain
from auditor.commands.init import init
from auditor.commands.inspect import inspect
from auditor.commands.ledger import ledger
from auditor.commands.notices import notices
from auditor.commands.review import review
from auditor.commands.rules import rules
from auditor.commands.run import run
from auditor.commands.runs import runs
from auditor.commands.template import template
from auditor.problem import AuditorError
from auditor.version import __version__

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="auditor")
def auditor() -> None:
    """Check service logs against written regulations: who kept which obligation, who broke it, on what evidence."""


for command in (init, run, inspect, rules, explain, config, template, runs, ledger, review, notices):
    auditor.add_command(command)


def main() -> None:
    """The command ``auditor``: prints Problems instead of tracebacks and leaves with the documented exit code."""
    try:
        code = auditor.main(prog_name="auditor", standalone_mode=False)
    except AuditorError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    sys.exit(code if isinstance(code, int) else 0)
