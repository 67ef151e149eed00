"""The forms in which the store keeps literals.

pyoxigraph stores many literals by value, and so writes 0042 as 42, 24:00:00 as 00:00:00, a double
out of range as INF, and a value of a type derived from xsd:integer as an xsd:integer.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import compact, node

_KEPT_AS_WRITTEN: Final = frozenset((node("xsd:string"), node("rdf:langString")))
_PROPERTY: Final = node("rdf:value")


def stored_forms(terms: Iterable[object]) -> dict[ox.Literal, ox.Literal]:
    """Map the literals among some terms that the store writes otherwise to their stored forms."""
    literals = list(
        dict.fromkeys(
            term
            for term in terms
            if isinstance(term, ox.Literal) and term.datatype not in _KEPT_AS_WRITTEN
        )
    )
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"n:{number}"), _PROPERTY, literal)
        for number, literal in enumerate(literals)
    )
    forms = {}
    for quad in store:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            literal = literals[int(quad.subject.value.removeprefix("n:"))]
            if quad.object != literal:
                forms[literal] = quad.object
    return forms


def kind_of_change(literal: ox.Literal, form: ox.Literal) -> str:
    """Return the kind by which a literal in another form is counted: its type, and what it lost."""
    datatype = compact(literal.datatype.value)
    if form.datatype != literal.datatype:
        return f"{datatype}, as {compact(form.datatype.value)}"
    if datatype not in ("xsd:double", "xsd:float"):
        return datatype
    try:
        exact = Decimal(literal.value) == Decimal(form.value.replace("INF", "Infinity"))
    except InvalidOperation:
        return datatype
    return datatype if exact else f"{datatype}, rounded"
