"""What the catalogues count of two things side by side, from canned questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.errors import KgError
from kg.common.namespaces import compact
from kg.entities.index import name_index
from kg.entities.lookup import bilingual_labels
from kg.queries.questions import answer_question, bind_parameters
from kg.web.pages.once import all_questions

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_RANKS: Final = "country-rank"
_SUMS: Final[Mapping[str, tuple[str, str]]] = {
    "std:TechnicalCommittee": ("committee-years", "committee"),
    "std:StandardsBody": ("published-by-year", "body"),
}
"""Questions that count documents by year, and their parameter, by class."""
_COUNTS: Final = {
    "documents": Text("Documents published", "发布的文件"),
    "current": Text("Current documents", "现行文件"),
}
_RANK: Final = Text("rank {rank} of {of}", "第{rank}位，共{of}个")


@dataclass(frozen=True)
class Figure:
    """A number, a note such as its rank, and the question with the whole answer."""

    value: int
    note: Text
    question: str
    arguments: Mapping[str, str]


def compare_figures(
    graph: KnowledgeGraph, pair: tuple[str, str]
) -> list[tuple[Text, list[Figure | None]]]:
    """Return rows of a name and the figures of two entities (IRIs); an unknown one is None."""
    rows: dict[Text, list[Figure | None]] = {}
    for place, entity in enumerate(pair):
        for name, figure in _figures(graph, entity):
            rows.setdefault(name, [None, None])[place] = figure
    return list(rows.items())


def _figures(graph: KnowledgeGraph, entity: str) -> Iterator[tuple[Text, Figure]]:
    names = name_index(graph.store)
    kind_set = names.kind_sets.get(names.status(entity).kind)
    kinds = {compact(each) for each in kind_set.every} if kind_set else set()
    if "std:AdministrativeArea" in kinds:
        rows = _rows(graph, _RANKS, "country", entity)
        labels = bilingual_labels(graph.store, {row["role"].value for row in rows})
        for row in rows:
            texts = {lang: _RANK.of(lang).format(**_plain(row)) for lang in ("en", "zh")}
            figure = Figure(
                int(row["committees"].value), Text(**texts), _RANKS, {"country": _short(entity)}
            )
            yield labels[row["role"].value], figure
    for kind, (question, param) in _SUMS.items():
        if kind in kinds:
            rows = _rows(graph, question, param, entity)
            for column, name in _COUNTS.items() if rows else ():
                total = sum(int(row[column].value) for row in rows)
                yield name, Figure(total, Text("", ""), question, {param: _short(entity)})


def _rows(
    graph: KnowledgeGraph, name: str, param: str, entity: str
) -> list[dict[str, ox.NamedNode | ox.Literal]]:
    question = all_questions()[name]
    try:
        bound = bind_parameters(graph.store, question, {param: f"<{entity}>"})
    except KgError:
        # The graph lacks the catalogue that the question needs.
        return []
    return answer_question(graph.store, question, bound).as_dicts()


def _plain(row: Mapping[str, ox.NamedNode | ox.Literal]) -> dict[str, str]:
    return {name: term.value for name, term in row.items()}


def _short(entity: str) -> str:
    return compact(entity).strip("<>")
