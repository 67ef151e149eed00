"""Terms as text, and which signs of a text are shown."""

from __future__ import annotations

import unicodedata
from typing import Final

import pyoxigraph as ox

from kg.store import Term

# Control characters, and lone surrogates, which no encoding can hold.
_STEERING: Final = ("Cc", "Cs")
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def lexical(term: Term | None) -> str:
    """The text of a term: the IRI, the lexical form, ``_:b``; empty for an empty cell."""
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode) else term.value


def visible(text: str) -> str:
    """The text without the signs by which data could steer a terminal or a page."""
    # Data must not steer the terminal: no escape sequences, no reversal of the reading direction.
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if sign in _BIDI or (unicodedata.category(sign) in _STEERING and sign != "\n")
        else sign
        for sign in text
    )
