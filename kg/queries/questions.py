"""Canned questions: one SPARQL file each, with a header that describes it.

See :mod:`kg.queries.headers` for the syntax of headers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import yaml

from kg.common.bilingual import Text
from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError, QueryError, ResolutionError
from kg.common.namespaces import expand, node
from kg.entities.resolution import resolve
from kg.queries import metrics
from kg.queries.headers import HeaderReader, find_query_file, query_files, read_query_text
from kg.queries.row_order import OrderKey, read_order, sort_rows
from kg.queries.views import select_columns
from kg.store import Store, Table, Term


@dataclass(frozen=True)
class Param:
    """A parameter of a question.

    ``kind`` is one of ``KINDS``. ``within`` is the class of an entity, such as ``std:Ballot``, or
    None. ``default`` is written like an argument; an ``optional`` parameter may stay unbound.
    """

    name: str
    kind: str
    description: Text
    within: str | None = None
    default: str | None = None
    optional: bool = False

    def __str__(self) -> str:
        default = f"default {self.default!r}" if self.default is not None else "required"
        return f"{self.name} ({self.kind}, {'optional' if self.optional else default})"


@dataclass(frozen=True)
class Question:
    """A canned question from the folder ``queries/``.

    ``family`` is a key of ``FAMILIES``, ``columns`` are the columns of the answer, ``key`` the
    columns that identify a row, and ``order`` those by which the rows are sorted. A question with a
    ``metric`` (see :mod:`kg.queries.metrics`) uses the query of a view: the metric is computed from
    the edges of the view and determines the columns. ``needs`` is a key of ``NEEDS``: data that the
    graph must have besides the article. ``scans`` is a key of ``SCANS`` if answering means reading
    data that no index narrows.
    """

    name: str
    title: Text
    description: Text
    family: str
    params: tuple[Param, ...]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    sparql: str
    order: tuple[OrderKey, ...] = ()
    metric: str | None = None
    needs: str | None = None
    scans: str | None = None


FAMILIES: Final[Mapping[str, Text]] = {
    "organizations": Text("Organizations and people", "机构与人物"),
    "committees": Text("Committees and secretariats", "技术委员会与秘书处"),
    "ballots": Text("Proposals and ballots", "提案与投票"),
    "standards": Text("Standards and projects", "标准与项目"),
    "reforms": Text("Reforms and policies", "改革与政策"),
    "events": Text("Events and cooperation", "活动与合作"),
    "results": Text("Figures and results", "数据与成效"),
    "network": Text("Positions in the network", "网络中的位置"),
    "evidence": Text("Evidence and sources", "证据与来源"),
    "graph": Text("The graph itself", "图谱自身"),
    "members": Text("Countries and members, from catalogues", "国家与成员团体（目录）"),
    "committee-work": Text("Committees and their work, from catalogues", "委员会及其工作（目录）"),
    "publications": Text("What bodies publish, from catalogues", "各机构的出版物（目录）"),
    "fields": Text("Fields of standardization, from catalogues", "标准化领域（目录）"),
    "lineage": Text("Lineage of standards, from catalogues", "标准沿革（目录）"),
    "join": Text("The article and the catalogues", "文章与目录的衔接"),
    "quality": Text("Catalogues and their quality", "目录及其质量"),
}
"""Families of questions, in listing order."""

NEEDS: Final[Mapping[str, tuple[Text, str]]] = {
    "catalogues": (
        Text(
            "a catalogue, such as a Relaton repository or ISO Open Data",
            "目录（如Relaton数据仓库或ISO开放数据）",
        ),
        "ASK { ?graph a std:Catalogue }",
    ),
    "documents": (
        Text(
            "a catalogue of documents, such as a Relaton repository",
            "文件目录（如Relaton数据仓库）",
        ),
        "ASK { ?document std:publisher ?body }",
    ),
    "committees": (
        Text(
            "ISO's table of committees (iso_technical_committees.csv)",
            "ISO委员会表（iso_technical_committees.csv）",
        ),
        "ASK { ?member std:role role:p-member ; prov:wasDerivedFrom ?record }",
    ),
    "fields": (
        Text("ISO's list of fields (ICS.xml)", "国际标准分类法（ICS.xml）"),
        "ASK { ?field skos:inScheme <ics> }",
    ),
}
"""Data that a question may need besides the article: its name and an ASK query for it."""

SCANS: Final[Mapping[str, Text]] = {
    "all": Text(
        "reads all documents: takes seconds for millions of triples",
        "须遍历全部文件，三元组达数百万时需数秒",
    ),
}
"""Data that a question may have to read completely, each with a note for users."""

_LITERALS: Final = {
    "text": (r".*", node("xsd:string")),
    "integer": (r"[+-]?[0-9]+", node("xsd:integer")),
    "decimal": (r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)", node("xsd:decimal")),
    "boolean": (r"true|false", node("xsd:boolean")),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node("xsd:date")),
    "year": (r"[0-9]{4}", node("xsd:gYear")),
    "language": (r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", node("xsd:string")),
}
KINDS: Final = ("entity", *_LITERALS)
"""Kinds of parameters."""


def load_questions(folder: Path) -> dict[str, Question]:
    """Read every ``*.rq`` file of a folder, by name; errors (QueryError) give file and line."""
    return {path.stem: read_question(path) for path in query_files(folder, "question")}


def find_question(folder: Path, name: str) -> Question:
    """Read the question with a name; the QueryError for a missing one lists similar names."""
    return read_question(find_query_file(folder, name, "question"))


def read_question(path: Path) -> Question:
    """Read a question and check its header against its query; errors give file and line."""
    sparql = read_query_text(path)
    header = HeaderReader(path)
    fields = header.mapping(
        header.parse(sparql), "title description family key", "params metric view needs scans"
    )
    metric = header.choice(fields["metric"], metrics.METRICS) if "metric" in fields else None
    if metric is None:
        columns = select_columns(path, sparql)
        order = read_order(path, sparql, columns)
    else:
        order = ()
        columns = metrics.METRICS[metric].columns
        sparql = _query_of_view(header, fields, sparql)
    key = dict.fromkeys(header.choice(item, columns) for item in header.items(fields["key"]))
    params: dict[str, Param] = {}
    for item in header.items(fields["params"]) if "params" in fields else ():
        param = _read_param(header, item)
        if param.name in params or param.name not in columns:
            fault = "is given twice" if param.name in params else "must be projected by the SELECT"
            raise header.error(item, f"parameter {param.name!r} {fault}")
        _reject_unbound_uses(path, sparql, param.name)
        params[param.name] = param
    return Question(
        name=path.stem,
        title=header.text(fields["title"]),
        description=header.text(fields["description"]),
        family=header.choice(fields["family"], FAMILIES),
        params=tuple(params.values()),
        key=tuple(key),
        columns=columns,
        sparql=sparql,
        order=order,
        metric=metric,
        needs=header.choice(fields["needs"], NEEDS) if "needs" in fields else None,
        scans=header.choice(fields["scans"], SCANS) if "scans" in fields else None,
    )


def _query_of_view(header: HeaderReader, fields: Mapping[str, yaml.Node], text: str) -> str:
    """Read the query of the view that a question with a metric uses, since it has no query."""
    if "params" in fields or "view" not in fields:
        raise header.error(fields["metric"], "a metric needs a 'view' and takes no params")
    if any(line.strip() and not line.startswith("#") for line in text.split("\n")):
        raise header.error(fields["metric"], "a metric uses the query of its view: remove this one")
    path = header.path.parent / "views" / f"{header.string(fields['view'])}.rq"
    if not path.is_file():
        raise header.error(fields["view"], f"there is no {path}")
    return read_query_text(path)


def bind_parameters(
    store: Store, question: Question, arguments: Mapping[str, str]
) -> dict[str, Term]:
    """Convert a user's arguments, and the defaults, to terms by parameter.

    Optional parameters without an argument are left out. Raises ArgumentError for an unknown,
    missing or malformed argument, ResolutionError for a name that is unknown or ambiguous (see
    :func:`kg.entities.resolution.resolve`), and QueryError if the store lacks data that the
    question needs.
    """
    if question.needs and not store.ask(NEEDS[question.needs][1]):
        raise QueryError(
            f"{question.name} needs {NEEDS[question.needs][0].en}, and the graph has none: add it"
            " with 'kg build SOURCE'"
        )
    known = {param.name for param in question.params}
    described = ", ".join(map(str, question.params)) or "none"
    for name in arguments:
        if name not in known:
            raise ArgumentError(
                f"{question.name} has no parameter {name!r}; its parameters: {described}"
            )
    bindings: dict[str, Term] = {}
    for param in question.params:
        value = arguments.get(param.name, param.default)
        if value is not None:
            bindings[param.name] = _parse_argument(store, param, value)
        elif not param.optional:
            raise ArgumentError(
                f"{question.name} needs {param.name!r}; its parameters: {described}"
            )
    return bindings


def run_question(store: Store, question: Question, arguments: Mapping[str, str]) -> Table:
    """Answer a question for a user's arguments; see :func:`bind_parameters` for the errors."""
    return answer_question(store, question, bind_parameters(store, question, arguments))


def answer_question(store: Store, question: Question, bindings: Mapping[str, Term]) -> Table:
    """Answer a question whose parameters are bound to terms."""
    table = store.select(question.sparql, bindings)
    if question.metric:
        return metrics.compute_metric(question.metric, table)
    return sort_rows(table, question.order)


def _parse_argument(store: Store, param: Param, value: str) -> Term:
    if param.kind == "entity":
        try:
            return resolve(store, value, param.within)
        except ResolutionError as error:
            raise ResolutionError(f"parameter {param.name!r}: {error}") from error
    pattern, datatype = _LITERALS[param.kind]
    if param.kind != "text":
        value = unicodedata.normalize("NFKC", value).strip().lower()
    matches = re.fullmatch(pattern, value, re.DOTALL | re.IGNORECASE)
    if not matches or (param.kind == "date" and PartialDate.parse(value) is None):
        raise ArgumentError(f"parameter {param.name!r}: {value!r} is not a valid {param.kind}")
    return ox.Literal(value, datatype=datatype)


def _reject_unbound_uses(path: Path, sparql: str, name: str) -> None:
    """Reject the two uses of a parameter that Oxigraph evaluates as if it were unbound."""
    uses = rf"\b(BOUND\s*\(\s*[?$]{name}\s*\)|BIND\s*\(\s*[?$]{name}\s+AS\b)"
    for use in re.finditer(uses, sparql, re.IGNORECASE):
        depth, start = 0, use.start()
        while start > 0 and depth >= 0:
            start -= 1
            depth += {"}": 1, "{": -1}.get(sparql[start], 0)
        earlier = re.search(rf"[?$]{name}\b", sparql[start : use.start()])
        if not earlier or use[0].upper().startswith("BOUND"):
            line = sparql.count("\n", 0, use.start()) + 1
            hint = f"?{name} counts as unbound there; use COALESCE, or BIND it after its pattern"
            raise QueryError(f"{path}:{line}: {' '.join(use[0].split())}: {hint}")


def _read_param(header: HeaderReader, item: yaml.Node) -> Param:
    fields = header.mapping(item, "name kind description", "class default optional")
    name, kind = header.string(fields["name"]), header.choice(fields["kind"], KINDS)
    within, default = (
        header.string(fields[key]) if key in fields else None for key in ("class", "default")
    )
    optional = (
        "optional" in fields and header.choice(fields["optional"], ("true", "false")) == "true"
    )
    if within and (kind != "entity" or expand(within) is None):
        raise header.error(fields["class"], "give the class as an IRI, such as std:Ballot")
    if default and optional:
        raise header.error(fields["optional"], "a parameter with a default can't be optional")
    return Param(name, kind, header.text(fields["description"]), within, default, optional)
