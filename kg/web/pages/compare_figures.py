"""What the catalogues count of two things side by side, from canned questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.entities.lookup import bilingual_labels
from kg.web.pages.groups import classes_of
from kg.web.pages.once import all_questions, rows_about

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
    kinds = classes_of(graph.store, entity)
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
    table = rows_about(graph, all_questions()[name], param, entity)
    return table.as_dicts() if table else []


def _plain(row: Mapping[str, ox.NamedNode | ox.Literal]) -> dict[str, str]:
    return {name: term.value for name, term in row.items()}


def _short(entity: str) -> str:
    return compact(entity).strip("<>")
