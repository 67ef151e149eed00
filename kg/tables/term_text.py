"""Terms as text."""

from __future__ import annotations

import pyoxigraph as ox

from kg.store import Term


def lexical(term: Term | None) -> str:
    """Return the text of a term: the IRI, the lexical form, else as in Turtle; empty for None."""
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
