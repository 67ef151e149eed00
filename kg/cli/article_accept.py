"""``kg article accept``: take claims that were proposed by ``kg draft``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options, terminal
from kg.cli.language import say


@click.command()
@click.argument("folder", type=options.SourcePath())
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option(
    "--confidence",
    type=float,
    metavar="NUMBER",
    help="Accept all proposals that are at least as sure, from 0 to 1.",
)
@click.option(
    "--refuse",
    "refused",
    multiple=True,
    metavar="CLAIM",
    help="Refuse a proposal: it stays refused when the text is drafted again. May be repeated.",
)
@click.option(
    "--review",
    type=options.SourcePath(),
    metavar="FILE",
    help="Take the decisions and corrections that the review page saved.",
)
@options.message_lang
def accept(
    folder: Path,
    claims: tuple[str, ...],
    confidence: float | None,
    refused: tuple[str, ...],
    review: Path | None,
) -> None:
    """Accept proposed claims of the article in FOLDER: each CLAIM, or those that are sure enough.

    What is accepted moves to claims/accepted.trig and is in the graph after the next build. What is
    refused is not proposed again.
    """
    from kg.drafting.folder import accept, sure_proposals
    from kg.drafting.review import read_review
    from kg.sources.article import read_article

    if not claims and not refused and confidence is None and review is None:
        raise click.UsageError("name proposals, or give --confidence, --refuse or --review")
    if confidence is not None and not 0 <= confidence <= 1:
        raise click.UsageError(f"--confidence {confidence}: give a number from 0 to 1")
    states = {} if confidence is None else sure_proposals(folder, confidence)
    edits: dict[str, dict[str, str]] = {}
    if review is not None:
        reviewed, edits = read_review(review, read_article(folder).slug)
        states |= reviewed
    states |= dict.fromkeys(claims, "accepted") | dict.fromkeys(refused, "refused")
    done = accept(folder, states, edits)
    terminal.echo(
        say("{} claims accepted, {} refused, {} open", done.accepted, done.refused, done.proposed)
    )
    if done.unnamed:
        names = ", ".join(done.unnamed)
        terminal.echo(say("entities.trig: add English names for {}", names))
