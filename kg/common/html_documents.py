"""HTML documents without scripts, which are read from a file."""

from __future__ import annotations

import html
from collections.abc import Iterable

from kg.common.bilingual import language
from kg.common.control_characters import printable


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
        f"<style>{style}</style>",
        *body,
        "</html>",
        "",
    )
    return printable("\n".join(lines), styled=False)
