"""The command line: arguments in, a call, a table out."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from typing import Final

import click

from kg.cli import terminal

_COMMANDS: Final = (
    *("build", "verify", "validate", "query", "search", "match", "show", "relate", "view"),
    *("export", "stats"),
)


class _Commands(click.Group):
    """Loads the module of a command when the command is used: start-up time is that of one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of ``kg --help``."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None if there is none."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"kg.cli.{cmd_name}"), cmd_name)
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(package_name="stdkg", prog_name="kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """Build, ask, validate and export a knowledge graph of standardization.

    Exit codes: 0 done; 1 the data has violations, or nothing was found; 2 usage or input error.
    """
    context.obj["debug"] = debug
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def _decoded(argument: bytes) -> str:
    # UTF-8 whatever the locale says. What is no text could be neither looked up nor printed.
    try:
        return argument.decode("utf-8")
    except UnicodeDecodeError as error:
        shown = argument.decode("utf-8", "backslashreplace")
        raise click.UsageError(f"'{shown}' is not UTF-8: write it in UTF-8") from error


def main() -> None:
    """Run the command line; errors are one line on stderr, with a traceback on --debug."""
    terminal.prepare_streams()
    settings: dict[str, bool] = {}
    try:
        # Not cli.main(): click would end a closed pipe with exit code 1.
        arguments = [_decoded(os.fsencode(argument)) for argument in sys.argv[1:]]
        with cli.make_context("kg", arguments, obj=settings) as context:
            cli.invoke(context)
            sys.stdout.flush()
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe has seen enough; nothing more can be written, not even on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001
        if settings.get("debug"):
            traceback.print_exc()
        click.echo(f"kg: {terminal.told(error)}", err=True)
        sys.exit(2)
