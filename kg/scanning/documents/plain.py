"""Read text and Markdown: paragraphs of lines."""

from __future__ import annotations

import re
from typing import Final

from kg.common.errors import ArgumentError, SourceError
from kg.common.line_breaks import cell_width
from kg.scanning.passages import LINE_END, Passage

_BOMS: Final = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb\xbf": "utf-8-sig",
}
_GUESSES: Final = ("gb18030", "shift_jis", "euc_jp", "big5", "windows-1252")
_KANA: Final = re.compile("[\u3040-\u30ff\u3001\u3002]")
# The most common characters of Chinese texts; in a wrong encoding rare ones appear.
_COMMON: Final = re.compile("[的一是不了在有人和中大为国标准定本和应与及规范用行要，。：、（）]")
_WESTERN: Final = 4
"""In texts of Western Europe fewer than one character in so many is beyond ASCII."""
_ITEM: Final = re.compile(
    r"\s*(?:[-*+•·●–—]\s|\d{1,3}[.)、]\s|[(（]\d{1,3}[)）]|\[\d{1,4}\]|[a-z][.)]\s|#{1,6}\s|\||>"
    r"|第.{1,5}[条章节]\s)"
)
_GOES_ON: Final = re.compile(r"(?:\b[A-Z]{2,}|[/-]|\b[A-Z]+/[A-Z]+)$")
"""What a line ends with in the middle of a designation."""
_SHORT: Final = 30
_LONG: Final = 160
"""Widths of a line, in columns, below and above which it ends a paragraph."""


def decode(name: str, data: bytes, encoding: str | None = None) -> str:
    """Decode a text; SourceError names the encoding that it may have instead of UTF-8."""
    own = next((found for bom, found in _BOMS.items() if data.startswith(bom)), None)
    wanted = encoding if own is None else own
    try:
        text = data.decode(wanted or "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        said = (wanted or "utf-8").upper().removesuffix("-SIG")
        at = f"{name}:{line}"
        if not encoding and (guess := _guess(data)):
            raise SourceError(
                f"{at}: not {said} at byte {error.start}: give --encoding {guess}, which it may be"
            ) from error
        raise SourceError(
            f"{at}: not {said} at byte {error.start}: give its encoding with --encoding"
        ) from error
    except (LookupError, ValueError) as error:
        raise ArgumentError(
            f"no encoding {encoding!r}: give one such as utf-8, gb18030 or shift_jis"
        ) from error
    if text.count("\0") > len(text) // 10:
        raise SourceError(f"{name}: not text, or UTF-16 without a mark: give --encoding utf-16-le")
    return text


def _guess(data: bytes) -> str:
    """Return the encoding in which most characters are common ones; empty for none."""
    scores = {}
    for encoding in _GUESSES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        others = sum(char > "\x7f" for char in text) or 1
        found = len(_KANA.findall(text)) + len(_COMMON.findall(text))
        scores[encoding] = found / others
    best = max(scores, key=lambda encoding: scores[encoding], default="")
    western = sum(byte > 0x7F for byte in data) < len(data) // _WESTERN  # noqa: PLR2004
    return "windows-1252" if western and not scores.get(best) else best


def passages(text: str) -> list[Passage]:
    r"""Return the paragraphs of a text, parted by blank lines, list items and short lines.

    >>> [passage.text for passage in passages("See ISO\n\n- one\n- two\n")]
    ['See ISO', '- one', '- two']
    """
    return list(_joined(text, 0))


def page_passages(text: str, page: int, offset: int) -> list[Passage]:
    """Return the paragraphs of a page, whose text begins at an offset of the document's."""
    return list(_joined(text, offset, page))


def _joined(text: str, offset: int, page: int = 0) -> list[Passage]:
    found: list[Passage] = []
    start = end = -1
    at = 0
    number = first = 1
    ends = False
    for line in text.splitlines(keepends=True):
        bare = line.rstrip()
        if not bare or (start >= 0 and (_is_new(ends, line) or _ITEM.match(line))):
            _add(found, text, start, end, offset, page, first)
            start = -1
        if bare:
            if start < 0:
                start, first = at, number
            end = at + len(bare)
            width = cell_width(bare)
            # Longer lines aren't wrapped: each is a paragraph.
            ends = width > _LONG or (width < _SHORT and not _GOES_ON.search(bare))
        at += len(line)
        # Not each of splitlines: a form feed ends a page, but no line.
        number += LINE_END.search(line) is not None
    _add(found, text, start, end, offset, page, first)
    return found


def _is_new(ends: bool, line: str) -> bool:
    return ends and not line[:1].isspace()


def _add(
    found: list[Passage], text: str, start: int, end: int, offset: int, page: int, line: int
) -> None:
    if start >= 0:
        own = text[start:end]
        found.append(Passage(own, len(found) + 1, page, offset + start, line=line))
