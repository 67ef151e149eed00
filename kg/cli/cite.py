"""``kg cite``: references to documents, in styles and in formats of libraries."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from kg.cli import limits, options
from kg.cli.output_files import choose_format, write_output

_STYLES: Final = {
    ".json": "csl-json",
    ".bib": "biblatex",
    ".ris": "ris",
    ".xml": "marcxml",
    ".mrc": "marc21",
    ".txt": "iso690",
}
_EXTENSIONS: Final = {
    "csl-json": (".json",),
    "bibtex": (".bib",),
    "biblatex": (".bib",),
    "ris": (".ris",),
    "marcxml": (".xml",),
    "marc21": (".mrc", ".marc"),
}
"""Extensions of formats of records; references in a style are text, whatever it is called."""


@click.command()
@click.argument("documents", nargs=-1, required=True)
@click.option(
    "--style",
    metavar="STYLE",
    help="gb7714, iso690, ieee, chicago or another CSL style; or csl-json, bibtex, biblatex, ris,"
    " marcxml, marc21.  [default: from the extension of FILE, else iso690]",
)
@options.output
@options.store
@options.lang
@limits.limited
def cite(
    documents: tuple[str, ...],
    style: str | None,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Cite DOCUMENTS in a style, or write their bibliographic records.

    Each document is given by number, title or IRI. Titles are in the language of --lang if a source
    has them, or else in English. Nothing is added to what sources state.
    """
    from kg.export.citations import cite
    from kg.export.citations.document import cited_documents

    chosen = _chosen(style, output)
    graph = options.open_graph(store)
    iris = dict.fromkeys(graph.resolve(document) for document in documents)
    content = cite(cited_documents(graph.store, iris, lang), chosen)
    write_output(content, chosen, output)


def _chosen(style: str | None, output: Path | None) -> str:
    """Return the style asked for, or that of a file; UsageError if they contradict each other."""
    if style is None or output is None:
        return choose_format(style, output, _STYLES, "iso690")
    suffix = output.suffix.casefold()
    known = {each for own in _EXTENSIONS.values() for each in own}
    if suffix in known and suffix not in _EXTENSIONS.get(style, ()):
        raise click.UsageError(
            f"{output}: the extension means {_STYLES.get(suffix, 'marc21')}, --style says {style}:"
            " leave one out"
        )
    return choose_format(style, output, {suffix: style}, "iso690")
