"""``kg ask``: ask a question in words."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import limits, options, terminal
from kg.cli.output_files import TABLE_FORMATS, choose_format, write_output


@click.command()
@click.argument("words", nargs=-1, required=True)
@options.rows
@options.evidence
@options.table_format
@options.output
@options.store
@options.lang
@limits.limited
def ask(
    words: tuple[str, ...],
    limit: int | None,
    unlimited: bool,
    evidence: bool,
    format: str | None,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Ask a question in English or Chinese words, in a sentence or by keywords.

    The words are led to a canned question, and names in them fill its parameters: the best three
    are shown with their commands, and what was understood, then the answer to the best. Nothing is
    guessed: what is not understood is refused, with the nearest questions.
    kg ask "who are the members of ISO/TC 321?"
    """
    from kg.cli.reports import ask as report

    options.check_rows(limit, unlimited)
    format = choose_format(format, output, TABLE_FORMATS, "table")
    limit = options.rows_to_show(limit, unlimited, output, is_table=format == "table")
    graph = options.open_graph(store)
    found = graph.interpret(" ".join(words))
    if format == "json":
        content, answered = report.answer_json(graph.store, found, lang, limit)
        write_output(content.encode("utf-8"), format, output)
        sys.exit(0 if answered else 1)
    understood = report.understood(found, lang)
    if found.best is None:
        terminal.echo(understood, nl=False, err=True)
        sys.exit(1)
    content, answered = report.answer(
        graph.store, found.best, format, lang, limit, evidence=evidence
    )
    if format in terminal.FOR_PEOPLE:
        content = f"{understood}\n{content}"
    else:
        # Programs read the table alone.
        terminal.echo(understood, nl=False, err=True)
    write_output(content.encode("utf-8"), format, output)
    if not answered:
        terminal.echo(report.see_also(found.best, lang), nl=False, err=True)
    sys.exit(0 if answered else 1)
