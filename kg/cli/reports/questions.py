"""Output of ``kg query``: the canned questions, their answers, and those of SPARQL queries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO

import pyoxigraph as ox

from kg.common import resources
from kg.common.errors import ArgumentError
from kg.common.namespaces import compact
from kg.entities.labels import labels
from kg.queries import questions
from kg.store import Store, Table, Term
from kg.tables import add_labels, render_table


def question_list(lang: str) -> str:
    """Return the canned questions by family, each with its title and parameters."""
    all_questions = questions.load_questions(resources.queries()).values()
    width = max(len(question.name) for question in all_questions)
    lines = []
    for family, title in questions.FAMILIES.items():
        members = [question for question in all_questions if question.family == family]
        if not members:
            continue
        lines += ["", title.of(lang)]
        for question in members:
            params = " ".join(f"[{param.name}=…]" for param in question.params)
            scans = f"({questions.SCANS[question.scans].of(lang)})" if question.scans else ""
            cells = (f"{question.name:<{width}}", question.title.of(lang), params, scans)
            lines.append("  " + "  ".join(filter(None, cells)))
    return "\n".join(lines[1:]) + "\n"


def questions_page() -> str:
    """Return a page in Markdown with all canned questions, in both languages, by family."""
    all_questions = questions.load_questions(resources.queries()).values()
    count = len(all_questions)
    lines = [
        "# Questions / 问题",
        "",
        f"{count} canned questions, asked with `kg query NAME [PARAM=VALUE]...`. An entity is",
        "named in either language, by another name, an abbreviation, an identifier or an IRI.",
        "",
        f"{count}个预设问题，用法为`kg query NAME [PARAM=VALUE]...`。",
        "实体可用中文、英文、其他名称、简称、编号或IRI指称。",
    ]
    for family, title in questions.FAMILIES.items():
        members = [question for question in all_questions if question.family == family]
        if members:
            lines += ["", f"## {title.en} / {title.zh}"]
        for question in members:
            lines += ["", f"### {question.name}", ""]
            lines += [f"**{question.title.en}**  ", f"{question.description.en}", ""]
            lines += [f"**{question.title.zh}**  ", f"{question.description.zh}"]
            if question.scans:
                scans = questions.SCANS[question.scans]
                lines += ["", f"*{scans.en} / {scans.zh}*"]
            lines += [""] if question.params else []
            lines += [_param(param) for param in question.params]
    return "\n".join(lines) + "\n"


def _param(param: questions.Param) -> str:
    presence = "optional / 可选" if param.optional else "required / 必填"
    if param.default is not None:
        presence = f"default / 默认 `{param.default}`"
    description = f"{param.description.en} / {param.description.zh}"
    return f"- `{param.name}` ({param.kind}): {description}; {presence}"


def answer(
    store: Store,
    name: str,
    assignments: Mapping[str, str],
    format: str,
    lang: str,
) -> tuple[str, bool]:
    """Ask a canned question; return the text, and whether there are any rows."""
    question = questions.find_question(resources.queries(), name)
    bound = questions.bind_parameters(store, question, assignments)
    table = questions.answer_question(store, question, bound)
    if format not in ("table", "md"):
        return render_table(add_labels(store, table, lang), format, lang), bool(table.rows)
    # People read the bound parameters once, above the table, and no empty columns.
    heading = f"{question.title.of(lang)}\n{_bindings(store, bound, lang)}\n"
    if question.metric:
        # A number needs an explanation of what it measures.
        heading = f"{question.title.of(lang)}\n{question.description.of(lang)}\n\n"
    shown = _drop_columns(table, bound)
    return heading + render_table(add_labels(store, shown, lang), format, lang), bool(table.rows)


def explanation(store: Store, name: str, assignments: Mapping[str, str], lang: str) -> str:
    """Return a question's description, its parameters as bound, and its SPARQL."""
    question = questions.find_question(resources.queries(), name)
    bound = questions.bind_parameters(store, question, assignments)
    lines = [question.title.of(lang), question.description.of(lang), ""]
    if question.scans:
        lines += [f"  {questions.SCANS[question.scans].of(lang)}", ""]
    for param in question.params:
        value = bound.get(param.name)
        lines.append(f"  {param.name} ({param.kind}): {param.description.of(lang)}")
        lines.append(f"    = {value if value is not None else '(any)'}")
    return "\n".join(lines) + f"\n\n{question.sparql.strip()}\n"


def sparql_answer(
    store: Store,
    result: Table | bool | list[ox.Triple],
    format: str,
    lang: str,
) -> tuple[str, bool]:
    """Return the result of a SPARQL query as text, and whether it is not empty.

    Triples become Turtle. Raises ArgumentError for another format of triples.
    """
    if isinstance(result, bool):
        if format == "json":
            return json.dumps({"head": {}, "boolean": result}) + "\n", True
        return f"{str(result).lower()}\n", True
    if isinstance(result, Table):
        return render_table(add_labels(store, result, lang), format, lang), bool(result.rows)
    if format != "table":
        raise ArgumentError(
            "CONSTRUCT and DESCRIBE answer with triples, as Turtle: leave out --format"
        )
    from kg.export import export

    stream = BytesIO()
    quads = (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in result)
    export(quads, "turtle", stream)
    return stream.getvalue().decode("utf-8"), bool(result)


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


def _drop_columns(table: Table, bound: Mapping[str, Term]) -> Table:
    """Drop the columns of bound parameters, and empty ones."""
    kept = [
        index
        for index, name in enumerate(table.columns)
        if name not in bound and any(row[index] is not None for row in table.rows)
    ]
    return Table(
        tuple(table.columns[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in table.rows),
    )
