"""Read HTML: a passage for each block, as a browser shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.scanning.passages import Passage

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCKS: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "option", "select"),
    )
)
_HIDDEN: Final = frozenset(("head", "script", "style", "template", "noscript", "svg"))
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_META: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
# What browsers read under these names (WHATWG Encoding Standard).
_LARGER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "windows-1252",
    "shift-jis": "shift_jis",
}
_HEAD: Final = 4096


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a ``meta`` element declares; None without one."""
    match = _META.search(data[:_HEAD])
    if match is None:
        return None
    name = match[1].decode("ascii").lower()
    return _LARGER.get(name, name)


def passages(text: str) -> list[Passage]:
    r"""Return the texts of the blocks of an HTML document, with spaces as a browser shows them.

    >>> [passage.text for passage in passages("<p>See <b>ISO</b>&nbsp;9001<script>x</script></p>")]
    ['See ISO\xa09001']
    """
    from selectolax.lexbor import LexborHTMLParser

    blocks: list[str] = [""]
    columns: list[str] = [""]
    row: list[int] = []
    tables = 0
    stack: list[LexborNode | str | None] = [LexborHTMLParser(text).root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            blocks.append("")
            columns.append("")
        elif node is not None and node.tag == "-text":
            blocks[-1] += _SPACE.sub(" ", node.text_content or "")
        elif node is not None and node.tag not in _HIDDEN:
            if node.tag == "br":
                blocks[-1] += "\n"
            if node.tag == "table":
                tables += 1
            if node.tag == "tr":
                row = [0]
            if node.tag in _BLOCKS:
                blocks.append("")
                columns.append("")
                stack.append("")
            if node.tag in ("td", "th") and row:
                row[0] += 1
                columns[-1] = f"table {tables}, column {row[0]}"
            stack.extend(reversed([*node.iter(include_text=True)]))
    found: list[Passage] = []
    offset = 0
    for block, column in zip(blocks, columns, strict=True):
        bare = re.sub(r" ?\n ?", "\n", block).strip()
        if bare:
            found.append(Passage(bare, len(found) + 1, 0, offset, column, column))
            offset += len(bare) + 1
    return found
