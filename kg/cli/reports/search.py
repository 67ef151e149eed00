"""Output of ``kg search``: hits with kind, matched name and title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.cli.reports.columns import for_people
from kg.cli.terminal import FOR_PEOPLE
from kg.common.namespaces import CLAIM, compact
from kg.entities.hit_words import explain_hit
from kg.store import Store, Table
from kg.tables import add_labels, render_table

if TYPE_CHECKING:
    from kg.entities.search import Hit


def hits(store: Store, hits: Sequence[Hit], format: str, lang: str) -> str:
    """Return a table of entities, each with its kind, the name that matched and its title."""
    entities = [ox.NamedNode(hit.iri) for hit in hits]
    kinds = [ox.NamedNode(hit.kind) if hit.kind else None for hit in hits]
    rows = tuple(
        (
            entity,
            kind,
            ox.Literal(hit.name),
            # Omitted if the title itself matched.
            ox.Literal(title) if (title := hit.title.of(lang)) not in ("", hit.name) else None,
            ox.Literal(explain_hit(hit, lang)),
        )
        for entity, kind, hit in zip(entities, kinds, hits, strict=True)
    )
    table = add_labels(store, Table(("thing", "kind", "name", "title", "match"), rows), lang)
    if format not in FOR_PEOPLE:
        return render_table(table, format, lang)
    # A claim's label is its phrase and source: shared by all claims on one phrase, and repeated
    # in the column of names.
    claims = {node: compact(node.value) for node in entities if node.value.startswith(CLAIM)}
    table = replace(table, labels={**table.labels, **claims})
    return render_table(for_people(table, lang, "search"), format, lang)
