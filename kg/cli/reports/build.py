"""Output of ``kg build``: the size of the graph, and the records kept and rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.common.namespaces import compact
from kg.validation import findings

if TYPE_CHECKING:
    from kg.pipeline.build import Account, RejectedError, Summary

_MAX_TALLY_LINES: Final = 20
_TALLIES: Final = (
    ("further records of a thing that has one", "same"),
    ("faults of the sources repaired", "mendings"),
    ("fields not known", "unknown"),
    ("statements of RDF files that occur more than once, kept once", "duplicates"),
    ("literals of RDF files kept in another form (such as 0042 as 42), by type", "rewritten"),
    ("statements of named graphs, whose names are not kept", "graphs"),
)
"""Title of each tally, and its key in the counts of an account."""


def summary(built: Summary) -> str:
    """Return a summary of a build in a few lines."""
    verified = sum(status.verified for status in built.evidence)
    lines = [
        _first_line(built),
        f"  graphs    {built.graphs:>6}   quads {built.quads}",
        f"  claims    {built.claims:>6}   from {len(built.evidence)} sources",
        f"  entities  {built.entities:>6}",
        f"  evidence  {verified:>6}   phrases verified against their text",
    ]
    unverified = sum(status.unverified for status in built.evidence)
    if unverified:
        lines.append(
            f"            {unverified:>6}   phrases not verified: run 'kg verify TEXTFILE --write'"
        )
        lines += [
            f"                     {compact(status.source)}: {status.unverified}"
            for status in built.evidence
            if status.unverified
        ]
    without = sum(status.without_phrase for status in built.evidence)
    lines.append(f"            {without:>6}   name their source only: its text is not at hand")
    lines.append(f"  SHACL     conforms, {built.warnings} warnings ({built.engine})")
    lines += _catalogues(built)
    return "\n".join(lines) + "\n"


def _first_line(built: Summary) -> str:
    if built.unchanged:
        return f"{built.folder} stands: nothing has changed since it was built"
    return f"built {built.folder} in {built.seconds:.1f} s"


def faults(error: RejectedError) -> str:
    """Return why a graph was not published, one line for each defect or violation."""
    lines = [str(defect) for defect in error.defects]
    if error.report is not None:
        violations = replace(error.report, results=error.report.violations)
        lines += [
            finding.to_line("en") for finding in findings.explain_results(error.store, violations)
        ]
    return "".join(f"{line}\n" for line in lines)


def _catalogues(built: Summary) -> Iterator[str]:
    """Yield one line for each catalogue, then counts of rejects, repairs and unread fields."""
    if not built.catalogues:
        return
    width = max(len(account.slug) for account in built.catalogues)
    records = sum(account.records for account in built.catalogues)
    kept = sum(account.kept for account in built.catalogues)
    yield ""
    yield f"  {'catalogue':<{width}} {'records':>8} {'in graph':>9} {'rejected':>9} {'triples':>9}"
    for account in built.catalogues:
        yield (
            f"  {account.slug:<{width}} {account.records:>8} {account.kept:>9} {account.rejects:>9}"
            f" {account.triples:>9}  {account.kind}, {_state(account)}"
        )
    rejected = sum(account.rejects for account in built.catalogues)
    yield f"  {'all':<{width}} {records:>8} {kept:>9} {rejected:>9}"
    yield from _rejects(built)
    for title, name in _TALLIES:
        yield from _tally(built.catalogues, title, name)
    yield ""
    yield f"  peak memory {built.peak / 1e9:.1f} GB   store {built.size / 1e6:.0f} MB"


def _state(account: Account) -> str:
    if account.reused:
        return "unchanged, not read again"
    return f"read in {account.seconds:.1f} s: {account.why}"


def _rejects(built: Summary) -> Iterator[str]:
    reasons: Counter[str] = Counter()
    for account in built.catalogues:
        reasons.update(account.rejected)
    if reasons:
        yield f"  rejected, each with place and reason in {built.rejects}"
        yield from (f"    {count:>8}  {reason}" for reason, count in reasons.most_common())


def _tally(catalogues: tuple[Account, ...], title: str, name: str) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for account in catalogues:
        counts.update(account.counts.get(name, {}))
    if not counts:
        return
    yield f"  {title}"
    yield from (f"    {count:>8}  {key}" for key, count in counts.most_common(_MAX_TALLY_LINES))
    if len(counts) > _MAX_TALLY_LINES:
        yield f"             and {len(counts) - _MAX_TALLY_LINES} more: see 'kg stats'"
