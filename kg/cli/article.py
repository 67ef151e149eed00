"""``kg article``: make and keep the folders of articles."""

from __future__ import annotations

from typing import Final

import click

from kg.cli.lazy_commands import LazyCommands

_COMMANDS: Final = {"new": "kg.cli.article_new", "accept": "kg.cli.article_accept"}


@click.group(commands=LazyCommands(_COMMANDS))
def article() -> None:
    """Make the folder of an article of your own, and curate it.

    'kg build --article FOLDER' adds it to the graph; see docs/your-article.md.
    """
