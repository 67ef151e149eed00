"""Texts with HTML -> plain text."""

from __future__ import annotations

import re
from typing import Final

_BLOCKS: Final = frozenset(
    (
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"),
    )
)
_UNSEEN: Final = frozenset(("head", "script", "style", "template", "title"))
_MARKED: Final = re.compile(r"[<&]")
_SPACE: Final = re.compile(r"\s+")
_SPACE_BUT_BREAK: Final = re.compile(r"[^\S\n]+")
_AROUND_BREAK: Final = re.compile(r" ?\n\s*")
_ITEM: Final = re.compile(r"^-\n", re.M)
_EMPTY_ITEMS: Final = re.compile(r"^(?:- *)+(?=- )|\n-$", re.M)

LONGEST: Final = 50_000
"""Signs of a text with HTML that are looked at: the parser's time grows with the square of how
deep tags are nested."""


def plain(text: str) -> str:
    r"""The text that a browser would show: tags gone, entities read, one line for each block.

    Items of a list begin with a dash. Follows the HTML standard's parsing, so that tags that never
    close do no harm. Raises ValueError for a text with HTML that is longer than ``LONGEST``.

    >>> plain("<p>Safety &amp; health:<ul><li>of  <i>workers</i></li><li>of others</ul>")
    'Safety & health:\n- of workers\n- of others'
    >>> plain("no markup,\n only  spaces")
    'no markup, only spaces'
    """
    if not _MARKED.search(text):
        return " ".join(text.split())
    if len(text) > LONGEST:
        raise ValueError(f"{len(text)} signs with HTML, more than {LONGEST}: shorten the text")
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    pieces: list[str] = []
    # A stack of its own, since tags may be nested deeper than Python's calls.
    stack: list[LexborNode | str | None] = [LexborHTMLParser(text).root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node is not None and node.tag == "-text":
            pieces.append(_SPACE.sub(" ", (node.text_content or "")))
        elif node is not None and node.tag not in _UNSEEN:
            if node.tag in _BLOCKS:
                pieces.append("\n- " if node.tag == "li" else "\n")
                stack.append("\n")
            stack.extend(reversed([*node.iter(include_text=True)]))
    lines = _AROUND_BREAK.sub("\n", _SPACE_BUT_BREAK.sub(" ", "".join(pieces)))
    return _EMPTY_ITEMS.sub("", _ITEM.sub("- ", lines.strip())).strip()
