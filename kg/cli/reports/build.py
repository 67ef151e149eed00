"""Output of ``kg build``: the size of the graph, and the records kept and rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.cli.language import current_language, say, translate
from kg.common.bilingual import Text
from kg.common.line_breaks import cell_width
from kg.common.namespaces import compact, node
from kg.entities.joining import EntityJoin, JoinStatus
from kg.entities.labels import labels
from kg.sources import article
from kg.validation import findings

if TYPE_CHECKING:
    from kg.pipeline.build import Account, RejectedError, Summary
    from kg.store import Store

_ORDER: Final = (JoinStatus.PERHAPS, JoinStatus.DIFFERENT, JoinStatus.SAME, JoinStatus.NEW)
_MAX_TALLY_LINES: Final = 20
_NAME_WIDTH: Final = 9
_HEADS: Final = ("records", "in graph", "rejected", "triples")
_WIDTHS: Final = (8, 9, 9, 9)
_TALLIES: Final = (
    ("further records of a thing that has one", "same"),
    ("faults of the sources repaired", "mendings"),
    ("columns of lists, by what they hold, with their filled cells", "columns"),
    ("fields not known", "unknown"),
    ("statements of RDF files that occur more than once, kept once", "duplicates"),
    ("literals of RDF files kept in another form (such as 0042 as 42), by type", "rewritten"),
    ("statements of named graphs, whose names are not kept", "graphs"),
)
"""Title of each tally, and its key in the counts of an account."""


def summary(built: Summary, store: Store) -> str:
    """Return a summary of a build in a few lines; ``store`` is what was built."""
    verified = sum(status.verified for status in built.evidence)
    lines = [
        _first_line(built),
        _line(say("graphs"), built.graphs, say("quads {}", built.quads)),
        _line(say("claims"), built.claims, say("from {} sources", len(built.evidence))),
        _line(say("entities"), built.entities),
        _line(say("evidence"), verified, say("phrases verified against their text")),
    ]
    unverified = sum(status.unverified for status in built.evidence)
    if unverified:
        lines.append(
            _line("", unverified, say("phrases not verified: run 'kg verify TEXTFILE --write'"))
        )
        lines += [
            f"                     {compact(status.source)}: {status.unverified}"
            for status in built.evidence
            if status.unverified
        ]
    without = sum(status.without_phrase for status in built.evidence)
    lines.append(_line("", without, say("name their source only: its text is not at hand")))
    verdict = say("conforms, {} warnings ({})", built.warnings, built.engine)
    lines.append(f"  {_padded('SHACL')} {verdict}")
    lines += _articles(built)
    lines += _catalogues(built, store)
    return "\n".join(lines) + "\n"


def _first_line(built: Summary) -> str:
    if built.unchanged:
        return say("{} stands: nothing has changed since it was built", built.folder)
    return say("built {} in {} s", built.folder, f"{built.seconds:.1f}")


def _line(name: str, count: int, note: str = "") -> str:
    return f"  {_padded(name)} {count:>6}   {note}".rstrip()


def _padded(name: str) -> str:
    return name + " " * (_NAME_WIDTH - cell_width(name))


def faults(error: RejectedError) -> str:
    """Return why a graph was not published, one line for each defect or violation."""
    lines = [
        _placed(
            error,
            (value for _, value in defect.values),
            str(replace(defect, meaning=translate(defect.meaning))),
        )
        for defect in error.defects
    ]
    if error.report is not None:
        violations = replace(error.report, results=error.report.violations)
        found = findings.explain_results(error.store, violations)
        lines += [
            _placed(
                error,
                (each.value for each in (*finding.claims, finding.result.focus)),
                finding.to_line(current_language()),
            )
            for finding in found
        ]
    return "".join(f"{line}\n" for line in lines)


def _placed(error: RejectedError, iris: Iterable[str], line: str) -> str:
    """Return a line with the place in an article of one's own, if there is one."""
    places = (article.place_of(error.articles, iri) for iri in iris)
    place = next(filter(None, places), "")
    return f"{place}: {line}" if place else line


def _articles(built: Summary) -> Iterator[str]:
    """Yield one line for each article of one's own, and one for each of its entities."""
    for account in built.articles:
        yield ""
        counts = Counter(join.status for join in account.joins)
        tally = say(
            "{} claims, {} entities: {} same, {} new, {} perhaps the same",
            account.claims,
            len({join.entity for join in account.joins}),
            counts[JoinStatus.SAME],
            counts[JoinStatus.NEW],
            len({j.entity for j in account.joins if j.status == JoinStatus.PERHAPS}),
        )
        yield "  " + say("article {}: {}", account.slug, tally)
        if account.gone:
            yield "    " + say("{} is gone: built from the copy in the graph", account.path)
        if account.proposed:
            yield "    " + say("{} proposed claims are left out", account.proposed)
        ordered = sorted(account.joins, key=lambda j: (_ORDER.index(j.status), j.entity))
        heads = [say(status) for status in JoinStatus]
        width = max(map(cell_width, heads))
        for join in ordered:
            head = say(join.status)
            yield f"    {head}{' ' * (width - cell_width(head))}  {_join(join)}"
        if counts[JoinStatus.PERHAPS]:
            yield "    " + say(
                "decide, in entities.trig: owl:sameAs or owl:differentFrom the other"
            )


def _join(join: EntityJoin) -> str:
    entity = " ".join(filter(None, (compact(join.entity), join.name)))
    if not join.other:
        return entity
    if join.other == join.entity:
        return f"{entity} ({say(join.reason)})"
    other = " ".join(filter(None, (compact(join.other), join.other_name)))
    sign = "≠" if join.status == JoinStatus.DIFFERENT else "="
    return f"{entity} {sign} {other} ({say(join.reason)})"


def _catalogues(built: Summary, store: Store) -> Iterator[str]:
    """Yield one line for each catalogue, then counts of rejects, repairs and unread fields."""
    if not built.catalogues:
        return
    width = max(len(account.slug) for account in built.catalogues)
    records = sum(account.records for account in built.catalogues)
    kept = sum(account.kept for account in built.catalogues)
    yield ""
    heads = [
        " " * (space - cell_width(head)) + head
        for head, space in zip(map(say, _HEADS), _WIDTHS, strict=True)
    ]
    first, comma = say("catalogue"), Text(", ", "，").of(current_language())
    yield f"  {first}{' ' * (width - cell_width(first))} {' '.join(heads)}"
    for account in built.catalogues:
        yield (
            f"  {account.slug:<{width}} {account.records:>8} {account.kept:>9} {account.rejects:>9}"
            f" {account.triples:>9}  {account.kind}{comma}{_state(account)}"
        )
    rejected = sum(account.rejects for account in built.catalogues)
    total = say("all")
    yield f"  {total}{' ' * (width - cell_width(total))} {records:>8} {kept:>9} {rejected:>9}"
    yield from _rejects(built)
    for title, name in _TALLIES:
        yield from _tally(built.catalogues, title, name, store)
    yield ""
    sizes = f"{built.peak / 1e9:.1f}", f"{built.size / 1e6:.0f}"
    yield "  " + say("peak memory {} GB   store {} MB", *sizes)


def _state(account: Account) -> str:
    if account.reused:
        return say("unchanged, not read again")
    return say("read in {} s: {}", f"{account.seconds:.1f}", translate(account.why))


def _rejects(built: Summary) -> Iterator[str]:
    reasons: Counter[str] = Counter()
    for account in built.catalogues:
        reasons.update(account.rejected)
    if reasons:
        yield "  " + say("rejected, each with place and reason in {}", built.rejects)
        for reason, count in reasons.most_common():
            yield f"    {count:>8}  {translate(reason)}"


def _tally(catalogues: tuple[Account, ...], title: str, name: str, store: Store) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for account in catalogues:
        counts.update(account.counts.get(name, {}))
    if not counts:
        return
    yield f"  {say(title)}"
    # How a list was read is said in full.
    limit = len(counts) if name == "columns" else _MAX_TALLY_LINES
    shown = counts.most_common(limit)
    names = _mending_names(store, counts) if name == "mendings" else {}
    yield from (f"    {count:>8}  {names.get(key) or translate(key)}" for key, count in shown)
    if len(counts) > limit:
        rest = say("and {} more: see 'kg stats'", len(counts) - limit)
        yield f"             {rest}"


def _mending_names(store: Store, codes: Iterable[str]) -> dict[str, str]:
    nodes = {code: node(f"mending:{code}") for code in codes}
    names = labels(store, nodes.values(), current_language())
    return {code: names[each] for code, each in nodes.items()}
