"""``kg verify``: check the evidence against the text of the article."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("textfile", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Record the positions found, beside the claims.")
@click.option("--coverage", is_flag=True, help="Show each sentence with its claims, and every gap.")
def verify(textfile: Path, write: bool, coverage: bool) -> None:
    """Hold the phrases of an article's claims against its text.

    TEXTFILE is the unchanged text; its SHA-256 tells which source it is.
    """
    from kg.cli.reports import verification
    from kg.common import resources
    from kg.evidence import verification as checking
    from kg.sources import article

    found = checking.verify(article.read_all(resources.articles()), textfile)
    if write and not found.faults:
        click.echo(f"written: {checking.write(found)}")
        found = checking.verify(article.read_all(resources.articles()), textfile)
    covered = checking.cover(found) if coverage else None
    if covered is not None:
        click.echo(verification.coverage(found, covered, color=sys.stdout.isatty()), nl=False)
    for fault in (*found.faults, *found.outdated):
        click.echo(f"kg: {fault}", err=True)
    click.echo(verification.verified(found), nl=False)
    whole = covered is None or covered.complete
    sys.exit(0 if found.sound and whole else 1)
