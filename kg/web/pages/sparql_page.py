"""A form for SPARQL queries, with examples, and answers as tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.common.namespaces import PREFIXES
from kg.web.pages.cells import Reading
from kg.web.pages.html import render
from kg.web.pages.once import all_questions
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.store import Term

MOST_ROWS: Final = 500
_FIRST: Final = """SELECT ?committee ?name ?start WHERE {
    ?committee a std:TechnicalCommittee ; skos:prefLabel ?name ; std:start ?start
}
ORDER BY DESC(?start)
LIMIT 20"""


@dataclass(frozen=True)
class Rows:
    """The beginning of an answer: its columns and rows, and whether it goes on."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    more: bool


def show(
    graph: KnowledgeGraph,
    reader: Reader,
    query: str,
    example: str,
    answer: Rows | None,
    problem: str,
) -> str:
    """Return the page of a query with its answer; a canned question may be the ``example``."""
    question = all_questions().get(example)
    cells = None
    if answer is not None:
        reading = Reading.of(graph.store, answer.columns, answer.rows, reader.lang)
        cells = [[reading.cell(term) for term in row] for row in answer.rows]
    return render(
        reader,
        "sparql.html",
        query=query or (question.sparql.strip() if question else _FIRST),
        asked=bool(query),
        answer=answer,
        cells=cells,
        problem=problem,
        prefixes=PREFIXES,
        examples=[
            q
            for q in all_questions().values()
            if q.sparql and not any(p for p in q.params if not p.optional)
        ],
        most=MOST_ROWS,
    )
