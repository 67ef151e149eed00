"""Conflicts between sources: too many values are a violation only within one source."""

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
_VALUES: Final = """
SELECT DISTINCT ?focus ?path ?value ?source WHERE {
    GRAPH ?graph { ?focus ?path ?value }
    FILTER NOT EXISTS { ?graph a std:Catalogue }
    FILTER(?graph != <graph/derived/catalogues>)
    OPTIONAL { ?graph std:evidence/oa:hasSource ?source }
}
"""


def downgrade_conflicts(store: Store, shapes: Iterable[ox.Triple], report: Report) -> Report:
    """Return the report with ``sh:maxCount`` violations between sources as warnings.

    ``store`` is the validated store. A violation remains if a single source states too many values;
    any other becomes a warning (``sh:Warning``) that the sources conflict.
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
            and _is_source_conflict(store, result, maximum[ox.NamedNode(result.shape)])
            else result
            for result in report.results
        ),
    )


def _is_source_conflict(store: Store, result: Result, maximum: int) -> bool:
    """Return whether every value has a source, and no source states more than the maximum."""
    if not result.path:
        return False
    bindings = {"focus": result.focus, "path": ox.NamedNode(result.path)}
    values: dict[object, set[object]] = {}
    for _, _, value, source in store.select(_VALUES, bindings).rows:
        values.setdefault(source, set()).add(value)
    return None not in values and all(len(stated) <= maximum for stated in values.values())
