"""IRIs in place of blank nodes, the same in every run.

RDF 1.1 Concepts, section 3.5 (https://www.w3.org/TR/rdf11-concepts/#section-skolemization). Labels
of blank nodes mean nothing outside a store; those of the canonical form (RDFC-1.0,
https://www.w3.org/TR/rdf-canon/) depend on the statements about them alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

import pyoxigraph as ox

from kg.common.namespaces import BASE

SKOLEM: Final = BASE + ".well-known/genid/"

_T = TypeVar("_T")


def has_blank_nodes(quad: ox.Quad) -> bool:
    """Return whether a quad names a blank node."""
    terms = (quad.subject, quad.object, quad.graph_name)
    return any(isinstance(term, ox.BlankNode) for term in terms)


def skolemize(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield quads with IRIs in place of blank nodes.

    ``quads`` must be all quads with blank nodes that hang together: equal ones get equal IRIs.
    """
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    # Named after the whole, so that other content doesn't get the same IRIs.
    text = "\n".join(sorted(map(str, dataset)))
    home = f"{SKOLEM}{hashlib.sha256(text.encode()).hexdigest()[:16]}/"

    def named(term: _T) -> _T | ox.NamedNode:
        return ox.NamedNode(home + term.value) if isinstance(term, ox.BlankNode) else term

    for quad in dataset:
        yield ox.Quad(
            named(quad.subject), quad.predicate, named(quad.object), named(quad.graph_name)
        )
