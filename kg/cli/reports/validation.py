"""Output of ``kg validate``: validation results, their summaries, and shape coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.cli.language import say
from kg.common.line_breaks import cell_width
from kg.common.namespaces import BASE, compact
from kg.store import Store
from kg.validation import findings, report_formats

if TYPE_CHECKING:
    from kg.validation.catalogue_summary import CatalogueSummary, ExampleResult, ResultCount
    from kg.validation.catalogues import CatalogueReport
    from kg.validation.shacl import Report
    from kg.validation.shape_coverage import ShapeCoverage

_MAX_LENGTH: Final = 80
_UNIT_WIDTH: Final = 7
_SEVERITIES: Final = ("Violation", "Warning", "Info")


def validation(
    store: Store,
    curated: Report,
    catalogues: CatalogueReport | None,
    format: str,
    lang: str,
) -> Iterator[str]:
    """Yield the validation results of the curated part and of the catalogues, if any, as text.

    In the table, each of the two ends with a line that says whether it conforms.
    """
    from kg.validation import catalogue_summary

    if format == "table":
        if curated.results:
            yield findings.format_report(store, curated, format, lang)
        verdict = say("conforms") if curated.conforms else say("does not conform")
        yield say("{}: {} results ({})", verdict, len(curated.results), curated.engine) + "\n"
        if catalogues is not None:
            yield "\n" + catalogue_table(
                catalogue_summary.summarize_report(store, catalogues), lang
            )
        return
    details = (
        catalogue_summary.fault_details(store, catalogues)
        if catalogues is not None and format == "csv"
        else {}
    )
    results = chain(curated.results, () if catalogues is None else catalogues)
    conforms = not curated.results and not catalogues
    yield from report_formats.serialize_results(
        results, format, lang, conforms=conforms, details=details
    )


def catalogue_table(summary: CatalogueSummary, lang: str) -> str:
    """Format the faults of catalogues: their number and an example for each shape and body."""
    lines = []
    by_shape: dict[tuple[str, str], list[ResultCount]] = {}
    for row in summary.counts:
        by_shape.setdefault((row.severity, row.shape), []).append(row)
    for (severity, shape), rows in by_shape.items():
        total = sum(row.count for row in rows)
        texts = dict(rows[0].messages)
        results = "{}: {}, {} result" if total == 1 else "{}: {}, {} results"
        lines.append(say(results, say(severity), compact(shape), total))
        lines.append(f"  {texts.get(lang) or texts.get('en') or ''}")
        lines += [f"  {row.count:>9}  {row.body or '–'}: {_example(row.example)}" for row in rows]
        lines.append("")
    lines.append(
        say(
            "catalogues conform: {} violations, {} warnings, {} infos in {} triples ({}, {} s)"
            if summary.conforms
            else "catalogues do not conform: {} violations, {} warnings, {} infos in {} triples"
            " ({}, {} s)",
            *map(summary.count, _SEVERITIES),
            summary.triples,
            summary.engine,
            f"{summary.seconds:.1f}",
        )
    )
    return "\n".join(lines) + "\n"


def _example(example: ExampleResult) -> str:
    fault = f" {compact(example.path)}" if example.path else ""
    fault += f" = {_shorten(example.value)}" if example.value else ""
    where = example.record.removeprefix(BASE + "record/") or example.graph.removeprefix(BASE)
    return f"{_shorten(example.name)}{fault}" + (f" [{where}]" if where else "")


def _shorten(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _MAX_LENGTH else plain[: _MAX_LENGTH - 1] + "…"


def shape_coverage(rows: Sequence[ShapeCoverage], lang: str) -> str:
    """Format the number of targets of each shape; a shape with none has a reason or a fault."""
    width = max(len(compact(row.shape)) for row in rows)
    lines = []
    for row in rows:
        reason = dict(row.reason).get(lang, "")
        fault = say("FAULT: found nothing: fix its target or path, or give a reason")
        note = fault if row.fault else "" if row.count else reason
        unit = say("values") if row.path else say("targets")
        space = " " * (_UNIT_WIDTH - cell_width(unit))
        lines.append(f"{compact(row.shape):<{width}} {row.count:>6} {unit}{space} {note}".rstrip())
    faults = sum(row.fault for row in rows)
    empty = sum(not row.count for row in rows) - faults
    counts = len(rows), empty, faults
    lines.append(say("{} shapes: {} without targets for a reason, {} at fault", *counts))
    return "\n".join(lines) + "\n"
