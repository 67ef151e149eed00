"""Properties of which a thing has one value: several are a conflict between sources."""

from __future__ import annotations

from functools import cache
from typing import Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.namespaces import compact
from kg.validation.shacl import SH
from kg.validation.shapes import read_shapes

_MAX_COUNT: Final = SH + "maxCount"
_PATH: Final = SH + "path"


@cache
def single_valued() -> frozenset[str]:
    """Return the properties (compact IRIs) that the shapes allow one value for."""
    triples = read_shapes(resources.ontology() / "shapes")
    limited = {
        triple.subject
        for triple in triples
        if triple.predicate.value == _MAX_COUNT and triple.object == ox.Literal(1)
    }
    return frozenset(
        compact(triple.object.value)
        for triple in triples
        if triple.predicate.value == _PATH
        and triple.subject in limited
        and isinstance(triple.object, ox.NamedNode)
    )
