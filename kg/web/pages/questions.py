"""The canned questions as forms, and their answers as tables and bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from kg.common import resources
from kg.common.bilingual import Text
from kg.common.errors import ArgumentError, ResolutionError
from kg.common.namespaces import expand
from kg.entities.as_of import optional_day
from kg.queries.columns import column_headings
from kg.queries.families import FAMILIES, NEEDS
from kg.queries.questions import (
    answer_on,
    answer_question,
    bind_parameters,
    find_question,
    suggestions,
)
from kg.web.pages.answer_chart import answer_chart
from kg.web.pages.answer_graph import answer_graph, has_edges
from kg.web.pages.answer_map import answer_map, has_countries
from kg.web.pages.answer_table import read_answer
from kg.web.pages.answer_timeline import answer_timeline, date_column
from kg.web.pages.html import render
from kg.web.pages.once import all_questions, lacking_data
from kg.web.pages.outcomes import Refused
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.store import Term

EMBED: Final = "embed"
"""The parameter of an answer that stands in a page of others."""
_DRAWN: Final = 600
"""Rows that a picture is made of."""
_VIEWS: Final = {
    "table": Text("Table", "表"),
    "chart": Text("Chart", "条形图"),
    "map": Text("Map", "地图"),
    "graph": Text("Graph", "图"),
    "timeline": Text("Timeline", "时间线"),
}


def listing(graph: KnowledgeGraph, reader: Reader) -> str:
    """Return the page of all questions, by family."""
    lacking = lacking_data(graph)
    families = {
        family: [each for each in all_questions().values() if each.family == family]
        for family in FAMILIES
    }
    return render(reader, "questions.html", families=families, titles=FAMILIES, lacking=lacking)


def show(
    graph: KnowledgeGraph, reader: Reader, name: str, given: Mapping[str, str], start: int
) -> str | Refused:
    """Return the page of a question: its form and, with its arguments, its answer.

    ``given`` also says how the answer is drawn (``view``), and whether it is embedded elsewhere.
    """
    question = find_question(resources.queries(), name)
    arguments = {
        param.name: given[param.name].strip()
        for param in question.params
        if given.get(param.name, "").strip()
    }
    content: dict[str, Any] = {
        "question": question,
        "arguments": arguments,
        "family": FAMILIES[question.family],
        "needs": NEEDS[question.needs][0] if question.needs else None,
        "suggested": [],
        "problem": "",
        "picture": None,
        "chart": None,
        "map": None,
        "moments": (),
        "embedded": bool(given.get(EMBED)),
        "site": given.get("site", ""),
        "as_of": given.get("as_of", "").strip() if question.past else "",
    }
    ready = all(p.optional or p.default is not None or p.name in arguments for p in question.params)
    if not ready:
        return render(reader, "question.html", answer=None, **content)
    try:
        bound = bind_parameters(graph.store, question, arguments)
        day = optional_day(content["as_of"])
    except (ArgumentError, ResolutionError) as error:
        content["problem"] = str(error)
        return Refused(render(reader, "question.html", answer=None, **content))
    table = (
        answer_on(graph.store, question, bound, day, reader.lang)
        if day
        else answer_question(graph.store, question, bound)
    )
    if not table.rows:
        content["suggested"] = suggestions(resources.queries(), question, arguments)
    answer = read_answer(graph, question, table, start, reader.lang)
    headings = column_headings(table.columns, reader.lang, name)
    asked = [param.name for param in question.params]
    rows = table.rows[:_DRAWN]
    chart = None if answer.bars else answer_chart(graph.store, question, table, reader.lang, asked)
    offered = {
        "table": True,
        "chart": chart is not None,
        "map": has_countries(table, asked),
        "graph": has_edges(table.columns, rows),
        "timeline": date_column(table.columns, table.rows) is not None,
    }
    view = given.get("view", "")
    picture = (
        answer_graph(graph.store, reader, table.columns, rows, headings)
        if view == "graph"
        else None
    )
    drawn_map = (
        answer_map(graph.store, question, table, reader.lang, asked) if view == "map" else None
    )
    moments = (
        answer_timeline(graph.store, table.columns, table.rows, reader.lang, asked)
        if view == "timeline"
        else ()
    )
    content |= {
        "views": {key: _VIEWS[key] for key, is_there in offered.items() if is_there},
        "view": view if offered.get(view) else "table",
        "chart": chart if view == "chart" else None,
        "map": drawn_map,
        "picture": picture,
        "moments": moments,
    }
    names = {param: _shown(graph, term, reader.lang) for param, term in bound.items()}
    return render(reader, "question.html", answer=answer, names=names, **content)


def _shown(graph: KnowledgeGraph, term: Term, lang: str) -> str:
    return graph.label(term.value, lang) if expand(str(term)) else term.value
