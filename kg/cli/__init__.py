"""The command line: parses arguments, calls the graph and prints the answer."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Final

import click

from kg.cli import interruption, options, terminal
from kg.cli.language import choose_language, fault, set_language
from kg.cli.lazy_commands import LazyCommands

_NAMES: Final = (
    *("build", "verify", "validate", "query", "ask", "search", "match", "show", "relate", "view"),
    *("scan", "report", "changes", "cite", "export", "load", "stats", "check", "article", "draft"),
    *("serve", "mcp"),
)


@click.group(
    commands=LazyCommands({name: f"kg.cli.{name}" for name in _NAMES}),
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(package_name="stdkg", prog_name="kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@options.message_lang
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """Build, query, validate and export a knowledge graph of standardization.

    Exit codes: 0 done; 1 the data has violations, or nothing was found; 2 usage or input error.
    """
    context.obj["debug"] = debug
    if context.invoked_subcommand is None:
        terminal.echo(context.get_help())


def _decode_argument(argument: bytes) -> str:
    # Always UTF-8, whatever the locale: other bytes could be neither looked up nor printed.
    try:
        return argument.decode("utf-8")
    except UnicodeDecodeError as error:
        shown = argument.decode("utf-8", "backslashreplace")
        raise click.UsageError(f"'{shown}' is not UTF-8: write it in UTF-8") from error


def _speak(lang: str) -> None:
    """Set the language of help and messages."""
    set_language(lang)
    if lang == "zh":
        from kg.cli.help_format import ChineseHelpFormatter

        click.Context.formatter_class = ChineseHelpFormatter


def main() -> None:
    """Run the command line; print an error as one line on stderr, with a traceback on --debug."""
    interruption.watch()
    terminal.prepare_streams()
    settings: dict[str, bool] = {}
    try:
        # Not cli.main(): click would exit with 1 when a pipe is closed.
        arguments = [_decode_argument(os.fsencode(argument)) for argument in sys.argv[1:]]
        _speak(choose_language(arguments))
        with cli.make_context("kg", arguments, obj=settings) as context:
            cli.invoke(context)
            sys.stdout.flush()
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except interruption.Interrupted as error:
        interruption.finish()
        interruption.report(error.line)
        sys.exit(error.code)
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # The reader closed the pipe, as `head` does. Redirect stdout so that the flush on exit
        # doesn't fail as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001
        interruption.finish()
        if settings.get("debug"):
            traceback.print_exc()
        terminal.echo(fault(terminal.error_line(error)), err=True)
        sys.exit(2)
