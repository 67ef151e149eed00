"""What the commands print: plain text for people, built from the answers of the floors below."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import findings, queries, resources
from kg.entities import labels
from kg.errors import KgError
from kg.namespaces import compact
from kg.store import Store, Table, Term
from kg.tables import decorate, render

if TYPE_CHECKING:
    from kg.build import RejectedError, Summary
    from kg.coverage import Coverage
    from kg.evidence import Status
    from kg.graph import KnowledgeGraph
    from kg.validate import Report
    from kg.validate.shape_coverage import ShapeCoverage
    from kg.verify import Verification

_HIGHLIGHT: Final = ("\x1b[1m", "\x1b[0m")
_BRACKETS: Final = ("[", "]")


def summary(made: Summary) -> str:
    """What a build made, in a few lines."""
    checked = sum(one.verified for one in made.evidence)
    lines = [
        f"built {made.folder} in {made.seconds:.1f} s",
        f"  graphs    {made.graphs:>6}   quads {made.quads}",
        f"  claims    {made.claims:>6}   from {len(made.evidence)} sources",
        f"  entities  {made.entities:>6}",
        f"  evidence  {checked:>6}   phrases verified against their text",
    ]
    unverified = sum(one.unverified for one in made.evidence)
    if unverified:
        lines.append(
            f"            {unverified:>6}   phrases not verified: run 'kg verify TEXTFILE --write'"
        )
        lines += [
            f"                     {compact(s.source)}: {s.unverified}"
            for s in made.evidence
            if s.unverified
        ]
    bare = sum(one.without_phrase for one in made.evidence)
    lines.append(f"            {bare:>6}   name their source only: its text is not at hand")
    warnings = len(made.report.results)
    lines.append(f"  SHACL     conforms, {warnings} warnings ({made.report.engine})")
    return "\n".join(lines) + "\n"


def rejected(error: RejectedError) -> str:
    """Why a graph was not published, a line for each defect or violation."""
    lines = [str(defect) for defect in error.defects]
    if error.report is not None:
        faults = replace(error.report, results=error.report.violations)
        lines += [found.line("en") for found in findings.explain(error.store, faults)]
    return "".join(f"{line}\n" for line in lines)


def verified(found: Verification) -> str:
    """How many phrases of a source stand in its text."""
    faults = len(found.faults) + len(found.outdated)
    return (
        f"{compact(found.source)}: {len(found.places)} phrases found in the text, {faults} faults\n"
    )


def coverage(found: Verification, covered: Coverage, *, color: bool) -> str:
    """Each sentence with its phrases marked, the claims that stand on them, and its gaps."""
    opening, closing = _HIGHLIGHT if color else _BRACKETS
    lines = []
    for number, sentence in enumerate(covered.sentences, 1):
        marked, at = "", sentence.start
        for start, end in _merged((s.place.start, s.place.end) for s in sentence.standing):
            marked += found.text[at:start] + opening + found.text[start:end] + closing
            at = end
        marked += found.text[at : sentence.end]
        lines.append(f"{number:>3}  {marked.strip()}")
        for standing in sentence.standing:
            phrase = found.text[standing.place.start : standing.place.end]
            lines.append(f"       {compact(standing.claim)}  {phrase}")
        for place, reason in sentence.gaps:
            gap = found.text[place.start : place.end]
            why = (
                f"({compact(reason)})"
                if reason
                else "NOT COVERED: add a claim, or a reason in uncovered.trig"
            )
            lines.append(f"     - {place.start}-{place.end}  {gap}  {why}")
    lines += [
        f"     ! {s.start}-{s.end} is listed as uncovered, but a claim stands on it: "
        "correct uncovered.trig"
        for s in covered.stale
    ]
    share = covered.covered / covered.characters if covered.characters else 0
    carrying = covered.clauses - covered.explained - covered.unexplained
    lines.append(
        f"{covered.clauses} clauses: {carrying} carry claims, "
        f"{covered.explained} have a reason not to, {covered.unexplained} are not covered; "
        f"{share:.0%} of the characters lie in a phrase"
    )
    return "\n".join(lines) + "\n"


def _merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def validation(store: Store, report: Report, format: str, lang: str) -> str:  # noqa: A002
    """A SHACL report as text; the table ends with one line that says how it stands."""
    if format != "table":
        return findings.write(store, report, format, lang)
    verdict = "conforms" if report.conforms else "does not conform"
    line = f"{verdict}: {len(report.results)} results ({report.engine})\n"
    return (findings.write(store, report, format, lang) if report.results else "") + line


def shape_coverage(rows: Sequence[ShapeCoverage], lang: str) -> str:
    """How often each shape applied; a shape that found nothing says why, or is a fault."""
    width = max(len(compact(row.shape)) for row in rows)
    lines = []
    for row in rows:
        why = dict(row.reason).get(lang, "")
        note = "FAULT: found nothing: mend its target or path, or say why" if row.fault else ""
        unit = "values" if row.path else "targets"
        lines.append(
            f"{compact(row.shape):<{width}} {row.found:>6} {unit:<7} "
            f"{note or ('' if row.found else why)}".rstrip()
        )
    faults = sum(row.fault for row in rows)
    empty = sum(not row.found for row in rows) - faults
    lines.append(f"{len(rows)} shapes: {empty} without targets for a reason, {faults} at fault")
    return "\n".join(lines) + "\n"


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
            lines.append(f"  {one.name:<{width}}  {one.title.of(lang)}  {params}".rstrip())
    return "\n".join(lines[1:]) + "\n"


def question(
    store: Store,
    name: str,
    given: Mapping[str, str],
    format: str,  # noqa: A002
    lang: str,
) -> tuple[str, bool]:
    """Ask a canned question; returns the text and whether there was an answer."""
    one = queries.find(queries.load(resources.queries()), name)
    bound = queries.bind(store, one, given)
    table = store.select(one.sparql, bound)
    if format not in ("table", "md"):
        return render(decorate(store, table, lang), format, lang), bool(table.rows)
    # What was asked is said once above, not in every row; what nothing has is left out.
    head = f"{one.title.of(lang)}\n{_bindings(store, bound, lang)}\n"
    shown = _told(table, bound)
    return head + render(decorate(store, shown, lang), format, lang), bool(table.rows)


def explanation(store: Store, name: str, given: Mapping[str, str], lang: str) -> str:
    """What a question would ask: its description, its parameters as bound, its SPARQL."""
    one = queries.find(queries.load(resources.queries()), name)
    bound = queries.bind(store, one, given)
    lines = [one.title.of(lang), one.description.of(lang), ""]
    for param in one.params:
        value = bound.get(param.name)
        lines.append(f"  {param.name} ({param.kind}): {param.description.of(lang)}")
        lines.append(f"    = {value if value is not None else '(any)'}")
    return "\n".join(lines) + f"\n\n{one.sparql.strip()}\n"


def answer(
    store: Store,
    found: Table | bool | list[ox.Triple],
    format: str,  # noqa: A002
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
    from kg.export import export  # noqa: PLC0415

    stream = BytesIO()
    export((ox.Quad(t.subject, t.predicate, t.object) for t in found), "turtle", stream)
    return stream.getvalue().decode("utf-8"), bool(found)


def statistics(graph: KnowledgeGraph, lang: str) -> str:
    """What the graph holds: totals, classes, properties, sources, evidence, reach of the shapes."""
    counted = graph.statistics()
    lines = [f"{name:<16} {number:>6}" for name, number in counted.totals]
    lines += _evidence(counted.evidence)
    rows = graph.shape_coverage()
    reached = sum(bool(row.found) for row in rows)
    lines.append(
        f"{'shapes':<16} {len(rows):>6}   {reached} found something, "
        f"{sum(row.fault for row in rows)} at fault"
    )
    tables = (counted.classes, counted.properties, counted.sources)
    text = "\n".join(lines) + "\n"
    for table in tables:
        text += "\n" + render(decorate(graph.store, table, lang), "table", lang)
    return text


def _evidence(found: Iterable[Status]) -> list[str]:
    found = list(found)
    return [
        f"{'evidence':<16} {sum(s.verified for s in found):>6}   phrases verified, "
        f"{sum(s.unverified for s in found)} not verified, "
        f"{sum(s.without_phrase for s in found)} that name their source only"
    ]


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
