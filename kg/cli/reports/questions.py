"""Questions and their answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO

import pyoxigraph as ox

from kg.common import resources
from kg.common.errors import KgError
from kg.common.namespaces import compact
from kg.entities.labels import labels
from kg.queries import questions as queries
from kg.store import Store, Table, Term
from kg.tables import decorate, render


def questions(lang: str) -> str:
    """The canned questions by family, each with its title and parameters."""
    known = queries.load(resources.queries()).values()
    width = max(len(question.name) for question in known)
    lines = []
    for family, title in queries.FAMILIES.items():
        members = [question for question in known if question.family == family]
        if not members:
            continue
        lines += ["", title.of(lang)]
        for one in members:
            params = " ".join(f"[{p.name}=…]" for p in one.params)
            scans = f"({queries.SCANS[one.scans].of(lang)})" if one.scans else ""
            told = (f"{one.name:<{width}}", one.title.of(lang), params, scans)
            lines.append("  " + "  ".join(filter(None, told)))
    return "\n".join(lines[1:]) + "\n"


def questions_page() -> str:
    """The canned questions as a page in Markdown, in both languages, by family."""
    known = queries.load(resources.queries()).values()
    lines = [
        "# Questions / 问题",
        "",
        f"{len(known)} canned questions, asked with `kg query NAME [PARAM=VALUE]...`. An entity is",
        "named in either language, by another name, an abbreviation, an identifier or an IRI.",
        "",
        f"{len(known)}个预设问题，用法为`kg query NAME [PARAM=VALUE]...`。",
        "实体可用中文、英文、其他名称、简称、编号或IRI指称。",
    ]
    for family, title in queries.FAMILIES.items():
        members = [one for one in known if one.family == family]
        if members:
            lines += ["", f"## {title.en} / {title.zh}"]
        for one in members:
            lines += ["", f"### {one.name}", ""]
            lines += [f"**{one.title.en}**  ", f"{one.description.en}", ""]
            lines += [f"**{one.title.zh}**  ", f"{one.description.zh}"]
            if one.scans:
                scans = queries.SCANS[one.scans]
                lines += ["", f"*{scans.en} / {scans.zh}*"]
            lines += [""] if one.params else []
            lines += [_param(param) for param in one.params]
    return "\n".join(lines) + "\n"


def _param(param: queries.Param) -> str:
    given = "optional / 可选" if param.optional else "required / 必填"
    if param.default is not None:
        given = f"default / 默认 `{param.default}`"
    described = f"{param.description.en} / {param.description.zh}"
    return f"- `{param.name}` ({param.kind}): {described}; {given}"


def question(
    store: Store,
    name: str,
    given: Mapping[str, str],
    format: str,
    lang: str,
) -> tuple[str, bool]:
    """Ask a canned question; returns the text and whether there was an answer."""
    one = queries.find(resources.queries(), name)
    bound = queries.bind(store, one, given)
    table = queries.answer(store, one, bound)
    if format not in ("table", "md"):
        return render(decorate(store, table, lang), format, lang), bool(table.rows)
    # What was asked is said once above, not in every row; what nothing has is left out.
    head = f"{one.title.of(lang)}\n{_bindings(store, bound, lang)}\n"
    if one.metric:
        # A number says nothing without what it measures.
        head = f"{one.title.of(lang)}\n{one.description.of(lang)}\n\n"
    shown = _told(table, bound)
    return head + render(decorate(store, shown, lang), format, lang), bool(table.rows)


def explanation(store: Store, name: str, given: Mapping[str, str], lang: str) -> str:
    """What a question would ask: its description, its parameters as bound, its SPARQL."""
    one = queries.find(resources.queries(), name)
    bound = queries.bind(store, one, given)
    lines = [one.title.of(lang), one.description.of(lang), ""]
    if one.scans:
        lines += [f"  {queries.SCANS[one.scans].of(lang)}", ""]
    for param in one.params:
        value = bound.get(param.name)
        lines.append(f"  {param.name} ({param.kind}): {param.description.of(lang)}")
        lines.append(f"    = {value if value is not None else '(any)'}")
    return "\n".join(lines) + f"\n\n{one.sparql.strip()}\n"


def answer(
    store: Store,
    found: Table | bool | list[ox.Triple],
    format: str,
    lang: str,
) -> tuple[str, bool]:
    """The answer of any SPARQL query as text, and whether there was one; triples come as Turtle."""
    if isinstance(found, bool):
        if format == "json":
            return json.dumps({"head": {}, "boolean": found}) + "\n", True
        return f"{str(found).lower()}\n", True
    if isinstance(found, Table):
        return render(decorate(store, found, lang), format, lang), bool(found.rows)
    if format != "table":
        raise KgError("CONSTRUCT and DESCRIBE answer with triples, as Turtle: leave out --format")
    from kg.export import export

    stream = BytesIO()
    export((ox.Quad(t.subject, t.predicate, t.object) for t in found), "turtle", stream)
    return stream.getvalue().decode("utf-8"), bool(found)


def _bindings(store: Store, bound: Mapping[str, Term], lang: str) -> str:
    iris = [term for term in bound.values() if isinstance(term, ox.NamedNode)]
    names = labels(store, iris, lang)
    lines = []
    for name, term in bound.items():
        if isinstance(term, ox.NamedNode):
            lines.append(f"  {name} = {names[term]} {compact(term.value)}")
        else:
            lines.append(f"  {name} = {term.value}")
    return "\n".join(lines) + ("\n" if lines else "")


def _told(table: Table, bound: Mapping[str, Term]) -> Table:
    kept = [
        index
        for index, name in enumerate(table.columns)
        if name not in bound and any(row[index] is not None for row in table.rows)
    ]
    return Table(
        tuple(table.columns[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in table.rows),
    )
