"""Where sources conflict, both stand: too many values are a fault only within one source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from kg.store import Store
from kg.validation.shacl import SH, Report, Result

_MAX_COUNT: Final = "MaxCountConstraintComponent"
_MESSAGES: Final = (
    ("en", "The sources conflict: each value stands with its source."),
    ("zh", "各来源说法不一：各值均连同其来源保留。"),
)
_STATED: Final = """
SELECT DISTINCT ?focus ?path ?value ?source WHERE {
    GRAPH ?graph { ?focus ?path ?value }
    FILTER NOT EXISTS { ?graph a std:Catalogue }
    FILTER(?graph != <graph/derived/catalogues>)
    OPTIONAL { ?graph std:evidence/oa:hasSource ?source }
}
"""


def settle(store: Store, shapes: Iterable[ox.Triple], report: Report) -> Report:
    """Turn each ``sh:maxCount`` violation that no single source commits into a warning.

    Takes the store that was validated, its shapes and the report; gives a report in which such
    results have the severity ``sh:Warning`` and say that the sources conflict.
    """
    maximum = {
        triple.subject: int(triple.object.value)
        for triple in shapes
        if triple.predicate.value == SH + "maxCount" and isinstance(triple.object, ox.Literal)
    }
    return Report(
        report.engine,
        tuple(
            replace(result, severity=SH + "Warning", messages=_MESSAGES)
            if result.component == _MAX_COUNT
            and _only_together(store, result, maximum[ox.NamedNode(result.shape)])
            else result
            for result in report.results
        ),
    )


def _only_together(store: Store, result: Result, maximum: int) -> bool:
    if not result.path:
        return False
    bindings = {"focus": result.focus, "path": ox.NamedNode(result.path)}
    values: dict[object, set[object]] = {}
    for _, _, value, source in store.select(_STATED, bindings).rows:
        values.setdefault(source, set()).add(value)
    return None not in values and all(len(stated) <= maximum for stated in values.values())
