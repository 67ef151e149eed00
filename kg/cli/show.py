"""``kg show``: show everything known about an entity, or stated by a claim."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import limits, options, terminal
from kg.cli.output_files import TABLE_FORMATS, choose_format, write_output


@click.command()
@click.argument("entity")
@click.option(
    "--limit",
    type=int,
    default=20,
    show_default=True,
    help="Maximum number of relations listed per kind; the rest are only counted.",
)
@click.option("--all", "unlimited", is_flag=True, help="List all relations.")
@options.as_of
@options.evidence
@options.table_format
@options.output
@options.store
@options.lang
@limits.limited
def show(
    entity: str,
    limit: int,
    unlimited: bool,
    as_of: str,
    evidence: bool,
    format: str | None,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Show what ENTITY is and everything known about it, with dates and evidence.

    ENTITY is a name in either language, an abbreviation, an identifier, an IRI, or a claim.
    """
    from kg.cli.reports import profile as report

    format = choose_format(format, output, TABLE_FORMATS, "table")
    profile = options.open_graph(store).profile(entity, None if unlimited else limit, as_of=as_of)
    text = report.profile(profile, format, lang, evidence=evidence)
    write_output(text.encode("utf-8"), format, output)
    for note in profile.notes:
        terminal.echo(note.of(lang), err=True)
    sys.exit(0 if profile.facts else 1)
