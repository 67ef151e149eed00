"""``kg load``: copy the built graph into a SPARQL endpoint."""

from __future__ import annotations

import click

from kg.cli import endpoint_options, options, terminal
from kg.cli.language import say


@click.command()
@endpoint_options.endpoint_to_load
@options.folder
@options.message_lang
def load(store: str | None) -> None:
    """Copy the built graph into a SPARQL endpoint, which other commands then read with --endpoint.

    Each named graph is replaced whole or not at all. What the endpoint has is left alone, so a load
    that was cut goes on where it ended, and a second one changes nothing. Graphs of the project
    that are no longer in the build are removed; those of others stay.
    """
    from kg.pipeline.endpoints import load_generation

    endpoint = endpoint_options.endpoint_to_write()
    with terminal.count_bar(say("loading")) as progress:
        loaded = load_generation(options.store_folder(store), endpoint, progress)
    terminal.echo(
        say(
            "{} graphs with {} statements are in {}; {} of the graphs were there already",
            f"{loaded.graphs:,}",
            f"{loaded.statements:,}",
            endpoint,
            f"{loaded.unchanged:,}",
        )
    )
    if loaded.removed:
        terminal.echo(say("{} graphs that the build no longer has were removed", loaded.removed))
    if loaded.others:
        terminal.echo(
            say(
                "{} graphs are not of this project: they stay, and are part of answers",
                loaded.others,
            )
        )
