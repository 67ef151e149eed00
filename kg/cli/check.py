"""``kg check``: check that no file of the built graph is damaged."""

from __future__ import annotations

import sys

import click

from kg.cli import options, terminal
from kg.cli.language import say, translate


@click.command()
@options.folder
@options.message_lang
def check(store: str | None) -> None:
    """Check that no file of the graph is damaged: read all of them in full.

    A build records checksums of all its files. Damaged files are listed; 'kg build' mends them.
    Commands that open the graph compare sizes, small files, and the ends of large ones.
    """
    from kg.pipeline.previous import find_all_damage
    from kg.store.generations import build_command

    folder = options.store_folder(store)
    damage = find_all_damage(folder)
    for each in damage:
        terminal.echo(translate(str(each)))
    if damage:
        count = say("1 file is") if len(damage) == 1 else say("{} files are", len(damage))
        terminal.echo(
            say("{} damaged: run '{}', which builds the graph anew", count, build_command(folder))
        )
        sys.exit(1)
    terminal.echo(say("{} is whole", folder))
