"""Canned questions: one SPARQL file each, with a header that says what it asks and what it needs.

:mod:`kg.queries.headers` says how headers are written.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import yaml

from kg.common.bilingual import Text
from kg.common.errors import KgError
from kg.common.namespaces import PREFIXES, expand
from kg.entities.resolution import resolve
from kg.queries import metrics
from kg.queries.headers import Header, files, find_file, read_text
from kg.store import Store, Table, Term
from kg.store.embedded import EmbeddedStore


@dataclass(frozen=True)
class Param:
    """What a question wants to know before it can be asked; one of ``KINDS``."""

    name: str
    kind: str
    description: Text
    within: str | None = None
    default: str | None = None
    optional: bool = False

    def __str__(self) -> str:
        given = f"default {self.default!r}" if self.default is not None else "required"
        return f"{self.name} ({self.kind}, {'optional' if self.optional else given})"


@dataclass(frozen=True)
class Question:
    """A question of the folder ``queries/``; ``key`` are the columns that identify a row.

    A question with a ``metric`` (see :mod:`kg.queries.metrics`) has the query of a view, of whose
    edges the metric is computed; its answer has the metric's columns. ``needs`` is what the graph
    must hold besides the article, one of ``NEEDS``. ``scans`` says that the answer takes a pass
    over so much that no index makes it quick, one of ``SCANS``.
    """

    name: str
    title: Text
    description: Text
    family: str
    params: tuple[Param, ...]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    sparql: str
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
"""The families that questions are listed under, in this order."""

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
"""What a question may need besides the article: how that is called, and whether it is there."""

SCANS: Final[Mapping[str, Text]] = {
    "all": Text(
        "reads all documents: takes seconds for millions of triples",
        "须遍历全部文件，三元组达数百万时需数秒",
    ),
}
"""What a question may have to read as a whole, and what that means to who asks."""

_XSD: Final = PREFIXES["xsd"]
_LITERALS: Final = {
    "text": (r".*", _XSD + "string"),
    "integer": (r"[+-]?[0-9]+", _XSD + "integer"),
    "decimal": (r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)", _XSD + "decimal"),
    "boolean": (r"true|false", _XSD + "boolean"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", _XSD + "date"),
    "year": (r"[0-9]{4}", _XSD + "gYear"),
    "language": (r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", _XSD + "string"),
}
KINDS: Final = ("entity", *_LITERALS)
"""What a parameter can be."""


def load(folder: Path) -> dict[str, Question]:
    """Read every ``*.rq`` right in a folder, by name; KgError names the file and line at fault."""
    return {path.stem: read(path) for path in files(folder, "question")}


def read(path: Path) -> Question:
    """Read one question and check its header against its query; KgError names file and line."""
    text = read_text(path)
    header = Header(path)
    fields = header.mapping(
        header.compose(text), "title description family key", "params metric view needs scans"
    )
    metric = header.one_of(fields["metric"], metrics.METRICS) if "metric" in fields else None
    if metric is None:
        columns = _columns(path, text)
    else:
        columns = metrics.METRICS[metric].columns
        text = _text_of_view(header, fields, text)
    key = {header.one_of(node, columns): node for node in header.items(fields["key"])}
    params: dict[str, Param] = {}
    for node in header.items(fields["params"]) if "params" in fields else ():
        param = _param(header, node)
        if param.name in params or param.name not in columns:
            why = "stands twice" if param.name in params else "must be projected by the SELECT"
            raise header.wrong(node, f"parameter {param.name!r} {why}")
        _refuse_blind(path, text, param.name)
        params[param.name] = param
    title, description = (header.text(fields[name]) for name in ("title", "description"))
    family = header.one_of(fields["family"], FAMILIES)
    needs = header.one_of(fields["needs"], NEEDS) if "needs" in fields else None
    scans = header.one_of(fields["scans"], SCANS) if "scans" in fields else None
    everything = (tuple(params.values()), tuple(key), columns, text)
    return Question(path.stem, title, description, family, *everything, metric, needs, scans)


def _columns(path: Path, text: str) -> tuple[str, ...]:
    try:
        # Asked of nothing, a query still tells its columns and its errors.
        return EmbeddedStore.in_memory(()).select(text).columns
    except KgError as error:
        raise KgError(f"{path}: {error}") from error


def _text_of_view(header: Header, fields: Mapping[str, yaml.Node], text: str) -> str:
    """The query of the view that a question with a metric names; it has none of its own."""
    for name in ("params", "view"):
        if (name in fields) == (name == "params"):
            raise header.wrong(fields["metric"], "a metric is computed of a 'view', without params")
    if any(line.strip() and not line.startswith("#") for line in text.split("\n")):
        raise header.wrong(fields["metric"], "a metric has the query of its view: leave yours out")
    path = header.path.parent / "views" / f"{header.string(fields['view'])}.rq"
    if not path.is_file():
        raise header.wrong(fields["view"], f"there is no {path}")
    return read_text(path)


def find(folder: Path, name: str) -> Question:
    """Read the question of a name; KgError with the nearest names if there is none."""
    return read(find_file(folder, name, "question"))


def bind(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, Term]:
    """Turn what the user gave, and the defaults, into terms; an optional one not given stays free.

    Raises KgError on an unknown, missing or unreadable parameter, on a name that the store
    does not know or that means more than one thing (see :func:`kg.entities.resolution.resolve`),
    and where the store lacks what the question needs.
    """
    if question.needs and not store.ask(NEEDS[question.needs][1]):
        raise KgError(
            f"{question.name} needs {NEEDS[question.needs][0].en}, and the graph has none: add it"
            " with 'kg build SOURCE'"
        )
    known = {param.name for param in question.params}
    listed = ", ".join(map(str, question.params)) or "none"
    for name in given:
        if name not in known:
            raise KgError(f"{question.name} has no parameter {name!r}; its parameters: {listed}")
    bound: dict[str, Term] = {}
    for param in question.params:
        value = given.get(param.name, param.default)
        if value is not None:
            bound[param.name] = _term(store, param, value)
        elif not param.optional:
            raise KgError(f"{question.name} needs {param.name!r}; its parameters: {listed}")
    return bound


def run(store: Store, question: Question, given: Mapping[str, str]) -> Table:
    """Ask a question; ``given`` as in :func:`bind`, which also says the errors."""
    return answer(store, question, bind(store, question, given))


def answer(store: Store, question: Question, bound: Mapping[str, Term]) -> Table:
    """The answer of a question whose parameters are bound."""
    found = store.select(question.sparql, bound)
    return metrics.compute(question.metric, found) if question.metric else found


def _term(store: Store, param: Param, value: str) -> Term:
    if param.kind == "entity":
        try:
            return resolve(store, value, param.within)
        except KgError as error:
            raise KgError(f"parameter {param.name!r}: {error}") from error
    pattern, datatype = _LITERALS[param.kind]
    if param.kind != "text":
        value = unicodedata.normalize("NFKC", value).strip().lower()
    try:
        if not re.fullmatch(pattern, value, re.DOTALL | re.IGNORECASE):
            raise ValueError
        if param.kind == "date":
            datetime.date.fromisoformat(value)
    except ValueError as error:
        raise KgError(f"parameter {param.name!r}: {value!r} is no {param.kind}") from error
    return ox.Literal(value, datatype=ox.NamedNode(datatype))


def _refuse_blind(path: Path, sparql: str, name: str) -> None:
    """Refuse the two places where Oxigraph takes a bound parameter for an unbound variable."""
    blind = rf"\b(BOUND\s*\(\s*[?$]{name}\s*\)|BIND\s*\(\s*[?$]{name}\s+AS\b)"
    for found in re.finditer(blind, sparql, re.IGNORECASE):
        depth, start = 0, found.start()
        while start > 0 and depth >= 0:
            start -= 1
            depth += {"}": 1, "{": -1}.get(sparql[start], 0)
        earlier = re.search(rf"[?$]{name}\b", sparql[start : found.start()])
        if not earlier or found.group().upper().startswith("BOUND"):
            line = sparql.count("\n", 0, found.start()) + 1
            hint = f"?{name} counts as unbound there; use COALESCE, or BIND it after its pattern"
            raise KgError(f"{path}:{line}: {' '.join(found.group().split())}: {hint}")


def _param(header: Header, node: yaml.Node) -> Param:
    fields = header.mapping(node, "name kind description", "class default optional")
    name, kind = header.string(fields["name"]), header.one_of(fields["kind"], KINDS)
    within, default = (
        header.string(fields[key]) if key in fields else None for key in ("class", "default")
    )
    optional = (
        "optional" in fields and header.one_of(fields["optional"], ("true", "false")) == "true"
    )
    if within and (kind != "entity" or expand(within) is None):
        raise header.wrong(fields["class"], "the class of an entity is given by its IRI")
    if default and optional:
        raise header.wrong(fields["optional"], "what has a default is never left free")
    return Param(name, kind, header.text(fields["description"]), within, default, optional)
