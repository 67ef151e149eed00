"""What an expert of a kind of thing looks at first: panels made of canned questions.

A committee shows its members by role, its program of work and its output; a country its rank, its
secretariats and fields; a body and a field what is published, year by year; a standard where it is
adopted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.entities.editions import editions_of
from kg.queries.columns import column_headings
from kg.store import Table
from kg.web.pages.answer_table import Answer, read_answer
from kg.web.pages.cells import Cell, Reading
from kg.web.pages.groups import classes_of
from kg.web.pages.once import all_questions, rows_about

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TABLE: Final = "table"
BARS: Final = "bars"
ROLES: Final = "roles"


@dataclass(frozen=True)
class Panel:
    """A panel: its title, the canned question that it answers, and the beginning of the answer.

    ``form`` is a table, bars by year, or members by ``roles``; ``question`` is empty where no
    canned question gives the same. ``arguments`` are those of the question.
    """

    title: Text
    form: str
    question: str
    arguments: Mapping[str, str]
    answer: Answer
    roles: tuple[tuple[Cell, tuple[Cell, ...]], ...] = ()

    @property
    def anchor(self) -> str:
        """The name of the panel in the address of the page."""
        return f"panel-{self.question or 'adoptions'}"


@dataclass(frozen=True)
class _Plan:
    question: str
    form: str
    title: Text
    columns: tuple[str, ...] = ()
    rows: int = 6


_PLANS: Final[Mapping[str, tuple[_Plan, ...]]] = {
    "std:TechnicalCommittee": (
        _Plan("committee-members", ROLES, Text("Members by role", "成员及其身份")),
        _Plan(
            "committee-program",
            TABLE,
            Text("Program of work, by stage", "工作计划（按阶段）"),
            ("stageCode", "document", "title", "replaces", "record"),
            10,
        ),
        _Plan("committee-years", BARS, Text("Published by year", "历年发布")),
    ),
    "std:AdministrativeArea": (
        _Plan(
            "country-rank",
            TABLE,
            Text("In ISO's committees", "在ISO各委员会中"),
            ("member", "role", "committees", "onStandby", "rank", "of"),
        ),
        _Plan(
            "country-secretariats",
            TABLE,
            Text("Secretariats it runs", "承担的秘书处"),
            ("committee", "title", "state", "start", "record"),
            8,
        ),
        _Plan(
            "country-fields",
            TABLE,
            Text("Fields that its secretariats lead", "所承担秘书处的领域"),
            ("field", "committees", "documents"),
            8,
        ),
    ),
    "std:StandardsBody": (
        _Plan("published-by-year", BARS, Text("Published by year", "历年发布")),
        _Plan(
            "newest",
            TABLE,
            Text("Published last", "最近发布"),
            ("publicationDate", "document", "title", "committee", "record"),
        ),
        _Plan(
            "drafts-under-way",
            TABLE,
            Text("Under way, by committee", "在研草案（按委员会）"),
            ("committee", "drafts", "furthest"),
        ),
    ),
    "skos:Concept": (
        _Plan("field-years", BARS, Text("Published by year", "历年发布")),
        _Plan(
            "field-leaders",
            TABLE,
            Text("Countries that lead it", "主导国家"),
            ("country", "committees", "documents"),
        ),
        _Plan(
            "field-profile",
            TABLE,
            Text("Who publishes in it", "发布机构"),
            ("body", "status", "documents"),
            10,
        ),
    ),
}
"""The panels of a thing by its class; the first class that it has counts."""
_FIELD: Final = "/ics/"
"""The canned questions of fields ask for classes of the ICS, and no other concepts."""
_ADOPTED: Final = Text("Adopted by", "被采用情况")
_ADOPTIONS: Final = """
SELECT DISTINCT ?document ?adopter ?country ?degree ?convention ?publishedOn ?record WHERE {{
    VALUES ?original {{ {originals} }}
    GRAPH ?catalogue {{ ?adoption std:adopted ?original ; std:adopting ?document }}
    OPTIONAL {{ ?adoption std:degree ?degree }}
    OPTIONAL {{ ?adoption std:byConvention ?convention }}
    OPTIONAL {{ GRAPH ?catalogue {{ ?document prov:wasDerivedFrom ?record }} }}
    OPTIONAL {{ ?document std:publisher ?adopter OPTIONAL {{ ?adopter std:jurisdiction ?country }} }}
    OPTIONAL {{ ?document std:publicationDate ?publishedOn }}
}}
ORDER BY ?adopter ?document ?record"""  # noqa: E501
_MOST_ADOPTIONS: Final = 12


def find(graph: KnowledgeGraph, entity: str, lang: str) -> tuple[Panel, ...]:
    """Return the panels of an entity (IRI), without those that have nothing to show."""
    kinds = classes_of(graph.store, entity)
    plans = next((plans for kind, plans in _PLANS.items() if kind in kinds), ())
    if "skos:Concept" in kinds and _FIELD not in entity:
        plans = ()
    panels = [_ask(graph, entity, plan, lang) for plan in plans]
    if kinds & {"std:Document", "std:Standard", "std:Work"}:
        panels.append(_adoptions(graph, entity, lang))
    return tuple(panel for panel in panels if panel is not None)


def _ask(graph: KnowledgeGraph, entity: str, plan: _Plan, lang: str) -> Panel | None:
    question = all_questions()[plan.question]
    param = next(param.name for param in question.params if param.kind == "entity")
    arguments = {param: compact(entity).strip("<>")}
    table = rows_about(graph, question, param, entity)
    if table is None or not table.rows:
        return None
    table = _once_each(table, plan)
    answer = read_answer(graph, question, table, 0, lang, plan.rows, plan.columns)
    if plan.form == BARS and answer.bars is None:
        return None
    roles = _roles(graph, table, lang) if plan.form == ROLES else ()
    return Panel(plan.title, plan.form, plan.question, arguments, answer, roles)


def _once_each(table: Table, plan: _Plan) -> Table:
    """Leave out rows that differ from one before in their record alone."""
    if "record" not in plan.columns:
        return table
    told = [
        at for at, name in enumerate(table.columns) if name in plan.columns and name != "record"
    ]
    rows = {tuple(row[at] for at in told): row for row in reversed(table.rows)}
    return Table(table.columns, tuple(reversed(rows.values())))


def _roles(
    graph: KnowledgeGraph, table: Table, lang: str
) -> tuple[tuple[Cell, tuple[Cell, ...]], ...]:
    """Return the members of each role: the country that one stands for, or else its own name."""
    at = {name: table.columns.index(name) for name in ("role", "member", "country")}
    reading = Reading.of(graph.store, table.columns, table.rows, lang)
    found: dict[Cell, dict[Cell, None]] = {}
    for row in table.rows:
        shown = reading.cell(row[at["country"]] or row[at["member"]])
        found.setdefault(reading.cell(row[at["role"]]), {})[shown] = None
    return tuple(
        (role, tuple(sorted(members, key=lambda cell: cell.text)))
        for role, members in found.items()
    )


def _adoptions(graph: KnowledgeGraph, document: str, lang: str) -> Panel | None:
    """Return where a document, or any edition of a work, is adopted."""
    originals = [document, *editions_of(graph.store, [document])]
    listed = " ".join(str(ox.NamedNode(each)) for each in originals)
    table = graph.store.select(_ADOPTIONS.format(originals=listed))
    firsts = {row[0]: row for row in reversed(table.rows)}
    if not firsts:
        return None
    table = Table(table.columns, tuple(reversed(firsts.values())))
    places = [at for at in range(len(table.columns)) if any(row[at] for row in table.rows)]
    headings = column_headings(table.columns, lang, "adoptions")
    rows = table.rows[:_MOST_ADOPTIONS]
    reading = Reading.of(graph.store, table.columns, rows, lang)
    answer = Answer(
        tuple(table.columns[at] for at in places),
        tuple(headings[table.columns[at]] for at in places),
        (False,) * len(places),
        tuple(tuple(reading.cell(row[at]) for at in places) for row in rows),
        0,
        len(table.rows),
        _MOST_ADOPTIONS,
        None,
    )
    return Panel(_ADOPTED, TABLE, "", {}, answer)
