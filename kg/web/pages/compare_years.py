"""Two years side by side: what was published, set up and told of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.entities.lookup import bilingual_labels
from kg.web.pages.once import all_questions, lacking_data

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

YEAR: Final = re.compile(r"[12]\d{3}")
"""A year, as people type it."""
_BODIES: Final = 10
_PUBLISHED: Final = """
SELECT ?body ?year (COUNT(DISTINCT ?document) AS ?documents) WHERE {{
    {{
        SELECT ?document ?year WHERE {{
            ?document std:publicationDate ?date
            BIND(SUBSTR(STR(?date), 1, 4) AS ?year)
            FILTER(?year IN ("{one}", "{other}"))
        }}
    }}
    ?document std:publisher ?body
}}
GROUP BY ?body ?year"""
_SET_UP: Final = """
SELECT ?year (COUNT(DISTINCT ?committee) AS ?committees) WHERE {{
    ?committee a std:TechnicalCommittee ; std:start ?date
    BIND(SUBSTR(STR(?date), 1, 4) AS ?year)
    FILTER(?year IN ("{one}", "{other}"))
}}
GROUP BY ?year"""
_SET_UP_NAME: Final = Text("Committees set up", "成立的委员会")
_ASKED: Final = ("timeline", "events", "ballot", "figures")
"""Questions that may be asked of a year."""


@dataclass(frozen=True)
class Row:
    """A row: what is counted, its thing if it is one, and the number of each year.

    ``question`` has the whole, with these arguments besides the year.
    """

    name: Text
    iri: str
    counts: tuple[int, int]
    question: str = ""
    arguments: Mapping[str, str] | None = None


def compare_years(graph: KnowledgeGraph, one: str, other: str) -> tuple[Row, ...]:
    """Return the rows of two years; a body that published in neither has none."""
    store, years = graph.store, (one, other)
    published: dict[str, dict[str, int]] = {}
    for body, year, count in store.select(_PUBLISHED.format(one=one, other=other)).rows:
        if isinstance(body, ox.NamedNode) and year is not None and count is not None:
            published.setdefault(body.value, {})[year.value] = int(count.value)
    set_up = {
        year.value: int(count.value)
        for year, count in store.select(_SET_UP.format(one=one, other=other)).rows
        if year is not None and count is not None
    }
    rows = [Row(_SET_UP_NAME, "", (set_up.get(one, 0), set_up.get(other, 0)))]
    for name in _ASKED:
        question = all_questions()[name]
        if question.needs not in lacking_data(graph):
            first, second = (len(graph.ask(name, year=year)) for year in years)
            rows.append(Row(question.title, "", (first, second), name, {}))
    labels = bilingual_labels(store, published)
    ranked = sorted(published, key=lambda body: (-sum(published[body].values()), body))
    rows += [
        Row(
            labels[body],
            body,
            (published[body].get(one, 0), published[body].get(other, 0)),
            "published-by-year",
            {"body": f"<{body}>"},
        )
        for body in ranked[:_BODIES]
    ]
    return tuple(row for row in rows if any(row.counts))
