"""Output of ``kg relate``: paths whose steps are sentences with their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.analysis.evidence_rows import path_rows
from kg.cli.reports.columns import for_people
from kg.cli.terminal import FOR_PEOPLE
from kg.common.bilingual import Text
from kg.entities.groups import main_kinds
from kg.entities.labels import labels
from kg.evidence.proofs import cite
from kg.store import Store
from kg.tables import add_labels, render_table

if TYPE_CHECKING:
    from kg.analysis.path_statements import Alike, Statement, Way

_NO_PATH: Final = Text(
    "no way of at most {hops} steps between {start} and {end}",
    "{start}与{end}之间没有不超过{hops}步的联系",
)
_LOOKED_AT: Final = Text(
    "{entity}, looked at with all that it is joined to:", "已查{entity}及与之相连者："
)
_NOT_COUNTED: Final = Text(
    "Not counted: what thousands have in common, such as a large publisher or the world.",
    "成千上万事物所共有者（如大型发布机构、全球）不计为联系。",
)
_WEAK: Final = Text(", weak", "，弱联系")
_ONE_OF: Final = Text("{name} (one of {count})", "{name}（{count}个之一）")
_COUNT: Final = Text("{count} ways say the same:", "同类联系共{count}条：")
_COUNT_OVER: Final = Text(
    "{count} ways say the same, each over one {kind}:", "同类联系共{count}条，各经一个{kind}："
)
_MOST_TELLING: Final = Text("The most telling:", "最具代表性的一条：")
_ALTERNATIVES: Final = Text("Likewise:", "其余如：")
_MORE: Final = Text("and {number} more", "另有{number}条")
_FULL_STOP: Final = Text(".", "。")
_COLON: Final = Text(": ", "：")

_LISTED: Final = 10
"""Maximum number of alternatives and varieties that are printed."""


def no_path(ends: Sequence[tuple[str, Sequence[tuple[str, int]]]], hops: int, lang: str) -> str:
    """Format that nothing was found, and what was looked at.

    ``ends`` are the two names, each with its relations and the number of others in each.
    """
    (start, _), (end, _) = ends
    lines = [_NO_PATH.of(lang).format(hops=hops, start=start, end=end), ""]
    for name, relations in ends:
        lines.append(_LOOKED_AT.of(lang).format(entity=name))
        lines += [*_counted(relations), ""]
    return "\n".join([*lines, _NOT_COUNTED.of(lang)]) + "\n"


def paths(store: Store, paths: Sequence[Way], format: str, lang: str) -> str:
    """Format the ways between two entities as sentences with phrases and sources."""
    # Imported here because it loads NumPy, which a search does not need.
    from kg.analysis.paths import RANKING

    if format != "table":
        table = add_labels(store, path_rows(paths, lang), lang)
        return render_table(
            for_people(table, lang) if format in FOR_PEOPLE else table, format, lang
        )
    iris = {
        iri for path in paths for iri in chain(path.stations, *(a.stations for a in path.alike))
    }
    names = labels(store, [ox.NamedNode(iri) for iri in sorted(iris)], lang)
    lines = []
    for number, path in enumerate(paths, 1):
        lines += [*_path_lines(number, path, names, _shared_kind(store, path, lang), lang), ""]
    sources = {
        proof.source_name(lang): proof.url
        for statement in _statements(paths)
        for proof in statement.proofs
        if proof.url
    }
    if sources:
        lines += [*(f"{name}: {url}" for name, url in sorted(sources.items())), ""]
    return "\n".join([*lines, RANKING.of(lang)]) + "\n"


def _varying_place(path: Way) -> int | None:
    """Return the one place in which paths that say the same differ; None if there is not one."""
    different = {
        place
        for other in path.alike
        for place, station in enumerate(other.stations)
        if station != path.stations[place]
    }
    return different.pop() if len(different) == 1 else None


def _shared_kind(store: Store, path: Way, lang: str) -> str:
    """Return the kind of all entities in which paths that say the same differ, or nothing."""
    place = _varying_place(path)
    if place is None:
        return ""
    stations = {path.stations[place], *(other.stations[place] for other in path.alike)}
    kinds = set(main_kinds(store, stations).values())
    if len(kinds) != 1:
        return ""
    kind = ox.NamedNode(kinds.pop())
    return labels(store, [kind], lang)[kind]


def _path_lines(
    number: int, path: Way, names: Mapping[ox.NamedNode, str], kind: str, lang: str
) -> Iterator[str]:
    count = f"{path.count:,}"
    stations = [names[ox.NamedNode(station)] for station in path.stations]
    if (place := _varying_place(path)) is not None:
        stations[place] = _ONE_OF.of(lang).format(name=stations[place], count=count)
    weak = _WEAK.of(lang) if path.weak else ""
    yield f"{number}. {' → '.join(stations)}  [{path.cost:.2f}{weak}]"
    yield ""
    if path.count > 1:
        yield "   " + (_COUNT_OVER if kind else _COUNT).of(lang).format(count=count, kind=kind)
        varieties = [(sentence.of(lang), count) for sentence, count in path.varieties]
        yield from (f"   {line}" for line in _counted(varieties))
        yield "   " + _MOST_TELLING.of(lang)
    for statement in _statements([path]):
        yield f"   {statement.sentence.of(lang)}{_FULL_STOP.of(lang)}"
        yield f"      {cite(statement.proofs, lang)}"
    if path.alike:
        yield "   " + _ALTERNATIVES.of(lang)
    for other in path.alike[:_LISTED]:
        name = _difference(path, other, names)
        yield f"      {name}{_COLON.of(lang)}{cite(other.proofs, lang)}"
    if more := path.count - 1 - len(path.alike[:_LISTED]):
        yield "      " + _MORE.of(lang).format(number=f"{more:,}")


def _difference(path: Way, other: Alike, names: Mapping[ox.NamedNode, str]) -> str:
    """Return the names of the stations of a path that another path does not have."""
    stations = (station for station in other.stations if station not in path.stations)
    return " → ".join(names[ox.NamedNode(station)] for station in stations)


def _counted(sentences: Sequence[tuple[str, int]]) -> Iterator[str]:
    shown = sentences[:_LISTED]
    width = max((len(f"{count:,}") for _, count in shown), default=0)
    for sentence, count in shown:
        yield f"   {count:>{width},}  {sentence}"


def _statements(paths: Sequence[Way]) -> Iterator[Statement]:
    return (statement for path in paths for step in path.steps for statement in step)
