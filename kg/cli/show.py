"""``kg show``: everything known about a thing, or in a claim."""

from __future__ import annotations

import sys

import click

from kg.cli import options


@click.command()
@click.argument("entity")
@click.option(
    "--limit",
    type=int,
    default=20,
    show_default=True,
    help="How many relations of each kind; the others are counted.",
)
@click.option("--all", "all_", is_flag=True, help="All relations, however many.")
@click.option("--format", "format_", type=click.Choice(options.TABLE_FORMATS), default="table")
@options.store
@options.lang
def show(entity: str, limit: int, all_: bool, format_: str, store: str | None, lang: str) -> None:
    """Show what ENTITY is and everything known about it, with dates and evidence.

    ENTITY is a name in either language, an abbreviation, an identifier, an IRI, or a claim.
    """
    from kg.cli.reports import profile as reports

    found = options.opened(store).profile(entity, None if all_ else limit)
    click.echo(reports.profile(found, format_, lang), nl=False)
    sys.exit(0 if found.facts else 1)
