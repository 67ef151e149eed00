"""What verifying and validating have to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.common.namespaces import BASE, compact
from kg.store import Store
from kg.validation import findings, report_formats

if TYPE_CHECKING:
    from kg.validation.catalogue_summary import Example, Row, Summary
    from kg.validation.catalogues import Findings
    from kg.validation.shacl import Report
    from kg.validation.shape_coverage import ShapeCoverage

_LONGEST: Final = 80
_PLURALS: Final = {"Violation": "violations", "Warning": "warnings", "Info": "infos"}


def validation(
    store: Store,
    report: Report,
    listed: Findings | None,
    format: str,
    lang: str,
) -> Iterator[str]:
    """What SHACL found, in pieces; each part of the table ends with one line on how it stands.

    ``listed`` is what was found in catalogues, if there are any.
    """
    from kg.validation import catalogue_summary

    if format == "table":
        if report.results:
            yield findings.write(store, report, format, lang)
        verdict = "conforms" if report.conforms else "does not conform"
        yield f"{verdict}: {len(report.results)} results ({report.engine})\n"
        if listed is not None:
            yield "\n" + catalogues(catalogue_summary.summarize(store, listed), lang)
        return
    places = (
        catalogue_summary.places(store, listed) if listed is not None and format == "csv" else {}
    )
    results = chain(report.results, () if listed is None else listed)
    conforms = report.conforms and (listed is None or listed.conforms)
    yield from report_formats.machine(results, format, lang, conforms=conforms, places=places)


def catalogues(found: Summary, lang: str) -> str:
    """What is wrong in catalogues: each shape, and by body how often, with an example."""
    lines = []
    by_shape: dict[tuple[str, str], list[Row]] = {}
    for row in found.rows:
        by_shape.setdefault((row.severity, row.shape), []).append(row)
    for (severity, shape), rows in by_shape.items():
        total = sum(row.count for row in rows)
        texts = dict(rows[0].messages)
        lines.append(f"{severity}: {compact(shape)}, {total} result{'s'[: total != 1]}")
        lines.append(f"  {texts.get(lang) or texts.get('en') or ''}")
        lines += [f"  {row.count:>9}  {row.body or '–'}: {_example(row.example)}" for row in rows]
        lines.append("")
    counts = ", ".join(f"{found.count(s)} {_PLURALS[s]}" for s in _PLURALS)
    verdict = "conform" if found.conforms else "do not conform"
    lines.append(
        f"catalogues {verdict}: {counts} in {found.triples} triples"
        f" ({found.engine}, {found.seconds:.1f} s)"
    )
    return "\n".join(lines) + "\n"


def _example(example: Example) -> str:
    fault = f" {compact(example.path)}" if example.path else ""
    fault += f" = {_cut(example.value)}" if example.value else ""
    where = example.record.removeprefix(BASE + "record/") or example.graph.removeprefix(BASE)
    return f"{_cut(example.name)}{fault}" + (f" [{where}]" if where else "")


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


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
