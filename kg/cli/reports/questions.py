"""Output of ``kg query``: the canned questions, their answers, and those of SPARQL queries."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from io import BytesIO
from typing import Final

import pyoxigraph as ox

from kg.cli.reports.columns import for_people
from kg.cli.reports.evidence_notes import EvidenceNotes, shorten_evidence
from kg.cli.terminal import FOR_PEOPLE
from kg.common import resources
from kg.common.bilingual import Text
from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError
from kg.entities.labels import labels
from kg.queries import families, questions
from kg.queries.arguments import Param
from kg.queries.columns import column_headings
from kg.queries.first_rows import first_rows
from kg.queries.model import Question
from kg.queries.past_rows import columns_on
from kg.store import Store, Table, Term
from kg.tables import BINARY_FORMATS, add_labels, table_bytes
from kg.tables.term_text import readable

TRIPLE_FORMATS: Final = ("turtle", "ntriples", "jsonld", "rdfxml")
"""Formats of triples, as CONSTRUCT and DESCRIBE return them."""

_MORE_ROWS: Final = Text(
    "{shown:,} of {total:,} rows, {more:,} more: --all or --limit N shows them,"
    " -o FILE.csv saves all",
    "共{total:,}行，显示前{shown:,}行，余{more:,}行：加--all查看全部，加--limit N指定行数，"
    "用-o 文件名.csv保存全部",
)
_FIRST_ROWS: Final = Text(
    "the first {shown:,} rows of a listing of {total:,}: --limit N shows more, --all shows all,"
    " -o FILE.csv saves all",
    "清单共{total:,}项，显示前{shown:,}行：加--limit N显示更多，加--all查看全部，"
    "用-o 文件名.csv保存全部",
)
_MORE_TRIPLES: Final = "# {shown:,} of {total:,} triples, {more:,} more: add --all to see them\n"
_COMMENTED: Final = ("turtle", "ntriples")
_AS_OF: Final = "has an answer as of a day: --as-of / 可按某日作答：--as-of"
_SEE = Text("Perhaps this is meant:", "或许应查询：")

_BOUND: Final = Text("  {}: {}", "  {}：{}")


def question_list(lang: str) -> str:
    """Return the canned questions by family, each with its title and parameters."""
    all_questions = questions.load_questions(resources.queries()).values()
    width = max(len(question.name) for question in all_questions)
    lines = []
    for family, title in families.FAMILIES.items():
        members = [question for question in all_questions if question.family == family]
        if not members:
            continue
        lines += ["", title.of(lang)]
        for question in members:
            params = " ".join(f"[{param.name}=…]" for param in question.params)
            scans = f"({families.SCANS[question.scans].of(lang)})" if question.scans else ""
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
        "`--limit N` shows the first rows; on a terminal 100 are shown, with `--all` all.",
        "",
        f"{count}个预设问题，用法为`kg query NAME [PARAM=VALUE]...`。",
        "实体可用中文、英文、其他名称、简称、编号或IRI指称。",
        "`--limit N`只显示前N行；在终端上默认显示100行，加`--all`显示全部。",
    ]
    for family, title in families.FAMILIES.items():
        members = [question for question in all_questions if question.family == family]
        if members:
            lines += ["", f"## {title.en} / {title.zh}"]
        for question in members:
            lines += ["", f"### {question.name}", ""]
            lines += [f"**{question.title.en}**  ", f"{question.description.en}", ""]
            lines += [f"**{question.title.zh}**  ", f"{question.description.zh}"]
            if question.scans:
                scans = families.SCANS[question.scans]
                lines += ["", f"*{scans.en} / {scans.zh}*"]
            if question.past:
                lines += ["", f"*{_AS_OF}*"]
            if question.see:
                names = ", ".join(f"[{name}](#{name})" for name in question.see)
                lines += ["", f"See also / 另见: {names}"]
            lines += [""] if question.params else []
            lines += [_param(param) for param in question.params]
    return "\n".join(lines) + "\n"


def _param(param: Param) -> str:
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
    limit: int | None = None,
    *,
    color: bool | None = None,
    evidence: bool = False,
    day: PartialDate | None = None,
) -> tuple[bytes, bool]:
    """Ask a canned question; return the answer in a format, and whether there are any rows.

    ``limit`` is the number of rows that are shown at most, None: all. ``color`` is that of
    :func:`kg.tables.table_bytes`.
    ``evidence`` cites the evidence of each row in full in the table, otherwise in short. With a
    ``day``, the answer is as it stood then.
    """
    question = questions.find_question(resources.queries(), name)
    if day is not None:
        columns_on(question)
    bound = questions.bind_parameters(store, question, assignments)
    if day is None:
        table, listed = _answered(store, question, bound, limit)
    else:
        table, listed = questions.answer_on(store, question, bound, day, lang), None
    if format not in FOR_PEOPLE:
        return _rendered(store, table, format, lang, limit, color), bool(table.rows)
    # People read the bound parameters once, above the table.
    heading = f"{question.title.of(lang)}\n{_bindings(store, name, bound, lang)}\n"
    if question.metric:
        # A number needs an explanation of what it measures.
        heading = f"{question.title.of(lang)}\n{question.description.of(lang)}\n\n"
    shown = _drop_columns(table, bound)
    text = _rendered(store, shown, format, lang, limit, color, name, evidence=evidence)
    if listed is not None:
        line = _FIRST_ROWS.of(lang).format(shown=len(shown.rows), total=listed)
        text += f"\n{line}\n".encode()
    return heading.encode("utf-8") + text, bool(table.rows)


def _answered(
    store: Store,
    question: Question,
    bound: Mapping[str, Term],
    limit: int | None,
) -> tuple[Table, int | None]:
    """Answer a question; of a long listing only the first rows, with the number of its entries."""
    if limit is None or question.first is None:
        return questions.answer_question(store, question, bound), None
    found = first_rows(question, bound, store.select, limit)
    rows = found.table.rows if found.keys is None else found.table.rows[:limit]
    return Table(found.table.columns, rows), found.keys


def see_also(name: str, assignments: Mapping[str, str], lang: str) -> str:
    """Return the commands to try if the answer to a question is empty, one a line, or nothing."""
    folder = resources.queries()
    question = questions.find_question(folder, name)
    lines = []
    for other, arguments in questions.suggestions(folder, question, assignments):
        values = (f"{key}={shlex.quote(value)}" for key, value in arguments.items())
        lines.append(f"  {' '.join(('kg query', other.name, *values))}  # {other.title.of(lang)}\n")
    return f"{_SEE.of(lang)}\n{''.join(lines)}" if lines else ""


def explanation(store: Store, name: str, assignments: Mapping[str, str], lang: str) -> str:
    """Return a question's description, its parameters as bound, and its SPARQL."""
    question = questions.find_question(resources.queries(), name)
    bound = questions.bind_parameters(store, question, assignments)
    lines = [question.title.of(lang), question.description.of(lang), ""]
    if question.scans:
        lines += [f"  {families.SCANS[question.scans].of(lang)}", ""]
    for param in question.params:
        value = bound.get(param.name)
        lines.append(f"  {param.name} ({param.kind}): {param.description.of(lang)}")
        lines.append(f"    = {value if value is not None else '(any)'}")
    return "\n".join(lines) + f"\n\n{question.query(bound).strip()}\n"


def sparql_answer(
    store: Store,
    result: Table | bool | list[ox.Triple],
    format: str,
    lang: str,
    limit: int | None = None,
    *,
    color: bool | None = None,
) -> tuple[bytes, bool]:
    """Return the result of a SPARQL query in a format, and whether it is not empty.

    ``limit`` is the number of rows or triples that are shown at most, None: all. Raises
    ArgumentError for a format that the result can't be written in.
    """
    if isinstance(result, list):
        return _triples(result, format, limit), bool(result)
    if format in TRIPLE_FORMATS:
        raise ArgumentError(
            f"{format} is for CONSTRUCT and DESCRIBE: choose another format for SELECT and ASK"
        )
    if isinstance(result, bool):
        return _truth(result, format), True
    return _rendered(store, result, format, lang, limit, color), bool(result.rows)


def _truth(result: bool, format: str) -> bytes:
    if format in BINARY_FORMATS:
        raise ArgumentError(f"ASK answers with true or false: write it as json, not as {format}")
    text = json.dumps({"head": {}, "boolean": result} if format == "json" else result)
    return f"{text}\n".encode()


def _triples(result: list[ox.Triple], format: str, limit: int | None) -> bytes:
    if format not in TRIPLE_FORMATS:
        raise ArgumentError(
            "CONSTRUCT and DESCRIBE answer with triples: choose one of the formats "
            f"{', '.join(TRIPLE_FORMATS)}, or leave out --format"
        )
    from kg.export import export

    stream = BytesIO()
    shown = result[:limit]
    quads = (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in shown)
    export(quads, format, stream)
    line = _line_on_more(_MORE_TRIPLES, len(shown), len(result)) if format in _COMMENTED else ""
    return stream.getvalue() + line.encode("utf-8")


def _rendered(
    store: Store,
    table: Table,
    format: str,
    lang: str,
    limit: int | None,
    color: bool | None,
    question: str = "",
    *,
    evidence: bool = True,
) -> bytes:
    """Render the first rows of a table; for people, with a line on how many more there are.

    The columns of a canned ``question`` have headings, those of other queries are left as named.
    """
    shown = add_labels(store, Table(table.columns, table.rows[:limit]), lang)
    if format not in FOR_PEOPLE:
        return table_bytes(shown, format, lang)
    notes = EvidenceNotes(lang)
    if format == "table" and not evidence:
        shown = shorten_evidence(store, shown, notes)
    if question:
        shown = for_people(shown, lang, question)
    line = _line_on_more("\n" + _MORE_ROWS.of(lang) + "\n", len(shown.rows), len(table.rows))
    text = notes.legend() + line
    return table_bytes(shown, format, lang, color=color) + text.encode("utf-8")


def _line_on_more(line: str, shown: int, total: int) -> str:
    return line.format(shown=shown, total=total, more=total - shown) if shown < total else ""


def _bindings(store: Store, question: str, bound: Mapping[str, Term], lang: str) -> str:
    """Return the parameters in words."""
    iris = [term for term in bound.values() if isinstance(term, ox.NamedNode)]
    names = labels(store, iris, lang)
    headings = column_headings(bound, lang, question)
    lines = []
    for name, term in bound.items():
        value = names[term] if isinstance(term, ox.NamedNode) else readable(term, lang)
        lines.append(_BOUND.of(lang).format(headings[name], value))
    return "\n".join(lines) + ("\n" if lines else "")


def _drop_columns(table: Table, bound: Mapping[str, Term]) -> Table:
    """Drop the columns of bound parameters."""
    kept = [index for index, name in enumerate(table.columns) if name not in bound]
    return Table(
        tuple(table.columns[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in table.rows),
    )
