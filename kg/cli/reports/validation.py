"""Output of ``kg validate``: validation results, their summaries, and shape coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.common.namespaces import BASE, compact
from kg.store import Store
from kg.validation import findings, report_formats

if TYPE_CHECKING:
    from kg.validation.catalogue_summary import CatalogueSummary, ExampleResult, ResultCount
    from kg.validation.catalogues import CatalogueReport
    from kg.validation.shacl import Report
    from kg.validation.shape_coverage import ShapeCoverage

_MAX_LENGTH: Final = 80
_PLURALS: Final = {"Violation": "violations", "Warning": "warnings", "Info": "infos"}


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
        verdict = "conforms" if curated.conforms else "does not conform"
        yield f"{verdict}: {len(curated.results)} results ({curated.engine})\n"
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
        lines.append(f"{severity}: {compact(shape)}, {total} result{'s'[: total != 1]}")
        lines.append(f"  {texts.get(lang) or texts.get('en') or ''}")
        lines += [f"  {row.count:>9}  {row.body or '–'}: {_example(row.example)}" for row in rows]
        lines.append("")
    counts = ", ".join(f"{summary.count(key)} {plural}" for key, plural in _PLURALS.items())
    verdict = "conform" if summary.conforms else "do not conform"
    lines.append(
        f"catalogues {verdict}: {counts} in {summary.triples} triples"
        f" ({summary.engine}, {summary.seconds:.1f} s)"
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
        note = "FAULT: found nothing: fix its target or path, or give a reason" if row.fault else ""
        unit = "values" if row.path else "targets"
        lines.append(
            f"{compact(row.shape):<{width}} {row.count:>6} {unit:<7} "
            f"{note or ('' if row.count else reason)}".rstrip()
        )
    faults = sum(row.fault for row in rows)
    empty = sum(not row.count for row in rows) - faults
    lines.append(f"{len(rows)} shapes: {empty} without targets for a reason, {faults} at fault")
    return "\n".join(lines) + "\n"
