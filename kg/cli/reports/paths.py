"""Output of ``kg relate``: paths whose steps are sentences with their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.cli.reports.columns import FORMATS_FOR_PEOPLE, for_people
from kg.cli.reports.evidence_rows import path_rows
from kg.common.bilingual import Text
from kg.entities.labels import labels
from kg.evidence.proofs import cite
from kg.store import Store
from kg.tables import add_labels, render_table

if TYPE_CHECKING:
    from kg.analysis.paths import Statement, Way

_NO_PATH: Final = Text(
    "no way of at most {hops} steps between {start} and {end}",
    "{start}与{end}之间没有不超过{hops}步的联系",
)
_ALTERNATIVES: Final = Text(
    "Likewise, instead of {station}:", "将{station}换作下列事物，联系同样成立："
)
_MORE: Final = Text("and {number} more", "另有{number}个")
_FULL_STOP: Final = Text(".", "。")
_COLON: Final = Text(": ", "：")


def paths(
    store: Store,
    paths: Sequence[Way],
    request: tuple[str, str, int],
    format: str,
    lang: str,
) -> str:
    """Format the paths between two entities as sentences with phrases and sources.

    ``request`` holds the names of the two entities and the number of steps allowed.
    """
    # Imported here because it loads NumPy, which a search does not need.
    from kg.analysis.paths import RANKING

    if format != "table":
        table = add_labels(store, path_rows(paths, lang), lang)
        return render_table(
            for_people(table, lang) if format in FORMATS_FOR_PEOPLE else table, format, lang
        )
    iris = {iri for path in paths for iri in (*path.stations, *chain(*path.alike.values()))}
    names = labels(store, [ox.NamedNode(iri) for iri in sorted(iris)], lang)
    if not paths:
        start, end, hops = request
        return _NO_PATH.of(lang).format(hops=hops, start=start, end=end) + "\n"
    lines = []
    for number, path in enumerate(paths, 1):
        lines += [*_path_lines(number, path, names, lang), ""]
    sources = {
        proof.source_name(lang): proof.url
        for statement in _statements(paths)
        for proof in statement.proofs
        if proof.url
    }
    if sources:
        lines += [*(f"{name}: {url}" for name, url in sorted(sources.items())), ""]
    return "\n".join([*lines, RANKING.of(lang)]) + "\n"


def _path_lines(
    number: int, path: Way, names: Mapping[ox.NamedNode, str], lang: str
) -> Iterator[str]:
    stations = (names[ox.NamedNode(station)] for station in path.stations)
    yield f"{number}. {' → '.join(stations)}  [{path.cost:.2f}]"
    yield ""
    for statement in _statements([path]):
        yield f"   {statement.sentence.of(lang)}{_FULL_STOP.of(lang)}"
        yield f"      {cite(statement.proofs, lang)}"
    for station, alternatives in path.alike.items():
        yield "   " + _ALTERNATIVES.of(lang).format(station=names[ox.NamedNode(station)])
        for other, proofs in alternatives.items():
            yield f"      {names[ox.NamedNode(other)]}{_COLON.of(lang)}{cite(proofs, lang)}"
        if station in path.more:
            yield "      " + _MORE.of(lang).format(number=f"{path.more[station]:,}")


def _statements(paths: Sequence[Way]) -> Iterator[Statement]:
    return (statement for path in paths for step in path.steps for statement in step)
