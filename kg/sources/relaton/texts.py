"""Texts of records, cleaned; what had to be mended is told by the code of the mending."""

from __future__ import annotations

import html
import re
from typing import Final

from kg.sources.html_text import plain

_TAG: Final = re.compile(
    r"</?(a|abbr|b|br|div|em|font|i|li|ol|p|small|span|strong|sub|sup|u|ul)\b[^<>]*>", re.I
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,6}|#x[\da-f]{1,6}|[a-z]\w{1,30});", re.I)
# No form of XML holds them, and no reader sees them.
_CONTROL: Final = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")
_BLOCKS: Final = frozenset(("br", "div", "li", "p"))


def clean(text: str, mended: set[str]) -> str:
    """A text without tags, entities, control characters, padding and doubled spaces.

    Only what is a tag of HTML goes: a phrase in angle brackets may be a part of a title.

    >>> mended: set[str] = set()
    >>> clean("CO<sub>2</sub>\u3000&amp;  H2O <write once>", mended), sorted(mended)
    ('CO2 & H2O <write once>', ['markup'])
    >>> clean(f"OIML{chr(3)} Bulletin", set())
    'OIML Bulletin'
    """
    if "<" in text or "&" in text:
        bare = _TAG.sub(lambda tag: " " if tag[1].lower() in _BLOCKS else "", text)
        bare = _ENTITY.sub(lambda entity: html.unescape(entity[0]), bare)
        if bare != text:
            mended.add("markup")
            return " ".join(_CONTROL.sub("", bare).split())
    elif text.isprintable() and "  " not in text and text.strip() == text:
        # Signs of control and spaces but the common one are not printable.
        return text
    spaced = " ".join(_CONTROL.sub("", text).split())
    if spaced != text:
        mended.add("spacing")
    return spaced


def abstract(text: str) -> str:
    """An abstract as plain text, a line for each block.

    One too long for the parser of HTML is cleaned without it.
    """
    try:
        return plain(text)
    except ValueError:
        return clean(text, set())
