"""Notes on which records of a catalogue state a value, where this is not the default.

All statements of a catalogue share a graph, and a thing leads to its records by
``prov:wasDerivedFrom``. By default every record of a thing states what its graph says of the thing,
and no other record does. Each exception is one triple whose subject is the record ``r`` and whose
property is made of a kind of note and the property ``p`` of the statement:

========================  =====================================================================
``r omits:p o``           of the record's own thing it does not state ``p o``
``r states:p o``          it does, where this is not the default
``r states-of:p s``       it states ``s p t`` of its own thing ``t``, as in "obsoleted by s"
``r omits-of:p s``        it does not, where this is the default
========================  =====================================================================

A record with both ``states-of:p s`` and ``states:p o`` states ``s p o`` of two other things.

The default differs for relations that a catalogue lists mostly at the other end. The catalogue's
graph says so of a property: ``std:statedByObject`` (records of the object state it) and
``std:notStatedBySubject`` (records of the subject do not). It also declares the properties of
its notes, so that a query need not know their names: ``omits:p std:omitsProperty p``, and so on
with ``std:statesProperty``, ``std:statesPropertyOf`` and ``std:omitsPropertyOf``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import PREFIXES, compact, node

STATES: Final = "states"
OMITS: Final = "omits"
STATES_OF: Final = "states-of"
OMITS_OF: Final = "omits-of"

STATED_BY_OBJECT: Final = node("std:statedByObject")
NOT_STATED_BY_SUBJECT: Final = node("std:notStatedBySubject")
DERIVED_FROM: Final = node("prov:wasDerivedFrom")


@lru_cache(maxsize=1024)
def note_property(kind: str, property_: str) -> ox.NamedNode:
    """Return the property of a note of a kind about a property (IRI).

    Raises ValueError for a property outside the namespaces of :mod:`kg.common.namespaces`.

    >>> note_property(OMITS, "https://w3id.org/stdkg/ontology#edition")
    <NamedNode value=https://w3id.org/stdkg/omits/std-edition>
    """
    prefix, colon, local = compact(property_).partition(":")
    if not colon or prefix.startswith("<"):
        raise ValueError(f"{property_} is in no namespace of the project")
    return ox.NamedNode(f"{PREFIXES[kind]}{prefix}-{local}")


DECLARED_KINDS: Final = {
    STATES: node("std:statesProperty"),
    OMITS: node("std:omitsProperty"),
    STATES_OF: node("std:statesPropertyOf"),
    OMITS_OF: node("std:omitsPropertyOf"),
}
"""The properties that declare the properties of notes, by kind."""


def noted_property(note: str) -> tuple[ox.NamedNode, ox.NamedNode] | None:
    """Return how the property of a note is declared: the kind of note, and the property noted.

    Returns None for the IRI of any other property.

    >>> noted_property("https://w3id.org/stdkg/omits/std-edition")
    (<NamedNode value=https://w3id.org/stdkg/ontology#omitsProperty>, <NamedNode value=https://w3id.org/stdkg/ontology#edition>)
    """
    prefix, _, rest = compact(note).partition(":")
    if prefix not in DECLARED_KINDS:
        return None
    namespace, _, local = rest.partition("-")
    return DECLARED_KINDS[prefix], node(f"{namespace}:{local}")
