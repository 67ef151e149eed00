"""Convert HTML to plain text."""

from __future__ import annotations

import re
from typing import Final

_BLOCKS: Final = frozenset(
    (
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"),
    )
)
_HIDDEN: Final = frozenset(("head", "script", "style", "template", "title"))
_MARKUP: Final = re.compile(r"[<&]")
_SPACE: Final = re.compile(r"\s+")
_SPACE_BUT_BREAK: Final = re.compile(r"[^\S\n]+")
_AROUND_BREAK: Final = re.compile(r" ?\n\s*")
_ITEM: Final = re.compile(r"^-\n", re.M)
_EMPTY_ITEMS: Final = re.compile(r"^(?:- *)+(?=- )|\n-$", re.M)

MAX_LENGTH: Final = 50_000
"""Maximum number of characters of HTML: parsing time is quadratic in the depth of tags."""


def plain_text(text: str) -> str:
    r"""Return the text as a browser shows it: no tags, entities decoded, a line for each block.

    List items begin with a dash. Parsing follows the HTML standard, so unclosed tags do no harm.
    Raises ValueError for HTML longer than ``MAX_LENGTH``.

    >>> plain_text("<p>Safety &amp; health:<ul><li>of  <i>workers</i></li><li>of others</ul>")
    'Safety & health:\n- of workers\n- of others'
    >>> plain_text("no markup,\n only  spaces")
    'no markup, only spaces'
    """
    if not _MARKUP.search(text):
        return " ".join(text.split())
    if len(text) > MAX_LENGTH:
        raise ValueError(f"{len(text)} characters of HTML, more than {MAX_LENGTH}: shorten it")
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    pieces: list[str] = []
    # Not recursive: tags may be nested deeper than Python's stack allows.
    stack: list[LexborNode | str | None] = [LexborHTMLParser(text).root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node is not None and node.tag == "-text":
            pieces.append(_SPACE.sub(" ", (node.text_content or "")))
        elif node is not None and node.tag not in _HIDDEN:
            if node.tag in _BLOCKS:
                pieces.append("\n- " if node.tag == "li" else "\n")
                stack.append("\n")
            stack.extend(reversed([*node.iter(include_text=True)]))
    lines = _AROUND_BREAK.sub("\n", _SPACE_BUT_BREAK.sub(" ", "".join(pieces)))
    return _EMPTY_ITEMS.sub("", _ITEM.sub("- ", lines.strip())).strip()
