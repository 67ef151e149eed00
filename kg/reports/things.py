"""Things by name, what is said of them, how two of them are related, and views as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import resources
from kg.entities import labels
from kg.headers import Text
from kg.namespaces import compact
from kg.pictures.model import EVIDENCE, Picture
from kg.proofs import Proof, cited
from kg.relate import RANKING, Statement, Way
from kg.store import Store, Term
from kg.tables import Presentable, render
from kg.views import load

if TYPE_CHECKING:
    from kg.pictures.drawing import Drawing
    from kg.profile import Fact, Profile
    from kg.search import Hit
    from kg.views.network import Network

_MATCHES: Final = {
    "same": Text("the same", "相同"),
    "begins": Text("begins with it", "以其开头"),
    "contains": Text("contains it", "包含"),
    "words": Text("contains all its words", "包含全部词语"),
    "similar": Text("similar", "相近"),
}
_NO_WAY: Final = Text(
    "no way of at most {hops} steps between {one} and {other}",
    "{one}与{other}之间没有不超过{hops}步的联系",
)
_ALIKE: Final = Text("Likewise for {others} instead of {station}", "{others}与{station}相同")
_STOP: Final = Text(".", "。")
_COMMA: Final = Text(", ", "、")
_DIRECTIONS: Final = {
    "value": Text("What it is", "基本信息"),
    "out": Text("What it does, and belongs to", "其行为与归属"),
    "in": Text("What refers to it", "与之相关"),
}


def hits(store: Store, found: Sequence[Hit], format: str, lang: str) -> str:  # noqa: A002
    """What a search found: each thing with its kind and the name that fits."""
    things = [ox.NamedNode(hit.iri) for hit in found]
    kinds = [ox.NamedNode(hit.kind) if hit.kind else None for hit in found]
    names = labels(store, [*things, *(kind for kind in kinds if kind)], lang)
    rows = tuple(
        (thing, kind, ox.Literal(hit.name), ox.Literal(_MATCHES[hit.match].of(lang)))
        for thing, kind, hit in zip(things, kinds, found, strict=True)
    )
    return render(Presentable(("thing", "kind", "name", "match"), rows, names), format, lang)


def profile(found: Profile, format: str, lang: str) -> str:  # noqa: A002
    """All that is said of a thing, in groups; machine formats have a row for each proof."""
    if format not in ("table", "md"):
        return render(_facts(found), format, lang)
    kinds = " · ".join(kind.of(lang) for kind in found.kinds)
    lines = [f"{found.label.of(lang)} {compact(found.iri)}", f"  {kinds}"]
    other = [found.label.of("zh" if lang == "en" else "en"), *found.names]
    lines.append("  " + "; ".join(dict.fromkeys(name for name in other if name)))
    text = "\n".join(line for line in lines if line.strip()) + "\n"
    for direction, title in _DIRECTIONS.items():
        facts = [fact for fact in found.facts if fact.direction == direction]
        if facts:
            text += f"\n{title.of(lang)}\n\n" + render(_shown(facts, lang), format, lang)
    return text


def _shown(facts: Sequence[Fact], lang: str) -> Presentable:
    """Facts for people: a column that nothing fills is left out."""
    rows = [
        (
            ox.Literal(fact.name.of(lang)),
            ox.Literal(fact.shown.of(lang)),
            ox.Literal(fact.date) if fact.date else None,
            ox.Literal(cited(fact.proofs, lang)),
        )
        for fact in facts
    ]
    columns = ("relation", "value", "date", "evidence")
    kept = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    return Presentable(
        tuple(columns[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in rows),
        {},
    )


def _facts(found: Profile) -> Presentable:
    columns = ("thing", "direction", "property", "value", "date", "sentence", *_PROOF)
    rows = []
    names = {}
    thing = ox.NamedNode(found.iri)
    for fact in found.facts:
        if isinstance(fact.value, ox.NamedNode):
            names[fact.value] = fact.shown.en
        head = (
            thing,
            ox.Literal(fact.direction),
            ox.Literal(fact.property),
            fact.value,
            ox.Literal(fact.date) if fact.date else None,
            ox.Literal(fact.sentence.en, language="en") if fact.sentence else None,
        )
        rows += [(*head, *cells) for cells in _proof_cells(fact.proofs)]
    return Presentable(columns, tuple(rows), {**names, thing: found.label.en})


_PROOF: Final = ("phrase", "source", "url", "claim")


def _proof_cells(proofs: Iterable[Proof]) -> list[tuple[Term | None, ...]]:
    cells: list[tuple[Term | None, ...]] = [
        (
            ox.Literal(proof.phrase) if proof.phrase else None,
            ox.NamedNode(proof.source),
            ox.Literal(proof.url) if proof.url else None,
            ox.NamedNode(proof.claim),
        )
        for proof in proofs
    ]
    return cells or [(None, None, None, None)]


def ways(
    store: Store,
    found: Sequence[Way],
    asked: tuple[str, str, int],
    format: str,  # noqa: A002
    lang: str,
) -> str:
    """How two things are related: each way as sentences, each with its phrases and sources.

    ``asked`` are the names of the two things and the number of steps allowed.
    """
    stations = {iri for way in found for iri in (*way.stations, *chain(*way.alike.values()))}
    names = labels(store, [ox.NamedNode(iri) for iri in sorted(stations)], lang)
    if format != "table":
        return render(_steps(found, names, lang), format, lang)
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
    lines += [f"{name}: {url}" for name, url in sorted(sources.items())]
    return "\n".join([*lines, "", RANKING.of(lang)]) + "\n"


def _way(number: int, way: Way, names: Mapping[ox.NamedNode, str], lang: str) -> Iterator[str]:
    stations = (names[ox.NamedNode(station)] for station in way.stations)
    yield f"{number}. {' → '.join(stations)}  [{way.cost:.2f}]"
    yield ""
    for statement in _statements([way]):
        yield f"   {statement.sentence.of(lang)}{_STOP.of(lang)}"
        yield f"      {cited(statement.proofs, lang)}"
    for station, alike in way.alike.items():
        others = _COMMA.of(lang).join(names[ox.NamedNode(iri)] for iri in alike)
        yield "   " + _ALIKE.of(lang).format(station=names[ox.NamedNode(station)], others=others)


def _statements(found: Sequence[Way]) -> Iterator[Statement]:
    return (statement for way in found for step in way.steps for statement in step)


def _steps(found: Sequence[Way], names: Mapping[ox.NamedNode, str], lang: str) -> Presentable:
    columns = ("way", "cost", "step", "from", "relation", "to", "date", "sentence", *_PROOF)
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    rows: list[tuple[Term | None, ...]] = []
    for number, way in enumerate(found, 1):
        for place, step in enumerate(way.steps, 1):
            for statement in step:
                head = (
                    ox.Literal(number),
                    ox.Literal(f"{way.cost:.2f}", datatype=decimal),
                    ox.Literal(place),
                    ox.NamedNode(statement.source),
                    ox.Literal(statement.relation),
                    ox.NamedNode(statement.target),
                    ox.Literal(statement.date) if statement.date else None,
                    ox.Literal(statement.sentence.of(lang), language=lang),
                )
                rows += [(*head, *cells) for cells in _proof_cells(statement.proofs)]
    return Presentable(columns, tuple(rows), names)


def views(lang: str) -> str:
    """The views, each with its title and what it shows."""
    known = load(resources.queries() / "views").values()
    width = max(len(view.name) for view in known)
    return "".join(
        f"{view.name:<{width}}  {view.title.of(lang)}\n{'':<{width}}  {view.description.of(lang)}\n"
        for view in known
    )


def drawing(drawn: Drawing, lang: str) -> str:
    """A view as a table: the edges of a network, or the rows of a picture, with their evidence."""
    title = f"{drawn.view.title.of(lang)}\n{drawn.view.description.of(lang)}\n\n"
    content = drawn.content
    table = _rows(content, lang) if isinstance(content, Picture) else _edges(content, lang)
    return title + render(table, "table", lang)


def _rows(picture: Picture, lang: str) -> Presentable:
    rows = tuple(
        tuple(
            ox.Literal(text) if text else None
            for text in (*(cell.text.of(lang) for cell in row.cells), cited(row.proofs, lang))
        )
        for row in picture.rows
    )
    columns = tuple(column.of(lang) for column in picture.columns)
    return Presentable((*columns, EVIDENCE.of(lang)), rows, {})


def _edges(graph: Network, lang: str) -> Presentable:
    names = {ox.NamedNode(iri): graph.nodes[iri][f"label_{lang}"] for iri in graph}
    proofs = graph.graph["proofs"]
    rows = tuple(
        (
            ox.NamedNode(source),
            ox.Literal(edge[f"relation_{lang}"]),
            ox.NamedNode(target),
            ox.Literal(edge["date"]) if edge["date"] else None,
            ox.Literal(cited([p for c in edge["claims"] for p in proofs[c]], lang)),
        )
        for source, target, edge in graph.edges(data=True)
    )
    return Presentable(("source", "relation", "target", "date", "evidence"), rows, names)
