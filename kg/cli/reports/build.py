"""What a build has to say: what is in the graph, and what became of every record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.common.namespaces import compact
from kg.validation import findings

if TYPE_CHECKING:
    from kg.pipeline.build import Account, RejectedError, Summary

_SHOWN: Final = 5


def summary(made: Summary) -> str:
    """What a build made, in a few lines."""
    checked = sum(one.verified for one in made.evidence)
    lines = [
        _begin(made),
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
    lines.append(f"  SHACL     conforms, {made.warnings} warnings ({made.engine})")
    lines += _catalogues(made)
    return "\n".join(lines) + "\n"


def _begin(made: Summary) -> str:
    if made.unchanged:
        return f"{made.folder} stands: nothing has changed since it was built"
    return f"built {made.folder} in {made.seconds:.1f} s"


def rejected(error: RejectedError) -> str:
    """Why a graph was not published, a line for each defect or violation."""
    lines = [str(defect) for defect in error.defects]
    if error.report is not None:
        faults = replace(error.report, results=error.report.violations)
        lines += [found.line("en") for found in findings.explain(error.store, faults)]
    return "".join(f"{line}\n" for line in lines)


def _catalogues(made: Summary) -> Iterator[str]:
    """A line for each catalogue, then what was rejected, mended and left unread, with counts."""
    if not made.catalogues:
        return
    width = max(len(account.slug) for account in made.catalogues)
    total = [sum(getattr(a, name) for a in made.catalogues) for name in ("records", "kept")]
    yield ""
    yield f"  {'catalogue':<{width}} {'records':>8} {'in graph':>9} {'rejected':>9} {'triples':>9}"
    for one in made.catalogues:
        yield (
            f"  {one.slug:<{width}} {one.records:>8} {one.kept:>9} {one.records - one.kept:>9}"
            f" {one.triples:>9}  {one.kind}, {_state(one)}"
        )
    yield f"  {'all':<{width}} {total[0]:>8} {total[1]:>9} {total[0] - total[1]:>9}"
    yield from _rejects(made)
    for title, name in _TALLIES:
        yield from _tally(made.catalogues, title, name)
    yield ""
    yield f"  peak memory {made.peak / 1e9:.1f} GB   store {made.size / 1e6:.0f} MB"


def _state(account: Account) -> str:
    if account.reused:
        return "unchanged, not read again"
    return f"read in {account.seconds:.1f} s: {account.why}"


def _rejects(made: Summary) -> Iterator[str]:
    reasons: Counter[str] = Counter()
    for account in made.catalogues:
        reasons.update(account.rejected)
    if reasons:
        yield f"  rejected, each with place and reason in {made.rejects}"
        yield from (f"    {count:>8}  {reason}" for reason, count in reasons.most_common())


_TALLIES: Final = (("faults of the sources mended", "mendings"), ("fields not known", "unknown"))


def _tally(catalogues: tuple[Account, ...], title: str, name: str) -> Iterator[str]:
    found: Counter[str] = Counter()
    for account in catalogues:
        found.update(account.counts.get(name, {}))
    if not found:
        return
    yield f"  {title}"
    yield from (f"    {count:>8}  {what}" for what, count in found.most_common(_SHOWN * 4))
    if len(found) > _SHOWN * 4:
        yield f"             and {len(found) - _SHOWN * 4} more: see 'kg stats'"
