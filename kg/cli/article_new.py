"""``kg article new``: make the folder of a new article."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from kg.cli import options, terminal
from kg.cli.language import say


@click.command()
@click.argument("folder", type=options.SourcePath())
@click.option(
    "--text",
    required=True,
    type=options.SourcePath(),
    metavar="FILE",
    help="The article's text, in UTF-8.",
)
@click.option(
    "--name", metavar="NAME", help="Name of the article in the graph.  [default: from FOLDER]"
)
@click.option("--zh", metavar="TITLE", help="How answers in Chinese cite it.")
@click.option("--en", metavar="TITLE", help="How answers in English cite it.")
@click.option("--url", metavar="URL", help="Address of its page.")
@click.option("--keep-text", is_flag=True, help="Copy the text into FOLDER, as text.txt.")
@options.message_lang
def new(
    folder: Path,
    text: Path,
    name: str | None,
    zh: str | None,
    en: str | None,
    url: str | None,
    keep_text: bool,
) -> None:
    """Make FOLDER for a new article, with files whose comments teach how to write claims.

    It holds the source, entities, claims, uncovered stretches and code lists of its own, and can be
    built at once. The text stays where it is unless --keep-text is given.
    """
    from kg.sources.article_folder import ArticleDetails, new_article

    made = new_article(folder, text, ArticleDetails(name, zh, en, url), keep_text=keep_text)
    terminal.echo(say("made {} for the article {}: {} files", folder, made.slug, len(made.files)))
    command = shlex.join(["kg", "verify", str(text), "--write", "--article", str(folder)])
    terminal.echo(say("next: write claims in {}, then run {}", folder / "claims", command))
