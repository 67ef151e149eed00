"""What proves a statement: of a claim its phrases in their sources, of a catalogue its records.

What a text says stands in a graph for each claim, and its evidence is a phrase. What a catalogue
lists stands in one graph for the whole catalogue, and its evidence is the record from which the
thing was read: its claim is the record's IRI, or that of the graph where there are no records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, TypeAlias
from urllib.parse import unquote
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.common.namespaces import BASE, PREFIXES
from kg.store import Graph, Store, Table, Term

# Each way in which a thing can be spoken of is looked up by itself: a FILTER over all of them would
# read the whole store.
_OF_THING: Final = """
SELECT DISTINCT ?thing ?claim WHERE {
    { GRAPH ?claim { ?thing ?property ?value } } UNION
    { GRAPH ?claim { ?subject ?property ?thing } } UNION
    { ?thing a std:Claim . BIND(?thing AS ?claim) }
    ?claim std:evidence ?evidence
}"""
_CATALOGUES: Final = """
SELECT ?graph ?source ?url ?sourceEn ?sourceZh ?snapshot WHERE {
    ?graph a std:Catalogue ; dcterms:source ?source .
    OPTIONAL { ?source schema:url ?url }
    OPTIONAL { ?source skos:prefLabel ?sourceEn FILTER(LANG(?sourceEn) = "en") }
    OPTIONAL { ?source skos:prefLabel ?sourceZh FILTER(LANG(?sourceZh) = "zh") }
    OPTIONAL { ?source std:snapshotOn ?snapshot }
}"""
_DERIVED: Final = ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
_RECORD: Final = BASE + "record/"
_GRAPH: Final = BASE + "graph/"
_HAS_EVIDENCE, _HAS_SOURCE, _SELECTOR, _EXACT, _START, _END, _URL, _LABEL = (
    ox.NamedNode(PREFIXES[prefix] + local)
    for prefix, local in (
        ("std", "evidence"),
        *(("oa", local) for local in ("hasSource", "hasSelector", "exact", "start", "end")),
        ("schema", "url"),
        ("skos", "prefLabel"),
    )
)


@dataclass(frozen=True)
class Proof:
    """One piece of evidence: the claim it carries, its phrase and place, and its source.

    ``phrase``, ``start`` and ``end`` (code points) are None where only the source is named.
    ``source_en`` and ``source_zh`` are the names of the source. Of what a catalogue lists,
    ``snapshot`` is the day whose state of it was read (ISO 8601) and ``record`` what it calls the
    record: a number, a file; None of what a text says.
    """

    claim: str
    phrase: str | None
    start: int | None
    end: int | None
    source: str
    url: str | None
    source_en: str
    source_zh: str
    snapshot: str | None = None
    record: str | None = None

    def source_name(self, lang: str) -> str:
        """The name of the source in a language."""
        return self.source_zh if lang == "zh" else self.source_en

    def source_as_read(self, lang: str) -> str:
        """The name of the source with the day on which it stood so, if it is a catalogue."""
        name = self.source_name(lang)
        return f"{name} {self.snapshot}" if self.snapshot else name

    def source_as_listed(self, lang: str) -> str:
        """The same with the record, if it is one of a catalogue."""
        records = {self.record: None} if self.record else {}
        return self.source_as_read(lang) + _recorded(records, lang)


def of_claims(store: Store, claims: Iterable[str]) -> dict[str, tuple[Proof, ...]]:
    """The evidence of claims, by the IRI of the claim; the one named like the claim comes first.

    A claim is a graph of what a text says, a record of a catalogue or the graph of a catalogue.
    What is none of these has no evidence. Only the claims given are asked for.
    """
    wanted = sorted(set(claims))
    found: dict[str, list[tuple[bool, Proof]]] = {claim: [] for claim in wanted}
    known = _catalogues(store) if any(map(is_listed, wanted)) else {}
    said = []
    for claim in wanted:
        listed = _listed(claim, known) if known else None
        if listed is None:
            said.append(claim)
        else:
            found[claim].append((False, listed))
    for evidence, proof in _said(store, said):
        own = evidence == proof.claim.replace("/claim/", "/evidence/", 1)
        found[proof.claim].append((not own, proof))
    return {
        claim: tuple(proof for _, proof in sorted(pairs, key=_reading_order))
        for claim, pairs in found.items()
    }


def of_thing(store: Store, thing: ox.NamedNode) -> list[Proof]:
    """The evidence of whatever texts say of a thing, or of a claim, and the records that list it.

    In the order of the sources. Records of other things that name it are not among them: ask for
    the relations, see :func:`kg.analysis.profile.profile`.
    """
    claims = [row[1].value for row in store.select(_OF_THING, {"thing": thing}).rows if row[1]]
    found = [proof for _, proof in _said(store, sorted(claims))]
    for records in records_of(store, [thing.value]).values():
        found += [proof for proofs in of_claims(store, records).values() for proof in proofs]
    return sorted(
        found, key=lambda p: (p.source, p.start is None, p.start or 0, p.claim, p.phrase or "")
    )


def records_of(store: Store, things: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The records that describe things, by the catalogue's graph and the thing (all IRIs)."""
    found: dict[tuple[str, str], set[str]] = {}
    subjects = [ox.NamedNode(thing) for thing in sorted(set(things)) if "://" in thing]
    for thing, _, record, graph in store.about(subjects, [_DERIVED]):
        if isinstance(record, ox.NamedNode) and is_listed(place := _name(graph)):
            found.setdefault((place, thing.value), set()).add(record.value)
    return {key: tuple(sorted(records)) for key, records in found.items()}


def _name(graph: Graph) -> str:
    return graph.value if isinstance(graph, ox.NamedNode) else ""


def is_record(claim: str) -> bool:
    """Whether a claim is a record of a catalogue, which has no name but its number."""
    return claim.startswith(_RECORD)


def is_listed(claim: str) -> bool:
    """Whether a claim is a record of a catalogue, or the graph of one."""
    return claim.startswith((_RECORD, _GRAPH))


def cited(proofs: Iterable[Proof], lang: str) -> str:
    """Evidence as text: the phrases of each source before its name, records behind it.

    Sources stand apart by ``; ``, a catalogue with the day on which it stood so.

    >>> cited([Proof("c", "a vote", 0, 6, "s", None, "the Gazette", "公报")], "en")
    '“a vote” – the Gazette'
    >>> row = Proof("r", None, None, None, "s", None, "The List", "名录", "2026-05-04", "7145156")
    >>> cited([row], "en"), cited([row], "zh")
    ('The List 2026-05-04, record 7145156', '名录 2026-05-04，记录7145156')
    """
    phrases: dict[str, dict[str, None]] = {}
    records: dict[str, dict[str, None]] = {}
    for proof in proofs:
        source = proof.source_as_read(lang)
        said = phrases.setdefault(source, {})
        if proof.phrase:
            said[f"“{proof.phrase}”"] = None
        if proof.record:
            records.setdefault(source, {})[proof.record] = None
    return "; ".join(
        (f"{' '.join(said)} – " if said else "") + source + _recorded(records.get(source, {}), lang)
        for source, said in phrases.items()
    )


def _recorded(records: Mapping[str, None], lang: str) -> str:
    if not records:
        return ""
    several = "s" if len(records) > 1 else ""
    return (
        f"，记录{'、'.join(records)}" if lang == "zh" else f", record{several} {', '.join(records)}"
    )


_KNOWN: Final[WeakKeyDictionary[Store, dict[str, Proof]]] = WeakKeyDictionary()


def _catalogues(store: Store) -> dict[str, Proof]:
    """What each catalogue proves without saying by which record, by its graph."""
    if store.path is None:
        # What is in memory may still be filled.
        return _read_catalogues(store)
    if store not in _KNOWN:
        _KNOWN[store] = _read_catalogues(store)
    return _KNOWN[store]


def _read_catalogues(store: Store) -> dict[str, Proof]:
    found: dict[str, Proof] = {}
    for cell in _cells(store.select(_CATALOGUES)):
        known = found.get(cell["graph"])
        if known is None or cell.get("url", "") < (known.url or ""):
            found[cell["graph"]] = Proof(
                claim=cell["graph"],
                phrase=None,
                start=None,
                end=None,
                source=cell["source"],
                url=cell.get("url"),
                source_en=cell.get("sourceEn", cell["source"]),
                source_zh=cell.get("sourceZh", cell["source"]),
                snapshot=cell.get("snapshot"),
            )
    return found


def _listed(claim: str, catalogues: Mapping[str, Proof]) -> Proof | None:
    """The proof that a record, or the graph of a catalogue, is; None if it is neither."""
    if claim in catalogues:
        return catalogues[claim]
    slug, slash, record = claim.removeprefix(_RECORD).partition("/")
    whole = catalogues.get(_GRAPH + slug) if claim.startswith(_RECORD) and slash else None
    return whole and replace(whole, claim=claim, record=unquote(record))


_Subject: TypeAlias = ox.NamedNode | ox.BlankNode


def _said(store: Store, claims: Iterable[str]) -> Iterator[tuple[str, Proof]]:
    """What is said to prove claims, each proof after the IRI of its evidence; no IRI, no proof.

    Looked up one by one: a query of five OPTIONAL takes up to twice as long for a few claims, and
    no less for many.
    """
    sources: dict[_Subject, list[tuple[str | None, str, str]]] = {}
    nodes = [ox.NamedNode(claim) for claim in claims if "://" in claim]
    for claim in nodes:
        for evidence in _resources(store, claim, _HAS_EVIDENCE):
            said = list(_phrases(store, evidence))
            for source in _resources(store, evidence, _HAS_SOURCE):
                if source not in sources:
                    sources[source] = list(_named(store, source))
                for (phrase, (start, end)), (url, *names) in product(said, sources[source]):
                    about = claim.value, phrase, start, end, source.value, url
                    yield evidence.value, Proof(*about, *names)


def _phrases(
    store: Store, evidence: _Subject
) -> Iterable[tuple[str | None, tuple[int | None, int | None]]]:
    """The phrases of a piece of evidence, each with each of its places."""
    phrases: dict[str | None, None] = {}
    places: dict[tuple[int, int] | tuple[None, None], None] = {}
    for selector in _resources(store, evidence, _SELECTOR):
        phrases |= dict.fromkeys(_texts(store, selector, _EXACT))
        for start in _texts(store, selector, _START):
            ends = _texts(store, selector, _END)
            places |= {(int(start), int(end)): None for end in ends}
    return product(phrases or (None,), places or ((None, None),))


def _named(store: Store, source: _Subject) -> Iterable[tuple[str | None, str, str]]:
    """The address of a source and its names in English and Chinese."""
    labels = [one for one in _values(store, source, _LABEL) if isinstance(one, ox.Literal)]
    english, chinese = (
        [label.value for label in labels if label.language == lang] or [source.value]
        for lang in ("en", "zh")
    )
    urls: list[str | None] = [*_texts(store, source, _URL)]
    return product(urls or [None], english, chinese)


def _resources(store: Store, subject: _Subject, property_: ox.NamedNode) -> list[_Subject]:
    found = _values(store, subject, property_)
    return [value for value in found if isinstance(value, ox.NamedNode | ox.BlankNode)]


def _texts(store: Store, subject: _Subject, property_: ox.NamedNode) -> list[str]:
    return [value.value for value in _values(store, subject, property_)]


def _values(store: Store, subject: _Subject, property_: ox.NamedNode) -> list[Term]:
    """What a property says of a thing, each once, in whichever graphs it stands."""
    found = store.about((subject,), (property_,))
    return list(dict.fromkeys(value for _, _, value, _ in found))


def _reading_order(pair: tuple[bool, Proof]) -> tuple[bool, str, int, str]:
    other, proof = pair
    return other, proof.source, proof.start or 0, proof.phrase or ""


def _cells(table: Table) -> Iterator[dict[str, str]]:
    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        yield {name: term.value for name, term in cells if term is not None}
