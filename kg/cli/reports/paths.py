"""What ``kg relate`` prints: paths, each step a sentence with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.cli.reports.columns import FOR_PEOPLE, for_people
from kg.cli.reports.evidence_rows import of_ways
from kg.common.bilingual import Text
from kg.entities.labels import labels
from kg.evidence.proofs import cited
from kg.store import Store
from kg.tables import decorate, render

if TYPE_CHECKING:
    from kg.analysis.paths import Statement, Way


_NO_WAY: Final = Text(
    "no way of at most {hops} steps between {one} and {other}",
    "{one}与{other}之间没有不超过{hops}步的联系",
)


_ALIKE: Final = Text("Likewise, instead of {station}:", "将{station}换作下列事物，联系同样成立：")


_MORE: Final = Text("and {number} more", "另有{number}个")


_STOP: Final = Text(".", "。")


_COLON: Final = Text(": ", "：")


def ways(
    store: Store,
    found: Sequence[Way],
    asked: tuple[str, str, int],
    format: str,
    lang: str,
) -> str:
    """How two things are related: each way as sentences, each with its phrases and sources.

    ``asked`` are the names of the two things and the number of steps allowed.
    """
    # It loads NumPy, which a search does without: a fifth of the time in which one starts.
    from kg.analysis.paths import RANKING

    if format != "table":
        table = decorate(store, of_ways(found, lang), lang)
        return render(for_people(table, lang) if format in FOR_PEOPLE else table, format, lang)
    stations = {iri for way in found for iri in (*way.stations, *chain(*way.alike.values()))}
    names = labels(store, [ox.NamedNode(iri) for iri in sorted(stations)], lang)
    one, other, hops = asked
    if not found:
        return _NO_WAY.of(lang).format(hops=hops, one=one, other=other) + "\n"
    lines = []
    for number, way in enumerate(found, 1):
        lines += [*_way(number, way, names, lang), ""]
    sources = {
        proof.source_name(lang): proof.url
        for statement in _statements(found)
        for proof in statement.proofs
        if proof.url
    }
    if sources:
        lines += [*(f"{name}: {url}" for name, url in sorted(sources.items())), ""]
    return "\n".join([*lines, RANKING.of(lang)]) + "\n"


def _way(number: int, way: Way, names: Mapping[ox.NamedNode, str], lang: str) -> Iterator[str]:
    stations = (names[ox.NamedNode(station)] for station in way.stations)
    yield f"{number}. {' → '.join(stations)}  [{way.cost:.2f}]"
    yield ""
    for statement in _statements([way]):
        yield f"   {statement.sentence.of(lang)}{_STOP.of(lang)}"
        yield f"      {cited(statement.proofs, lang)}"
    for station, alike in way.alike.items():
        yield "   " + _ALIKE.of(lang).format(station=names[ox.NamedNode(station)])
        for other, proofs in alike.items():
            yield f"      {names[ox.NamedNode(other)]}{_COLON.of(lang)}{cited(proofs, lang)}"
        if station in way.more:
            yield "      " + _MORE.of(lang).format(number=f"{way.more[station]:,}")


def _statements(found: Sequence[Way]) -> Iterator[Statement]:
    return (statement for way in found for step in way.steps for statement in step)
