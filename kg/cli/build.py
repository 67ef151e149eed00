"""Commands that make the graph and hold it against what it should be."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options, terminal


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice(options.KINDS),
    help="What the SOURCEs are; else told from their content.",
)
@click.option("--drop", multiple=True, metavar="NAME", help="Leave out a source added before.")
@click.option("--only", is_flag=True, help="Keep no source but those named here.")
@click.option("--abstracts", is_flag=True, help="Keep the abstracts of the SOURCEs too.")
@click.option("--again", is_flag=True, help="Build all of it from nothing, changed or not.")
@options.store
def build(
    sources: tuple[Path, ...],
    kind: str | None,
    drop: tuple[str, ...],
    only: bool,
    abstracts: bool,
    again: bool,
    store: str | None,
) -> None:
    """Build the graph of the article, and join each SOURCE to it.

    A SOURCE is a catalogue (ISO Open Data, a Relaton repository as folder or archive) or any RDF
    file. Sources added before stay, and are read again only where they have changed. The graph
    built before stays in place until the new one is complete, and where nothing has changed.
    """
    from kg.cli.reports.build import rejected, summary
    from kg.pipeline.build import STEPS, RejectedError, Wanted
    from kg.pipeline.build import build as run

    wanted = Wanted(sources, kind, drop, only, abstracts)
    try:
        with terminal.steps(STEPS) as step:
            made = run(options.folder(store), step, wanted, again=again)
    except RejectedError as error:
        click.echo(rejected(error), err=True, nl=False)
        click.echo(f"kg: {error}; nothing was published", err=True)
        sys.exit(1)
    click.echo(summary(made), nl=False)
