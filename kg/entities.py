"""Names and identifiers to IRIs, and IRIs back to labels.

A name is never guessed: it means one thing, or the error lists what it could mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.errors import KgError
from kg.index import Name, NameIndex, of_store
from kg.index.designations import dated
from kg.index.schema import UNDATED, Rank
from kg.namespaces import BASE, PREFIXES, compact
from kg.store import Store

if TYPE_CHECKING:
    from kg.identifiers.model import Designation

_KNOWN: Final = "ASK { { ?iri ?p ?o } UNION { ?s ?p ?iri } UNION { ?s ?iri ?o } }"

_LABELS: Final = tuple(
    ox.NamedNode(PREFIXES[prefix] + local)
    for prefix, local in (("skos", "prefLabel"), ("rdfs", "label"), ("dcterms", "title"))
)
_TITLE: Final = _LABELS[-1]
_Called: TypeAlias = tuple[int, str | None, str]
"""A label: the place of its property, its language, its text."""
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//|[^\s/])\S*")
_SHOWN: Final = 5


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
    comes before one that fits when folded, then come designations of standards, compared field by
    field (:mod:`kg.identifiers`), and titles last: ``iso 32110`` is the one edition there is, or
    the one that is neither a draft nor withdrawn. ``within`` is the IRI of a class that it must
    have.

    Raises KgError if nothing is meant (with the nearest names) or more than one thing (with all).
    """
    text = text.strip()
    kind = class_of(within)
    iri = expand(text)
    if iri is not None and known(store, iri):
        if kind is not None and not store.ask("ASK { ?iri a ?kind }", {"iri": iri, "kind": kind}):
            raise KgError(f"{compact(iri.value)} is no {compact(kind.value)}")
        return iri
    index = of_store(store)
    kinds = None if kind is None else index.kinds_under(kind.value)
    found = meant(index, text, kinds)
    if not found:
        raise _unknown(store, index, text, kind, kinds)
    if len(found) > 1:
        raise KgError(f"{text!r} can mean {_listed(store, found)}; give the IRI")
    return ox.NamedNode(found[0].iri)


def labels(store: Store, iris: Iterable[ox.NamedNode], lang: str) -> dict[ox.NamedNode, str]:
    """Find the best label of each IRI; the answer keeps the order given.

    A label in ``lang`` (a BCP 47 tag; ``zh`` takes ``zh-hans`` too) comes first, then English,
    Chinese, any other language; what has no label at all is shown as its compact IRI. A title is
    no label as long as there is another: a document that is listed goes by its number.
    """
    return labels_in(store, iris, (lang,))[0]


def labels_in(
    store: Store, iris: Iterable[ox.NamedNode], langs: Collection[str]
) -> list[dict[ox.NamedNode, str]]:
    """The same in several languages, in their order."""
    found: dict[ox.NamedNode, list[_Called]] = {iri: [] for iri in iris}
    for place, property_ in enumerate(_LABELS):
        # No label is better than one in just the language, and any is better than a title.
        open_ = [iri for iri, called in found.items() if not _settled(called, langs, property_)]
        for iri, _, label, _ in store.about(open_, (property_,)):
            if isinstance(label, ox.Literal):
                found[iri].append((place, label.language, label.value))
    return [{iri: _best(iri, called, lang) for iri, called in found.items()} for lang in langs]


def _settled(called: Collection[_Called], langs: Collection[str], property_: ox.NamedNode) -> bool:
    if property_ == _TITLE:
        return bool(called)
    return {language for _, language, _ in called}.issuperset(langs)


def _best(iri: ox.NamedNode, called: Iterable[_Called], lang: str) -> str:
    ranks = (
        (_LABELS[place] == _TITLE, _distance(language, lang), place, label)
        for place, language, label in called
    )
    best = min(ranks, default=None)
    return compact(iri.value) if best is None else best[-1]


@lru_cache(maxsize=1024)
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


def known(store: Store, iri: ox.NamedNode) -> bool:
    """Whether a store says anything of an IRI."""
    return store.ask(_KNOWN, {"iri": iri})


def meant(index: NameIndex, text: str, kinds: Collection[int] | None = None) -> list[Name]:
    """All that a name or designation can mean, of which none means it better than the others.

    One name for each thing, as :func:`resolve` says; ``kinds`` as for :class:`kg.index.NameIndex`.
    Of editions that hold alike, as where a body withdraws none, an undated designation means the
    latest (ISO/IEC Directives, Part 2, 10.4; ETSI Drafting Rules, 2.10).
    """
    called = index.called(text, kinds)
    own = [name for name in called if not name.is_title]
    best = [name for name in own if name.text == text] or own
    # Nothing is known of a document that is only mentioned; whoever asks for a document without
    # its date wants the edition that holds.
    best = [name for name in best if name.rank not in UNDATED] or best
    if all(name.rank in UNDATED for name in best):
        editions = _designated(index, text, kinds)
        described = [each for each in editions if each[1].rank not in UNDATED]
        holding = [each for each in described if each[1].rank == Rank.CURRENT]
        # What is merely mentioned says less than an edition that holds no more.
        mentioned = all(name.rank == Rank.MENTIONED for name in best)
        latest = _latest(holding or (described if mentioned else []))
        best = latest or best or [name for _, name in editions] or called
    # A draft, and what nobody should use any more, often has the name or title of what holds.
    best = [name for name in best if name.rank not in (Rank.DRAFT, Rank.OVER)] or best
    return list({name.iri: name for name in reversed(best)}.values())[::-1]


def _designated(
    index: NameIndex, text: str, kinds: Collection[int] | None
) -> list[tuple[Designation, Name]]:
    # Its grammars take a quarter of the time in which a command starts.
    from kg.identifiers import parse  # noqa: PLC0415

    asked, found = parse(text), index.editions(text, kinds)
    exact = [
        (held, name)
        for held, name in found
        if asked and held.key == asked.key and name.rank not in UNDATED
    ]
    pairs = exact or found
    if len(pairs) > 1:
        current = [each for each in pairs if each[1].rank == Rank.CURRENT]
        pairs = current or [each for each in pairs if each[1].rank < Rank.MENTIONED] or pairs
    return pairs


def _latest(editions: list[tuple[Designation, Name]]) -> list[Name]:
    """The one edition that is later than the others; none where there is no such."""
    if len(editions) > 1:
        first, second = (dated(held) for held, _ in editions[:2])
        if first <= second:
            return []
    return [name for _, name in editions[:1]]


def _unknown(
    store: Store,
    index: NameIndex,
    text: str,
    kind: ox.NamedNode | None,
    kinds: Collection[int] | None,
) -> KgError:
    message = f"no {compact(kind.value) if kind else 'thing'} is called {text!r}"
    others = meant(index, text) if kind else []
    if others:
        return KgError(f"{message}: that means {_listed(store, others)}")
    iri = expand(text)
    if iri is None:
        found = dict.fromkeys(name.text for name in index.nearest(text, _SHOWN, kinds))
    else:
        found = dict.fromkeys(index.nearest_iris(iri.value, _SHOWN, kinds))
    hint = "; nearest: " + ", ".join(map(repr, found)) if found else ""
    return KgError(message + hint)


def _listed(store: Store, names: Iterable[Name]) -> str:
    named = labels(store, (ox.NamedNode(name.iri) for name in names), "en")
    shown = [f"{label} {compact(iri.value)}" for iri, label in islice(named.items(), _SHOWN)]
    more = len(named) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
