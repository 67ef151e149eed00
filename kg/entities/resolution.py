"""Names and identifiers to IRIs, and IRIs back to labels.

A name is never guessed: it means one thing, or the error lists what it could mean.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import compact, expand
from kg.entities.index import Name, NameIndex, of_store
from kg.entities.index.designation_keys import dated
from kg.entities.index.schema import UNDATED, Rank
from kg.entities.labels import labels
from kg.store import Store

if TYPE_CHECKING:
    from kg.identifiers.model import Designation

_KNOWN: Final = "ASK { { ?iri ?p ?o } UNION { ?s ?p ?iri } UNION { ?s ?iri ?o } }"

_SHOWN: Final = 5


def resolve(store: Store, text: str, within: str | None = None) -> ox.NamedNode:
    """Find the one entity that a text means.

    ``text`` is an IRI (see :func:`expand`), or a name, other name, abbreviation or identifier in
    any language, compared as :func:`kg.common.folding.fold` says; a spelling that fits letter by
    letter comes before one that fits when folded, then come designations of standards, compared
    field by field (:mod:`kg.identifiers`), and titles last: ``iso 32110`` is the one edition there
    is, or the one that is neither a draft nor withdrawn. ``within`` is the IRI of a class that it
    must have.

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

    One name for each thing, as :func:`resolve` says; ``kinds`` as for
    :class:`kg.entities.index.NameIndex`. Of editions that hold alike, as where a body withdraws
    none, an undated designation means the latest (ISO/IEC Directives, Part 2, 10.4; ETSI Drafting
    Rules, 2.10).
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
    from kg.identifiers import parse

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
