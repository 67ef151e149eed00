"""Terms as text."""

from __future__ import annotations

import pyoxigraph as ox

from kg.store import Term


def lexical(term: Term | None) -> str:
    """Return the text of a term: the IRI, the lexical form, ``_:b``; empty for None."""
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode) else term.value
