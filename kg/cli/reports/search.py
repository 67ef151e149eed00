"""What ``kg search`` prints: hits with kind, matched name and title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.cli.reports.columns import FOR_PEOPLE, for_people
from kg.common.bilingual import Text
from kg.common.namespaces import CLAIM, compact
from kg.store import Store, Table
from kg.tables import decorate, render

if TYPE_CHECKING:
    from kg.entities.search import Hit


_MATCHES: Final = {
    "same": Text("the same", "相同"),
    "designates": Text("is designated by it", "编号相符"),
    "begins": Text("begins with it", "以其开头"),
    "contains": Text("contains it", "包含"),
    "words": Text("contains all its words", "包含全部词语"),
    "similar": Text("similar", "相近"),
}


def hits(store: Store, found: Sequence[Hit], format: str, lang: str) -> str:
    """What a search found: each thing with its kind, the name that fits and the title."""
    things = [ox.NamedNode(hit.iri) for hit in found]
    kinds = [ox.NamedNode(hit.kind) if hit.kind else None for hit in found]
    rows = tuple(
        (
            thing,
            kind,
            ox.Literal(hit.name),
            # Whoever found the title, and what has none, needs no second one.
            ox.Literal(title) if (title := hit.title.of(lang)) not in ("", hit.name) else None,
            ox.Literal(_MATCHES[hit.match].of(lang)),
        )
        for thing, kind, hit in zip(things, kinds, found, strict=True)
    )
    table = decorate(store, Table(("thing", "kind", "name", "title", "match"), rows), lang)
    if format not in FOR_PEOPLE:
        return render(table, format, lang)
    # The label of a claim is its phrase and source, and the same for all claims on one phrase;
    # it stands in the column of names anyway.
    claims = {thing: compact(thing.value) for thing in things if thing.value.startswith(CLAIM)}
    table = replace(table, labels={**table.labels, **claims})
    return render(for_people(table, lang), format, lang)
