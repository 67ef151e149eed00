"""The canned questions as forms, and their answers as tables and bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.common import resources
from kg.common.errors import ArgumentError, ResolutionError
from kg.common.namespaces import expand
from kg.queries.columns import column_headings
from kg.queries.families import FAMILIES, NEEDS
from kg.queries.questions import answer_question, bind_parameters, find_question, suggestions
from kg.tables.columns import is_number
from kg.web.pages.cells import Cell, Reading
from kg.web.pages.html import render
from kg.web.pages.once import all_questions, lacking_data
from kg.web.pages.outcomes import Refused
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.queries.questions import Question
    from kg.store import Table, Term

_PAGE: Final = 50
_YEARS: Final = ("year",)
_FEWEST_BARS: Final = 3
_MOST_BARS: Final = 150


@dataclass(frozen=True)
class Bars:
    """Numbers by year: first and last year, the largest number, and the number of each year."""

    heading: str
    largest: int
    numbers: tuple[tuple[int, int], ...]

    @property
    def first(self) -> int:
        """The first year."""
        return self.numbers[0][0]

    @property
    def last(self) -> int:
        """The last year."""
        return self.numbers[-1][0]


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
    """Return the page of a question: its form and, with its arguments, its answer."""
    question = find_question(resources.queries(), name)
    arguments = {
        param.name: given[param.name].strip()
        for param in question.params
        if given.get(param.name, "").strip()
    }
    content = {
        "question": question,
        "arguments": arguments,
        "family": FAMILIES[question.family],
        "needs": NEEDS[question.needs][0] if question.needs else None,
        "suggested": [],
        "problem": "",
    }
    ready = all(p.optional or p.default is not None or p.name in arguments for p in question.params)
    if not ready:
        return render(reader, "question.html", answer=None, **content)
    try:
        bound = bind_parameters(graph.store, question, arguments)
    except (ArgumentError, ResolutionError) as error:
        content["problem"] = str(error)
        return Refused(render(reader, "question.html", answer=None, **content))
    table = answer_question(graph.store, question, bound)
    if not table.rows:
        content["suggested"] = suggestions(resources.queries(), question, arguments)
    answer = _answer(graph, question, table, start, reader.lang)
    names = {param: _shown(graph, term, reader.lang) for param, term in bound.items()}
    return render(reader, "question.html", answer=answer, names=names, **content)


@dataclass(frozen=True)
class Answer:
    """A part of an answer: headings, rows of cells, which columns are numbers, and bars by year."""

    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    largest: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    start: int
    total: int
    size: int
    bars: Bars | None


def _answer(
    graph: KnowledgeGraph, question: Question, table: Table, start: int, lang: str
) -> Answer:
    listed = table.rows[start : start + _PAGE]
    # A parameter has the same value in every row: it stands above.
    fixed = {param.name for param in question.params}
    places = [
        place
        for place, column in enumerate(table.columns)
        if any(row[place] is not None for row in table.rows)
        and not (column in fixed and len({row[place] for row in table.rows}) == 1 < len(table.rows))
    ]
    headings = column_headings(table.columns, lang, question.name)
    reading = Reading.of(graph.store, table.columns, listed, lang)
    numbers = [[row[place] for row in table.rows] for place in places]
    numeric = tuple(all(each is None or is_number(each) for each in column) for column in numbers)
    return Answer(
        tuple(headings[table.columns[place]] for place in places),
        numeric,
        tuple(
            max((float(each.value) for each in column if each is not None), default=0) if is_ else 0
            for column, is_ in zip(numbers, numeric, strict=True)
        ),
        tuple(tuple(reading.cell(row[place]) for place in places) for row in listed),
        start,
        len(table.rows),
        _PAGE,
        _bars(table, headings),
    )


def _bars(table: Table, headings: Mapping[str, str]) -> Bars | None:
    """Return the first number of each year, if each row is about another year."""
    year = next((place for place, column in enumerate(table.columns) if column in _YEARS), None)
    counts = [
        place
        for place in range(len(table.columns))
        if place != year and table.rows and all(_is_count(row[place]) for row in table.rows)
    ]
    if year is None or not counts or not _FEWEST_BARS <= len(table.rows) <= _MOST_BARS:
        return None
    found: dict[int, int] = {}
    for row in table.rows:
        first, count = row[year], row[counts[0]]
        text = first.value[:4] if first is not None else ""
        if count is None or not text.isdecimal() or int(text) in found:
            return None
        found[int(text)] = int(count.value)
    heading = headings[table.columns[counts[0]]]
    return Bars(heading, max(found.values()), tuple(sorted(found.items())))


def _is_count(term: Term | None) -> bool:
    return term is not None and is_number(term) and term.value.isdecimal()


def _shown(graph: KnowledgeGraph, term: Term, lang: str) -> str:
    return graph.label(term.value, lang) if expand(str(term)) else term.value
