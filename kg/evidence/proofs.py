"""Proofs of statements: phrases in texts for claims, catalogue records for listed entities.

Each claim of a text has a named graph, and phrases as its evidence. All statements of a catalogue
share one graph; their evidence is the records that state them (:mod:`kg.evidence.records`), so the
``claim`` of such a proof is a record's IRI, or the graph's where no record is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import Final, TypeVar
from urllib.parse import unquote
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import BASE, compact, node
from kg.evidence.reader import (
    HAS_EVIDENCE,
    INFERRED_FROM,
    NAMED_BY,
    PARTS,
    Lookup,
    Part,
    Resource,
    StoreLookup,
    read_evidence,
    resources,
    texts,
)
from kg.evidence.records import RECORDS, Statement, records_of_entities, records_of_statements
from kg.store import Store

# One pattern per position of the entity, since a FILTER over all would scan the whole store.
_CLAIMS_ABOUT: Final = """
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
_URL: Final = node("schema:url")
_LABEL: Final = node("skos:prefLabel")
_GRAPH: Final = BASE + "graph/"
_ONE_RECORD: Final = Text(", record {}", "，记录{}")
_RECORDS: Final = Text(", records {}", "，记录{}")
_SEPARATOR: Final = Text(", ", "、")
_KEPT: Final = re.compile(r"(?P<slug>.+)@(?P<day>\d{4}-\d\d-\d\d)")
"""The name of a catalogue with the day of an earlier state, in the IRIs of that state's records."""
_NAMES_PARTS: Final = Text("names the {}", "指明{}")
_IMPLIES_PARTS: Final = Text("{} inferred from it", "由此推断{}")
_PART_WORDS: Final[Mapping[Part, Text]] = {
    "subject": Text("subject", "对象"),
    "agent": Text("agent", "行动者"),
    "time": Text("date", "时间"),
}
_AND: Final = Text(" and ", "、")
_NOTE: Final = Text(" ({})", "（{}）")
_NOTE_SEPARATOR: Final = Text("; ", "；")
_Key = TypeVar("_Key")


@dataclass(frozen=True, repr=False)
class Proof:
    """A piece of evidence for a claim: a phrase in a text, or a record of a catalogue.

    ``claim`` and ``source`` are IRIs, ``url`` is the address of the source or None. ``phrase`` and
    its position ``start`` to ``end`` (code points from 0, the end excluded) are None if only the
    source is known. ``source_en`` and ``source_zh`` are the names of the source. ``snapshot`` is
    the day (ISO 8601) of a catalogue's state and ``record`` the number or file of the record; both
    are None for texts.

    ``names`` are the parts of the claim that the phrase names where that of the predicate doesn't,
    and ``inferred`` those that are inferred from it.
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
    names: tuple[Part, ...] = ()
    inferred: tuple[Part, ...] = ()

    def role_note(self, lang: str) -> str:
        """Return what the phrase names beside the predicate, and what is inferred from it.

        >>> proof = Proof("c", "a year", 0, 6, "s", None, "the Gazette", "公报")
        >>> replace(proof, names=("time",), inferred=("agent",)).role_note("en")
        'names the date; agent inferred from it'
        """
        noted = [
            template.of(lang).format(_AND.of(lang).join(_PART_WORDS[part].of(lang) for part in own))
            for template, own in ((_NAMES_PARTS, self.names), (_IMPLIES_PARTS, self.inferred))
            if own
        ]
        return _NOTE_SEPARATOR.of(lang).join(noted)

    def source_name(self, lang: str) -> str:
        """Return the name of the source in a language."""
        return Text(self.source_en, self.source_zh).of(lang)

    def source_with_snapshot(self, lang: str) -> str:
        """Return the name of the source, followed by the day of a catalogue's snapshot."""
        name = self.source_name(lang)
        return f"{name} {self.snapshot}" if self.snapshot else name

    def source_with_record(self, lang: str) -> str:
        """Return the name of the source, followed by a catalogue's snapshot and record."""
        records = [self.record] if self.record else []
        return self.source_with_snapshot(lang) + _format_records(records, lang)

    def __repr__(self) -> str:
        return f"<Proof {compact(self.claim)}: {cite([self], 'en')}>"


def proofs_of_claims(store: Store, claims: Iterable[str]) -> dict[str, tuple[Proof, ...]]:
    """Map each claim to its proofs.

    ``claims`` are the IRIs of claims, catalogue records or catalogue graphs; any other IRI gets an
    empty tuple. A claim's own evidence (``/evidence/x`` of ``/claim/x``) comes first.
    """
    wanted = sorted(set(claims))
    found: dict[str, list[tuple[bool, Proof]]] = {claim: [] for claim in wanted}
    catalogues = _catalogue_proofs(store) if any(map(is_catalogue_claim, wanted)) else {}
    text_claims = []
    for claim in wanted:
        proof = _record_proof(claim, catalogues) if catalogues else None
        if proof is None:
            text_claims.append(claim)
        else:
            found[claim].append((False, proof))
    for evidence, proof in _read_proofs(store, text_claims):
        own = evidence == proof.claim.replace("/claim/", "/evidence/", 1)
        found[proof.claim].append((not own, proof))
    return {
        claim: tuple(proof for _, proof in sorted(pairs, key=_reading_order))
        for claim, pairs in found.items()
    }


def proofs_of_entity(store: Store, entity: ox.NamedNode) -> list[Proof]:
    """Return the evidence of all claims about an entity (or of a claim) and its records.

    Sorted by source and position. Records of other entities that mention it are not included; see
    the relations of :func:`kg.analysis.profile.describe_entity`.
    """
    rows = store.select(_CLAIMS_ABOUT, {"thing": entity}).rows
    claims = sorted(row[1].value for row in rows if row[1])
    found = [proof for _, proof in _read_proofs(store, claims)]
    for records in records_of_entities(store, [entity.value]).values():
        found += [proof for proofs in proofs_of_claims(store, records).values() for proof in proofs]
    return sorted(
        found, key=lambda p: (p.source, p.start is None, p.start or 0, p.claim, p.phrase or "")
    )


def proofs_of_pairs(
    store: Store, property_: str, pairs: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[Proof, ...]]:
    """Map each pair of subject and object (IRIs) to the proofs that a property (IRI) relates them.

    The evidence of a catalogue's statement are the records that state it, or else the catalogue. A
    pair that no source states gets an empty tuple.
    """
    wanted = set(pairs)
    node = ox.NamedNode(property_)
    subjects = [ox.NamedNode(subject) for subject in sorted({subject for subject, _ in wanted})]
    stated = [
        Statement(graph.value, subject, node, value)
        for subject, _, value, graph in store.about(subjects, [node])
        if isinstance(graph, ox.NamedNode) and (subject.value, value.value) in wanted
    ]
    by_statement = _claims_of_statements(store, stated)
    claims: dict[tuple[str, str], set[str]] = {pair: set() for pair in wanted}
    for each, of_each in by_statement.items():
        claims[each.subject.value, each.value.value].update(of_each)
    return _proofs_by_key(store, claims)


def proofs_of_statements(
    store: Store, statements: Iterable[Statement]
) -> dict[Statement, tuple[Proof, ...]]:
    """Map each statement to its proofs: the records that state it, or else its claim or catalogue.

    It is not checked that the graph has the statement.
    """
    return _proofs_by_key(store, _claims_of_statements(store, statements))


def _claims_of_statements(
    store: Store, statements: Iterable[Statement]
) -> dict[Statement, tuple[str, ...]]:
    records = records_of_statements(store, statements)
    return {each: stated_by or (each.graph,) for each, stated_by in records.items()}


def _proofs_by_key(
    store: Store, claims: Mapping[_Key, Iterable[str]]
) -> dict[_Key, tuple[Proof, ...]]:
    proofs = proofs_of_claims(store, set(chain.from_iterable(claims.values())))
    return {
        key: tuple(proof for claim in sorted(of_key) for proof in proofs[claim])
        for key, of_key in claims.items()
    }


def is_record(claim: str) -> bool:
    """Return whether a claim is a catalogue record; records have no labels."""
    return claim.startswith(RECORDS)


def is_catalogue_claim(claim: str) -> bool:
    """Return whether a claim is a catalogue record or the graph of a catalogue."""
    return claim.startswith((RECORDS, _GRAPH))


def cite(proofs: Iterable[Proof], lang: str) -> str:
    """Format proofs as a citation: the phrases of each source, its name, then its records.

    Sources are separated by ``; ``; the name of a catalogue is followed by its snapshot's day.

    >>> cite([Proof("c", "a vote", 0, 6, "s", None, "the Gazette", "公报")], "en")
    '“a vote” – the Gazette'
    >>> row = Proof("r", None, None, None, "s", None, "The List", "名录", "2026-05-04", "7145156")
    >>> cite([row], "en"), cite([row], "zh")
    ('The List 2026-05-04, record 7145156', '名录 2026-05-04，记录7145156')
    """
    phrases: dict[str, dict[str, None]] = {}
    records: dict[str, dict[str, None]] = {}
    for proof in proofs:
        source = proof.source_with_snapshot(lang)
        quoted = phrases.setdefault(source, {})
        if proof.phrase:
            note = proof.role_note(lang)
            quoted[f"“{proof.phrase}”" + (_NOTE.of(lang).format(note) if note else "")] = None
        if proof.record:
            records.setdefault(source, {})[proof.record] = None
    return "; ".join(
        (f"{' '.join(quoted)} – " if quoted else "")
        + source
        + _format_records(list(records.get(source, ())), lang)
        for source, quoted in phrases.items()
    )


def _format_records(records: list[str], lang: str) -> str:
    if not records:
        return ""
    template = _RECORDS if len(records) > 1 else _ONE_RECORD
    return template.of(lang).format(_SEPARATOR.of(lang).join(records))


_CACHE: Final[WeakKeyDictionary[Store, dict[str, Proof]]] = WeakKeyDictionary()


def _catalogue_proofs(store: Store) -> dict[str, Proof]:
    """Return the proof of each catalogue as a whole, by the IRI of its graph."""
    if not store.is_fixed:
        return _read_catalogues(store)
    if store not in _CACHE:
        _CACHE[store] = _read_catalogues(store)
    return _CACHE[store]


def _read_catalogues(store: Store) -> dict[str, Proof]:
    found: dict[str, Proof] = {}
    for row in store.select(_CATALOGUES).as_dicts():
        cell = {name: term.value for name, term in row.items()}
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


def _record_proof(claim: str, catalogues: Mapping[str, Proof]) -> Proof | None:
    """Return the proof for a record or a catalogue's graph; None for anything else."""
    if claim in catalogues:
        return catalogues[claim]
    slug, slash, record = claim.removeprefix(RECORDS).partition("/")
    kept = _KEPT.fullmatch(slug)
    whole = catalogues.get(_GRAPH + (kept["slug"] if kept else slug))
    if whole is None or not slash or not claim.startswith(RECORDS):
        return None
    day = kept["day"] if kept else whole.snapshot
    return replace(whole, claim=claim, record=unquote(record), snapshot=day)


def _read_proofs(store: Store, claims: Iterable[str]) -> Iterator[tuple[str, Proof]]:
    """Yield the proofs of claims, each with the IRI of its evidence; skip texts that are not IRIs.

    Values are looked up one by one: a query with five OPTIONALs takes up to twice as long.
    """
    lookup = StoreLookup(store)
    sources: dict[Resource, list[tuple[str | None, str, str]]] = {}
    named = [ox.NamedNode(claim) for claim in claims if "://" in claim]
    lookup.read_ahead(named)
    for claim in named:
        naming, implying = (
            {part: resources(lookup, claim, properties[part]) for part in PARTS}
            for properties in (NAMED_BY, INFERRED_FROM)
        )
        for iri in resources(lookup, claim, HAS_EVIDENCE):
            evidence = read_evidence(lookup, iri)
            parts = (
                tuple(part for part in PARTS if iri in naming[part]),
                tuple(part for part in PARTS if iri in implying[part]),
            )
            phrases = dict.fromkeys(text for _, text in evidence.phrases) or (None,)
            positions = dict.fromkeys(position for _, position in evidence.positions) or (None,)
            for source in evidence.sources:
                if source not in sources:
                    sources[source] = list(_url_and_names(lookup, source))
                for phrase, position, (url, *names) in product(phrases, positions, sources[source]):
                    start, end = (position.start, position.end) if position else (None, None)
                    fields = claim.value, phrase, start, end, source.value, url
                    yield iri.value, Proof(*fields, names[0], names[1], None, None, *parts)


def _url_and_names(lookup: Lookup, source: Resource) -> Iterable[tuple[str | None, str, str]]:
    """Return all combinations of a source's address, English name and Chinese name."""
    labels = [label for label in lookup(source, _LABEL) if isinstance(label, ox.Literal)]
    english, chinese = (
        [label.value for label in labels if label.language == lang] or [source.value]
        for lang in ("en", "zh")
    )
    urls: list[str | None] = [*texts(lookup, source, _URL)]
    return product(urls or [None], english, chinese)


def _reading_order(pair: tuple[bool, Proof]) -> tuple[bool, str, int, str]:
    other, proof = pair
    return other, proof.source, proof.start or 0, proof.phrase or ""
