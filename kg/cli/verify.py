"""``kg verify``: check the phrases of the evidence against the text of an article."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options, terminal
from kg.cli.language import fault, say


@click.command()
@click.argument("textfile", type=options.SourcePath())
@options.articles
@click.option("--write", is_flag=True, help="Record the positions in the article's folder.")
@click.option("--coverage", is_flag=True, help="Show each sentence with its claims, and every gap.")
@options.store
@options.message_lang
def verify(
    textfile: Path, articles: tuple[Path, ...], write: bool, coverage: bool, store: str | None
) -> None:
    """Check the phrases of an article's claims against its text.

    TEXTFILE is the unchanged text; its SHA-256 identifies the source, one of the program's or the
    graph's articles or of those given. It may also be the folder of an article that keeps its text.
    """
    from kg.cli.reports import verification as report
    from kg.evidence.verification import (
        Verification,
        coverage_of,
        verify_phrases,
        write_positions,
    )
    from kg.pipeline.articles import known_articles
    from kg.sources.article_folder import text_in_folder

    if textfile.is_dir():
        articles = (*articles, textfile)
        textfile = text_in_folder(textfile)

    def verified() -> Verification:
        return verify_phrases(known_articles(options.store_folder(store), articles), textfile)

    result = verified()
    if write and not result.faults:
        terminal.echo(say("written: {}", write_positions(result)))
        result = verified()
    covered = coverage_of(result) if coverage else None
    if covered is not None:
        terminal.echo(report.coverage(result, covered, color=sys.stdout.isatty()), nl=False)
        terminal.echo(report.unnamed_parts(result), nl=False)
    for each in (*result.faults, *result.outdated):
        terminal.echo(fault(each), err=True)
    terminal.echo(report.summary(result), nl=False)
    terminal.echo(report.parts(result), nl=False)
    complete = covered is None or covered.complete
    sys.exit(0 if result.sound and complete else 1)
