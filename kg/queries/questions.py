"""Canned questions: one SPARQL file each, with a header that describes it.

See :mod:`kg.queries.headers` for the syntax of headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError, QueryError
from kg.common.namespaces import expand
from kg.queries import metrics
from kg.queries.arguments import KINDS, Param, parse_argument
from kg.queries.families import FAMILIES, NEEDS, SCANS
from kg.queries.first_rows import steps
from kg.queries.headers import HeaderReader, find_query_file, query_files, read_query_text
from kg.queries.model import PastColumns, Question, QuestionHeader
from kg.queries.past_rows import columns_on, rows_on
from kg.queries.row_order import list_columns, read_order, sort_rows, without_order
from kg.queries.views import select_columns
from kg.store import Store, Table, Term


def load_questions(folder: Path) -> dict[str, Question]:
    """Read every ``*.rq`` file of a folder, by name; errors (QueryError) give file and line."""
    return {path.stem: read_question(path) for path in query_files(folder, "question")}


def find_question(folder: Path, name: str) -> Question:
    """Read the question with a name; the QueryError for a missing one lists similar names."""
    return read_question(find_query_file(folder, name, "question"))


def load_headers(folder: Path) -> dict[str, QuestionHeader]:
    """Read what the questions of a folder ask, by name, without checking their queries."""
    headers = {}
    for path in query_files(folder, "question"):
        reader = HeaderReader(path)
        fields = _fields(reader, read_query_text(path))
        headers[path.stem] = _read_header(reader, fields)
    return headers


def _fields(header: HeaderReader, sparql: str) -> dict[str, yaml.Node]:
    return header.mapping(
        header.parse(sparql),
        "title description family key",
        "params metric view needs scans see first as-of",
    )


def _read_header(header: HeaderReader, fields: Mapping[str, yaml.Node]) -> QuestionHeader:
    items = header.items(fields["params"]) if "params" in fields else []
    params: dict[str, Param] = {}
    for item in items:
        param = _read_param(header, item)
        if param.name in params:
            raise header.error(item, f"parameter {param.name!r} is given twice")
        params[param.name] = param
    return QuestionHeader(
        name=header.path.stem,
        title=header.text(fields["title"]),
        description=header.text(fields["description"]),
        family=header.choice(fields["family"], FAMILIES),
        params=tuple(params.values()),
    )


def read_question(path: Path) -> Question:
    """Read a question and check its header against its query; errors give file and line."""
    sparql = read_query_text(path)
    header = HeaderReader(path)
    fields = _fields(header, sparql)
    described = _read_header(header, fields)
    metric = header.choice(fields["metric"], metrics.METRICS) if "metric" in fields else None
    if metric is None:
        columns = select_columns(path, sparql)
        order = read_order(path, sparql, columns)
    else:
        order = ()
        columns = metrics.METRICS[metric].columns
        sparql = _query_of_view(header, fields, sparql)
    key = dict.fromkeys(header.choice(item, columns) for item in header.items(fields["key"]))
    items = header.items(fields["params"]) if "params" in fields else []
    for item, param in zip(items, described.params, strict=True):
        if param.name not in columns:
            raise header.error(item, f"parameter {param.name!r} must be projected by the SELECT")
        _reject_unbound_uses(path, sparql, param.name)
    question = Question(
        **vars(described),
        key=tuple(key),
        columns=columns,
        sparql=sparql,
        order=order,
        metric=metric,
        needs=header.choice(fields["needs"], NEEDS) if "needs" in fields else None,
        scans=header.choice(fields["scans"], SCANS) if "scans" in fields else None,
        see=_read_see(header, fields["see"]) if "see" in fields else (),
        first=(
            header.choice(fields["first"], [key.column for key in order[:1]])
            if "first" in fields
            else None
        ),
        past=_read_past(header, fields["as-of"], columns) if "as-of" in fields else None,
    )
    _check_conditional_lines(path, question)
    return question


def _read_past(header: HeaderReader, node: yaml.Node, columns: Iterable[str]) -> PastColumns:
    fields = header.mapping(node, "document", "status stage")
    return PastColumns(**{name: header.choice(each, columns) for name, each in fields.items()})


def _check_conditional_lines(path: Path, question: Question) -> None:
    """Check that the lines for parameters name one, and that the query with all of them parses."""
    for number, line in enumerate(question.sparql.split("\n"), 1):
        name = re.match(r" *#\?(\S*)", line)
        if name and name[1] not in {param.name for param in question.params if param.optional}:
            raise QueryError(f"{path}:{number}: {name[1]!r} is no optional parameter")
    whole = question.query(param.name for param in question.params)
    if whole != question.sparql:
        select_columns(path, whole)
    if question.first is not None:
        for step in steps(whole, question.first, {}):
            select_columns(path, step.replace("{first}", ""))


def _read_see(header: HeaderReader, node: yaml.Node) -> tuple[str, ...]:
    """Read the names of the questions to suggest; they must be in the same folder."""
    others = {path.stem for path in query_files(header.path.parent, "question")}
    names = dict.fromkeys(
        header.choice(item, sorted(others - {header.path.stem})) for item in header.items(node)
    )
    return tuple(names)


def suggestions(
    folder: Path, question: Question, arguments: Mapping[str, str]
) -> list[tuple[Question, dict[str, str]]]:
    """Return the questions to suggest if an answer is empty, with the arguments that they share."""
    found = []
    for name in question.see:
        other = find_question(folder, name)
        own = {(param.name, param.kind, param.within) for param in question.params}
        shared = {p.name for p in other.params if (p.name, p.kind, p.within) in own}
        found.append((other, {k: v for k, v in arguments.items() if k in shared}))
    return found


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
            bindings[param.name] = parse_argument(store, param, value)
        elif not param.optional:
            raise ArgumentError(
                f"{question.name} needs {param.name!r}; its parameters: {described}"
            )
    return bindings


def run_question(
    store: Store,
    question: Question,
    arguments: Mapping[str, str],
    day: PartialDate | None = None,
    lang: str = "en",
) -> Table:
    """Answer a question for a user's arguments; see :func:`bind_parameters` for the errors.

    With a ``day`` the answer is as it stood then, with notes in a language.
    """
    if day is None:
        return answer_question(store, question, bind_parameters(store, question, arguments))
    columns_on(question)
    return answer_on(store, question, bind_parameters(store, question, arguments), day, lang)


def answer_on(
    store: Store, question: Question, bindings: Mapping[str, Term], day: PartialDate, lang: str
) -> Table:
    """Answer a question as of a day; QueryError if it has no such answer, before it is run."""
    status = columns_on(question).status
    others = {name: term for name, term in bindings.items() if name != status}
    return rows_on(store, question, bindings, answer_question(store, question, others), day, lang)


def answer_question(store: Store, question: Question, bindings: Mapping[str, Term]) -> Table:
    """Answer a question whose parameters are bound to terms; see :func:`run_question`."""
    query = question.query(bindings)
    if question.metric:
        return metrics.compute_metric(question.metric, store.select(query, bindings))
    rows = store.select(without_order(query), bindings)
    return sort_rows(rows, question.row_order, list_columns(query))


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
