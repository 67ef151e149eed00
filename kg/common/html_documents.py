"""HTML documents without scripts, which are read from a file."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Final

from kg.common.bilingual import language
from kg.common.control_characters import printable

_NARROW: Final = """@media screen and (max-width: 48rem) {
  table { display: block; overflow-x: auto }
  th, td { min-width: 5.5rem; overflow-wrap: normal }
}
"""
"""On a phone, tables of many columns scroll by themselves, and words stay whole."""


def html_document(title: str, style: str, body: Iterable[str], lang: str) -> str:
    """Return a document with a title (plain text), a style sheet, and the lines of its body (HTML).

    Control and bidirectional characters are replaced.
    """
    tag = "zh-Hans" if language(lang) == "zh" else "en"
    lines = (
        "<!doctype html>",
        f'<html lang="{tag}">',
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{html.escape(title)}</title>",
        f"<style>{style}{_NARROW}</style>",
        "<main>",
        *body,
        "</main>",
        "</html>",
        "",
    )
    return printable("\n".join(lines), styled=False)
