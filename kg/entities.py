"""Names and identifiers to IRIs, and IRIs back to labels.

A name is never guessed: it means one thing, or the error lists what it could mean.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import chain, islice
from typing import Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.folding import fold
from kg.namespaces import BASE, PREFIXES, compact
from kg.store import Store, Term

Name = tuple[str, ox.NamedNode]

_NAMES: Final = """
SELECT ?name ?iri ?kind ?text WHERE {{
  VALUES ?property {{ skos:prefLabel skos:altLabel rdfs:label dcterms:identifier }}
  ?iri ?property ?name .
  {narrowed}
  FILTER(isIRI(?iri) && isLiteral(?name))
}}"""
# No second VALUES for the properties: Oxigraph joins two of them as a product, 600 times slower.
_LABELS: Final = """
SELECT ?iri ?property ?label WHERE {{
  VALUES ?iri {{ {iris} }}
  ?iri ?property ?label .
  FILTER(?property IN (skos:prefLabel, rdfs:label, dcterms:title) && isLiteral(?label))
}}"""
_KNOWN: Final = "ASK { { ?iri ?p ?o } UNION { ?s ?p ?iri } UNION { ?s ?iri ?o } }"
_WITHDRAWN: Final = "ASK { ?iri std:stage stage:withdrawn }"

_CALLED: Final = ("prefLabel", "label", "title")
_TITLE: Final = _CALLED.index("title")
_DIGITS: Final = re.compile(r"\d+")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//|[^\s/])\S*")
_CHUNK: Final = 500
_SHOWN: Final = 5
_ALIKE: Final = 0.5
_SHORTLIST: Final = 200


def expand(text: str) -> ox.NamedNode | None:
    """Read a text that spells out an IRI; None if it does not.

    Takes a full IRI, an IRI in angle brackets (resolved against the base), or a prefixed name with
    one of the project's prefixes. Whether anything is known of the IRI is not asked.

    >>> expand("<iso/tc/321>")
    <NamedNode value=https://w3id.org/stdkg/iso/tc/321>
    >>> expand("std:Ballot")
    <NamedNode value=https://w3id.org/stdkg/ontology#Ballot>
    >>> expand("ISO/TC 321") is None
    True
    """
    bracketed = text.startswith("<") and text.endswith(">")
    iri = text[1:-1] if bracketed else text
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        iri = PREFIXES[prefix] + local
    elif bracketed and not _ABSOLUTE.fullmatch(iri):
        iri = BASE + iri
    elif not bracketed and "://" not in iri and not iri.startswith("urn:"):
        return None
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def resolve(store: Store, text: str, within: str | None = None) -> ox.NamedNode:
    """Find the one entity that a text means.

    ``text`` is an IRI (see :func:`expand`), or a name, other name, abbreviation or identifier in
    any language, compared as :func:`kg.folding.fold` says; a spelling that fits letter by letter
    comes before one that fits when folded. Designations of standards are compared field by field
    (:mod:`kg.identifiers`): ``iso 32110`` is the one edition there is, or the one that is not
    withdrawn. ``within`` is the IRI of a class that it must have.

    Raises KgError if nothing is meant (with the nearest names) or more than one thing (with all).
    """
    text = text.strip()
    kind = class_of(within)
    iri = expand(text)
    if iri is not None and store.ask(_KNOWN, {"iri": iri}):
        if kind is not None and not store.ask("ASK { ?iri a ?kind }", {"iri": iri, "kind": kind}):
            raise KgError(f"{compact(iri.value)} is no {compact(kind.value)}")
        return iri
    meant = {iri for _, iri in names(store, kind, text)}
    if not meant:
        every = names(store, kind)
        meant = _fitting(every, text) or _designated(store, every, text)
        if not meant:
            raise _unknown(store, text, kind, every)
    if len(meant) > 1:
        raise KgError(f"{text!r} can mean {_listed(store, meant)}; give the IRI")
    return meant.pop()


def labels(store: Store, iris: Iterable[ox.NamedNode], lang: str) -> dict[ox.NamedNode, str]:
    """Find the best label of each IRI; the answer keeps the order given.

    A label in ``lang`` (a BCP 47 tag; ``zh`` takes ``zh-hans`` too) comes first, then English,
    Chinese, any other language; what has no label at all is shown as its compact IRI. A title is
    no label as long as there is another: a document that is listed goes by its number.
    """
    wanted = list(dict.fromkeys(iris))
    best: dict[ox.NamedNode, tuple[bool, int, int, str]] = {}
    # An IRI such as mailto:a@b looks like an operator to the guard of the store, hence :// only.
    listed = [str(iri) for iri in wanted if "://" in iri.value]
    chunks = [listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK)]
    answers = [store.select(_LABELS.format(iris=" ".join(chunk))) for chunk in chunks]
    bare = _LABELS.format(iris="UNDEF")
    answers += [store.select(bare, {"iri": iri}) for iri in wanted if "://" not in iri.value]
    for iri, source, label in chain.from_iterable(answer.rows for answer in answers):
        if isinstance(iri, ox.NamedNode) and isinstance(label, ox.Literal) and source:
            preference = _CALLED.index(re.split("[#/]", source.value)[-1])
            titled = preference == _TITLE
            rank = (titled, _distance(label.language, lang), preference, label.value)
            best[iri] = min(rank, best.get(iri, rank))
    return {iri: best[iri][-1] if iri in best else compact(iri.value) for iri in wanted}


def _distance(tag: str | None, lang: str) -> int:
    tag = (tag or "").casefold()
    for distance, wanted in enumerate((lang.casefold(), lang.casefold().split("-")[0], "en", "zh")):
        if tag == wanted or tag.startswith(wanted + "-"):
            return 2 * distance + (tag != wanted)
    return 9 if tag else 8


def class_of(within: str | None) -> ox.NamedNode | None:
    """The class that a text spells out as an IRI; KgError if it spells out none."""
    if within is None:
        return None
    kind = expand(within)
    if kind is None:
        raise KgError(f"{within!r} is not the IRI of a class; write it like std:TechnicalCommittee")
    return kind


def names(store: Store, kind: ox.NamedNode | None = None, text: str | None = None) -> list[Name]:
    """The names of all things, of those of a class, or those spelled as the text, with the IRIs."""
    bindings: dict[str, Term] = {}
    narrowed = ""
    if kind is not None:
        bindings["kind"] = kind
        narrowed += "?iri a ?kind . "
    if text is not None:
        bindings["text"] = ox.Literal(text)
        narrowed += "FILTER(STR(?name) = ?text)"
    rows = store.select(_NAMES.format(narrowed=narrowed), bindings).rows
    return [
        (name.value, iri)
        for name, iri, *_ in rows
        if isinstance(name, ox.Literal) and isinstance(iri, ox.NamedNode)
    ]


def _fitting(names: Iterable[Name], text: str) -> set[ox.NamedNode]:
    wanted = fold(text)
    return {iri for name, iri in names if wanted and fold(name) == wanted}


def _designated(store: Store, names: Iterable[Name], text: str) -> set[ox.NamedNode]:
    # Its grammars take a quarter of the time in which a command starts.
    from kg.identifiers import fits, parse  # noqa: PLC0415

    asked = parse(text)
    if asked is None:
        return set()
    # Parsing takes longer than looking for the digits, and few names have them. Three, since
    # some bodies space the others (EN 302 890).
    digits = max(_DIGITS.findall(asked.number), key=len, default="")[-3:]
    held = {
        (designation, iri)
        for name, iri in names
        if (digits in name or not name.isascii())
        and (designation := parse(name))
        and fits(asked, designation)
    }
    exact = {iri for designation, iri in held if designation.key == asked.key}
    meant = exact or {iri for _, iri in held}
    if len(meant) > 1:
        valid = {iri for iri in meant if not store.ask(_WITHDRAWN, {"iri": iri})}
        return valid if len(valid) == 1 else meant
    return meant


def _unknown(store: Store, text: str, kind: ox.NamedNode | None, every: list[Name]) -> KgError:
    message = f"no {compact(kind.value) if kind else 'thing'} is called {text!r}"
    others = _fitting(names(store, None), text) if kind else None
    if others:
        return KgError(f"{message}: that means {_listed(store, others)}")
    if expand(text) is not None:
        every = [(compact(iri.value), iri) for _, iri in every]
    near = dict.fromkeys(name for name, _ in nearest(text, every))
    hint = "; nearest: " + ", ".join(repr(name) for name in near) if near else ""
    return KgError(message + hint)


def nearest(text: str, every: Iterable[Name]) -> list[Name]:
    """The few names most like a text, best first, one for each entity."""
    wanted = fold(text)
    signs = set(wanted)

    def overlap(name: Name) -> float:
        other = set(name[0].casefold())
        return len(signs & other) / (len(signs) + len(other) or 1)

    def likeness(name: Name) -> float:
        folded = fold(name[0])
        if wanted and folded and (wanted in folded or folded in wanted):
            return 1.0
        return SequenceMatcher(None, wanted, folded).ratio()

    found: dict[ox.NamedNode, Name] = {}
    # Comparing in full is slow, so that only names of much the same letters come to it.
    shortlist = heapq.nlargest(_SHORTLIST, every, key=overlap)
    for score, name in sorted(
        ((likeness(n), n) for n in shortlist), key=lambda s: (-s[0], s[1][0])
    ):
        if score >= _ALIKE:
            found.setdefault(name[1], name)
    return list(islice(found.values(), _SHOWN))


def _listed(store: Store, iris: Iterable[ox.NamedNode]) -> str:
    named = labels(store, sorted(iris, key=lambda iri: iri.value), "en")
    shown = [f"{label} {compact(iri.value)}" for iri, label in islice(named.items(), _SHOWN)]
    more = len(named) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
