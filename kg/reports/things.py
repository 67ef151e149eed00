"""Things by name, what is said of them, how two of them are related, and views as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import resources
from kg.entities import labels
from kg.headers import Text
from kg.namespaces import CLAIM, compact
from kg.pictures.model import EVIDENCE, Picture
from kg.profile import DIRECTIONS
from kg.proofs import cited
from kg.reports.columns import for_people
from kg.reports.rows import of_profile, of_ways
from kg.sentences import PLANNED
from kg.store import Store, Table
from kg.tables import Presentable, decorate, render
from kg.views import load

if TYPE_CHECKING:
    from kg.pictures.drawing import Drawing
    from kg.profile import Fact, Profile
    from kg.relate import Statement, Way
    from kg.search import Hit
    from kg.views.network import Network

_MATCHES: Final = {
    "same": Text("the same", "相同"),
    "designates": Text("is designated by it", "编号相符"),
    "begins": Text("begins with it", "以其开头"),
    "contains": Text("contains it", "包含"),
    "words": Text("contains all its words", "包含全部词语"),
    "similar": Text("similar", "相近"),
}
_NO_WAY: Final = Text(
    "no way of at most {hops} steps between {one} and {other}",
    "{one}与{other}之间没有不超过{hops}步的联系",
)
_ALIKE: Final = Text("Likewise, instead of {station}:", "将{station}换作下列事物，联系同样成立：")
_MORE: Final = Text("and {number} more", "另有{number}个")
_PART: Final = Text("{name}: the first {told} of {total}", "{name}：共{total}项，此处为前{told}项")
_ALL: Final = Text(
    "All of them: kg show --all, or kg view --around ENTITY -o FILE.csv",
    "查看全部：kg show --all，或 kg view --around 实体 -o 文件.csv",
)
_STOP: Final = Text(".", "。")
_COLON: Final = Text(": ", "：")
_TITLES: Final = {
    "value": Text("What it is", "基本信息"),
    "out": Text("What it does, and belongs to", "其行为与归属"),
    "in": Text("What refers to it", "与之相关"),
}
_EDGE: Final = (
    Text("source", "起点"),
    Text("relation", "关系"),
    Text("target", "终点"),
    Text("date", "日期"),
    EVIDENCE,
)
_FOR_PEOPLE: Final = ("table", "md")


def hits(store: Store, found: Sequence[Hit], format: str, lang: str) -> str:  # noqa: A002
    """What a search found: each thing with its kind, the name that fits and the title."""
    things = [ox.NamedNode(hit.iri) for hit in found]
    kinds = [ox.NamedNode(hit.kind) if hit.kind else None for hit in found]
    rows = tuple(
        (
            thing,
            kind,
            ox.Literal(hit.name),
            # Whoever found the title, and what has none, needs no second one.
            ox.Literal(title) if (title := hit.title.of(lang)) not in ("", hit.name) else None,
            ox.Literal(_MATCHES[hit.match].of(lang)),
        )
        for thing, kind, hit in zip(things, kinds, found, strict=True)
    )
    table = decorate(store, Table(("thing", "kind", "name", "title", "match"), rows), lang)
    if format not in _FOR_PEOPLE:
        return render(table, format, lang)
    # The label of a claim is its phrase and source, and the same for all claims on one phrase;
    # it stands in the column of names anyway.
    claims = {thing: compact(thing.value) for thing in things if thing.value.startswith(CLAIM)}
    table = replace(table, labels={**table.labels, **claims})
    return render(for_people(table, lang), format, lang)


def profile(found: Profile, format: str, lang: str) -> str:  # noqa: A002
    """All that is said of a thing, in groups; machine formats have a row for each proof."""
    facts = sorted(found.facts, key=lambda fact: _order(fact, lang))
    if format not in _FOR_PEOPLE:
        return render(of_profile(found, facts, lang), format, lang)
    kinds = " · ".join(kind.of(lang) for kind in found.kinds)
    lines = [f"{found.label.of(lang)} {compact(found.iri)}", f"  {kinds}"]
    other = [found.label.of("zh" if lang == "en" else "en"), *found.names]
    lines.append("  " + "; ".join(dict.fromkeys(name for name in other if name)))
    text = "\n".join(line for line in lines if line.strip()) + "\n"
    for direction in DIRECTIONS:
        group = [fact for fact in facts if fact.direction == direction]
        if group:
            table = _values(group, lang) if direction == "value" else _relations(group, lang)
            text += f"\n{_TITLES[direction].of(lang)}\n\n" + render(table, format, lang)
            text += _parts(found, direction, lang)
    return f"{text}\n{_ALL.of(lang)}\n" if found.parts else text


def _parts(found: Profile, direction: str, lang: str) -> str:
    """Of which relations of a group there are more than are told."""
    lines = [
        _PART.of(lang).format(name=part.name.of(lang), told=part.told, total=f"{part.total:,}")
        for part in found.parts
        if part.direction == direction
    ]
    return "".join(f"\n{line}" for line in lines) + "\n" if lines else ""


def _order(fact: Fact, lang: str) -> tuple[int, bytes, str, bytes]:
    """Facts by group, and in each by the name of the relation, its date and the other end."""
    place = DIRECTIONS.index(fact.direction)
    return place, _collated(fact.name.of(lang)), fact.date, _collated(fact.shown.of(lang))


def _collated(text: str) -> bytes:
    # GB 18030 has the common characters in the order of their readings, as Chinese lists are.
    return text.casefold().encode("gb18030", "replace")


def _values(facts: Iterable[Fact], lang: str) -> Presentable:
    """Values for people: of a text in several languages only the one in theirs."""
    rows = tuple(
        (
            ox.Literal(fact.name.of(lang)),
            ox.Literal(fact.shown.of(lang)),
            ox.Literal(cited(fact.proofs, lang)),
        )
        for fact in _spoken(list(facts), lang)
    )
    return for_people(Presentable(("property", "value", "evidence"), rows, {}), lang)


def _spoken(facts: Sequence[Fact], lang: str) -> Iterator[Fact]:
    told = {fact.property for fact in facts if _language(fact) == _primary(lang)}
    for fact in facts:
        if fact.property not in told or _language(fact) in ("", _primary(lang)):
            yield fact


def _language(fact: Fact) -> str:
    return _primary(fact.value.language or "") if isinstance(fact.value, ox.Literal) else ""


def _primary(tag: str) -> str:
    return tag.casefold().split("-")[0]


def _relations(facts: Iterable[Fact], lang: str) -> Presentable:
    """Relations for people, as sentences.

    The name of a relation beside the other end would read the same whichever way it leads. The
    date of a relation stands in its sentence; that of the other end is apart from it.
    """
    rows = tuple(
        (
            ox.Literal(fact.sentence.of(lang)) if fact.sentence else None,
            ox.Literal(fact.when) if fact.when else None,
            ox.Literal(cited(fact.proofs, lang)),
        )
        for fact in facts
    )
    return for_people(Presentable(("statement", "valueDate", "evidence"), rows, {}), lang)


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
    # It loads NumPy, which a search does without: a fifth of the time in which one starts.
    from kg.relate import RANKING  # noqa: PLC0415

    if format != "table":
        table = decorate(store, of_ways(found, lang), lang)
        return render(for_people(table, lang) if format in _FOR_PEOPLE else table, format, lang)
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
    if isinstance(content, Picture) and content.nothing and not content.rows:
        return f"{title}{content.nothing.of(lang)}\n"
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
    return Presentable((*columns, EVIDENCE.of(lang)), rows, {}, lang)


def _edges(graph: Network, lang: str) -> Presentable:
    names = {ox.NamedNode(iri): graph.nodes[iri][f"label_{lang}"] for iri in graph}
    proofs = graph.graph["proofs"]
    rows = tuple(
        (
            ox.NamedNode(source),
            ox.Literal(edge[f"relation_{lang}"] + (PLANNED.of(lang) if edge["planned"] else "")),
            ox.NamedNode(target),
            ox.Literal(edge["date"]) if edge["date"] else None,
            ox.Literal(cited([p for c in edge["claims"] for p in proofs[c]], lang)),
        )
        for source, target, edge in graph.edges(data=True)
    )
    columns = tuple(column.of(lang) for column in _EDGE)
    return Presentable(columns, rows, names, lang)
