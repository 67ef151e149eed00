"""``kg build``: build the graph from the article and any number of catalogues."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from kg.cli import options, terminal
from kg.cli.language import fault


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=options.SourcePath())
@click.option(
    "--as",
    "kind",
    type=click.Choice(options.KINDS),
    help="Kind of the SOURCEs.  [default: detected from their content]",
)
@click.option(
    "--name", metavar="NAME", help="Name of the SOURCE in the graph.  [default: from its path]"
)
@click.option(
    "--snapshot",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day whose state the SOURCE holds.  [default: from its files]",
)
@click.option(
    "--columns",
    multiple=True,
    metavar="ROLE=COLUMN,…",
    help="What columns of a list hold, by heading or number.  [default: by their headings]",
)
@options.articles
@click.option(
    "--drop", multiple=True, metavar="NAME", help="Drop a source or an article added earlier."
)
@click.option("--only", is_flag=True, help="Keep only what is given here.")
@click.option("--abstracts", is_flag=True, help="Also keep the abstracts of the SOURCEs.")
@click.option(
    "--keep-history/--forget-history",
    "keep_history",
    default=None,
    help="Keep what earlier states of the SOURCEs said, or forget it.  [default: as before]",
)
@click.option("--again", is_flag=True, help="Rebuild everything, changed or not.")
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Convert the SOURCEs on a cluster of dask.distributed, such as tcp://host:8786.",
)
@options.folder
@options.message_lang
def build(
    sources: tuple[Path, ...],
    kind: str | None,
    name: str | None,
    snapshot: datetime | None,
    columns: tuple[str, ...],
    articles: tuple[Path, ...],
    drop: tuple[str, ...],
    only: bool,
    abstracts: bool,
    keep_history: bool | None,
    again: bool,
    cluster: str | None,
    store: str | None,
) -> None:
    """Build the graph of the article, and add each SOURCE to it.

    A SOURCE is a catalogue (ISO Open Data, a Relaton repository as folder or archive), a list of
    documents (.csv, .xlsx; see docs/lists.md) or any RDF file; --article adds the claims of an
    article of your own. Sources and articles added before are kept, and read again only when they
    have changed. The previous graph stays in use until the new one is complete; without changes,
    nothing is rebuilt.
    """
    from kg.changes.history import history_keeper
    from kg.cli.reports import build as report
    from kg.pipeline import build as pipeline
    from kg.sources.lists.columns import parse_columns

    if len(sources) != 1 and (name is not None or snapshot is not None):
        raise click.UsageError("--name and --snapshot are for one SOURCE: give each by itself")
    day = None if snapshot is None else snapshot.date().isoformat()
    given = tuple(pair for text in columns for pair in parse_columns(text))
    selection = pipeline.CatalogueSelection(
        sources, kind, drop, only, abstracts, name, day, articles, given
    )
    try:
        with terminal.progress_bar(pipeline.STEPS) as progress:
            summary = pipeline.build(
                options.store_folder(store),
                progress,
                selection,
                again=again,
                warn=terminal.warn,
                history=history_keeper(keep=keep_history),
                cluster=cluster,
            )
    except pipeline.RejectedError as error:
        terminal.echo(report.faults(error), err=True, nl=False)
        terminal.echo(fault(f"{error}; nothing was published"), err=True)
        sys.exit(1)
    terminal.echo(report.summary(summary, options.open_graph(store).store), nl=False)
