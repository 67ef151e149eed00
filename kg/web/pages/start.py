"""The first page: what this is, the whole at a glance, questions with answers, the article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.bilingual import Text
from kg.common.errors import KgError
from kg.pictures.charts.chart import Chart
from kg.pictures.charts.overview.counts import OverviewCounts
from kg.pictures.charts.overview.wording import STATUSES
from kg.pipeline.build import quad_count
from kg.queries.columns import column_headings
from kg.queries.questions import answer_question, bind_parameters
from kg.queries.views import find_view
from kg.web.pages.article import article_sources
from kg.web.pages.cells import BESIDE, Cell, row_cells
from kg.web.pages.html import render
from kg.web.pages.once import all_questions, newest_snapshot
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_BODIES: Final = 12
_ASKED: Final = 5
_CELLS: Final = 4
WORTH_ASKING: Final[tuple[tuple[str, Mapping[str, str]], ...]] = (
    ("committee-history", {"committee": "ISO/TC 321"}),
    ("support", {"thing": "<iso/tc/321/proposal>"}),
    ("member-ranks", {}),
    ("what-came-of-it", {}),
    ("most-amended", {}),
    ("reform-results", {}),
    ("firsts", {}),
    ("conflicts", {}),
)
"""Questions with arguments; the first five that have an answer in a graph are shown."""
_CLAIMS: Final = "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?c a std:Claim }"


@dataclass(frozen=True)
class Body:
    """A publishing body with the number of its documents by status."""

    iri: str
    name: Text
    documents: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of its documents."""
        return sum(self.documents.values())


@dataclass(frozen=True)
class Glance:
    """The whole at a glance: counts of all catalogues, and the largest bodies."""

    documents: int
    bodies: tuple[Body, ...]
    body_count: int
    countries: int
    fields: int


@dataclass(frozen=True)
class Event:
    """A row of the timeline: date in words, what (IRI and name), and its kind of date."""

    when: Text
    iri: str
    name: Text
    kind: Text


@dataclass(frozen=True)
class Answered:
    """A question with arguments, the first row of its answer by heading, and how many there are."""

    name: str
    title: Text
    arguments: Mapping[str, str]
    row: tuple[tuple[str, Cell], ...]
    count: int


def glance(graph: KnowledgeGraph) -> Glance:
    """Count the catalogues by the view ``overview``; takes seconds for millions of triples."""
    counts = OverviewCounts.load(graph.store, find_view(resources.queries() / "views", "overview"))
    ranked = counts.ranked("bodies")
    bodies = (
        Body(iri, counts.short_and_full_name(iri)[0], counts.counts["bodies"][iri])
        for iri in ranked[:_BODIES]
    )
    return Glance(
        counts.documents,
        tuple(bodies),
        len(ranked),
        len(counts.counts["countries"]),
        len(counts.counts["fields"]),
    )


def events(graph: KnowledgeGraph) -> tuple[Event, ...]:
    """Return the timeline of the articles."""
    chart = graph.view("timeline").content
    rows = chart.rows if isinstance(chart, Chart) else ()
    return tuple(
        Event(when.text, what.iri, what.text, kind.text)
        for when, what, kind in (r.cells for r in rows)
    )


def start(
    graph: KnowledgeGraph,
    reader: Reader,
    counted: Glance | None,
    timeline: tuple[Event, ...],
    questions: tuple[Answered, ...],
) -> str:
    """Return the first page; without counts while they are being made."""
    return render(
        reader,
        "start.html",
        glance=counted,
        statuses=STATUSES,
        timeline=timeline,
        questions=questions,
        articles=article_sources(graph),
        catalogues=graph.catalogues,
        statements=quad_count(graph.store),
        claims=int(_number(graph.store.select(_CLAIMS).rows)),
        snapshot=newest_snapshot(graph),
    )


def _number(rows: tuple[tuple[object, ...], ...]) -> str:
    value = rows[0][0]
    return value.value if isinstance(value, ox.Literal) else "0"


def answered(graph: KnowledgeGraph, lang: str) -> tuple[Answered, ...]:
    """Return the questions worth asking that this graph answers."""
    found = []
    for name, arguments in WORTH_ASKING:
        question = all_questions()[name]
        try:
            bound = bind_parameters(graph.store, question, arguments)
        except KgError:
            # The graph lacks the catalogue, or the thing, that it asks about.
            continue
        table = answer_question(graph.store, question, bound)
        if not table.rows:
            continue
        headings = column_headings(table.columns, lang, name)
        cells = row_cells(graph.store, table, table.rows[0], lang)
        shown = [
            (headings[column], cell)
            for column, cell in cells
            if column not in BESIDE and column not in arguments
        ]
        found.append(
            Answered(name, question.title, arguments, tuple(shown[:_CELLS]), len(table.rows))
        )
        if len(found) == _ASKED:
            break
    return tuple(found)
