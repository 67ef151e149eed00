"""Text made safe for a terminal or a page."""

from __future__ import annotations

import re
from typing import Final

# Control characters but tab and newline, lone surrogates, which can't be encoded, and the
# embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX #9).
_UNSAFE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_STYLE: Final = re.compile(r"(\x1b\[[012]m)")
"""Plain, bold and dim: the styles of the program's own output."""


def visible(text: str) -> str:
    """Return the text with control and bidirectional characters replaced.

    Data must not send escape sequences to a terminal or reverse the reading direction.
    """
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\t", " "))


def printable(text: str, *, styled: bool) -> str:
    """Return a whole output with the same characters replaced, but for tabs.

    ``styled`` keeps the sequences for plain, bold and dim, which can hide nothing.
    """
    parts = _STYLE.split(text) if styled else [text]
    # Every other part is a style.
    parts[::2] = [_UNSAFE.sub("\N{REPLACEMENT CHARACTER}", part) for part in parts[::2]]
    return "".join(parts)
