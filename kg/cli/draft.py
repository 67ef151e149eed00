"""``kg draft``: propose claims from a text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import limits, options, terminal
from kg.cli.language import say
from kg.cli.output_files import write_output

if TYPE_CHECKING:
    from kg.drafting import Draft
    from kg.store import Store


@click.command()
@click.argument("text", type=options.SourcePath())
@click.option(
    "--format",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="Output format.",
)
@click.option(
    "-o",
    "--output",
    type=options.SourcePath(),
    metavar="FOLDER",
    help="Write the proposals into the folder of an article, made if it isn't there.",
)
@click.option("--title", default="", metavar="TITLE", help="Its title.  [default: from its head]")
@click.option(
    "--date",
    default="",
    metavar="DATE",
    help="Day of publication, from which 今年 and 去年 count.  [default: from its head]",
)
@click.option(
    "--words",
    type=options.SourcePath(),
    metavar="FILE",
    help="YAML file of further names by type, such as 'ORG: 某某研究院 某某协会'.",
)
@options.store
@options.lang
@limits.limited
def draft(
    text: Path,
    format: str,
    output: Path | None,
    title: str,
    date: str,
    words: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Propose claims from the Chinese TEXT, by rules and by the names of the graph.

    With -o the proposals become claims of an article that are left out of the graph until 'kg
    article accept' takes them; review.html in FOLDER shows them for review.

    Each proposal has its exact place, a normalized value, the rule that made it, a confidence, and
    the entity of the graph or 'new'. Nothing becomes a claim before a person accepts it. Works
    without a network.
    """
    from kg.cli.reports import draft as report
    from kg.drafting.article_text import read_text

    content = read_text(text)
    graph = options.open_graph(store)
    found = graph.draft(content, title=title, date=date, words=words)
    if output is not None:
        _write(output, text, found, graph.store)
        return
    write_output(report.proposals(graph.store, found, format, lang).encode("utf-8"), format, None)
    if found.date is None:
        terminal.warn(say("the text names no date of publication: give --date"))
    sys.exit(0 if found.mentions else 1)


def _write(folder: Path, text: Path, found: Draft, store: Store) -> None:
    from kg.drafting.figure_claims import read_vocabulary
    from kg.drafting.folder import draft_into

    done = draft_into(folder, text, found, read_vocabulary(store))
    terminal.echo(
        say(
            "{} claims proposed, {} accepted, {} refused",
            done.proposed,
            done.accepted,
            done.refused,
        )
    )
    if done.unwritten:
        terminal.echo(say("{} more are comments, without terms of the ontology", done.unwritten))
    review = folder / "review.html"
    terminal.echo(
        say("next: open {}, or run kg article accept {} --confidence 0.8", review, folder)
    )
