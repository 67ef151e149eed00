"""Terms as text, and text made safe for a terminal or a page."""

from __future__ import annotations

import unicodedata
from typing import Final

import pyoxigraph as ox

from kg.store import Term

# Control characters, and lone surrogates, which can't be encoded.
_UNSAFE: Final = ("Cc", "Cs")
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def lexical(term: Term | None) -> str:
    """Return the text of a term: the IRI, the lexical form, ``_:b``; empty for None."""
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode) else term.value


def visible(text: str) -> str:
    """Return the text with control and bidirectional characters replaced.

    Data must not send escape sequences to a terminal or reverse the reading direction.
    """
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if char in _BIDI or (unicodedata.category(char) in _UNSAFE and char != "\n")
        else char
        for char in text
    )
