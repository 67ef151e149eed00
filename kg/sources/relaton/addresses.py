"""Addresses of the web as IRIs."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_ADDRESS: Final = re.compile(r"https?://[^\s/]+\.[^\s/]+(/.*)?", re.I)
_KEPT: Final = "!#$%&'()*+,/:;=?@[]~"


def address(text: str) -> EncodedTerm | None:
    """The node of an address, escaped where it must be; None for what is none.

    >>> address("https://example.org/a b{1}"), address("see the site")
    ('<https://example.org/a%20b%7B1%7D>', None)
    """
    text = text.strip()
    if not _ADDRESS.fullmatch(text):
        return None
    if ntriples.is_plain_iri(text):
        return ntriples.encode_iri(text)
    try:
        return ntriples.encode_iri(quote(text, safe=_KEPT))
    except ValueError:
        return None
