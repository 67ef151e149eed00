"""Resolve a name, identifier or IRI to one entity.

Nothing is guessed: a text matches exactly one entity, or the error lists what it could mean.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.errors import ArgumentError, ResolutionError
from kg.common.namespaces import compact, expand
from kg.entities.index import Name, NameIndex, name_index
from kg.entities.index.designation_keys import edition_order
from kg.entities.index.schema import NOT_AN_EDITION, Rank
from kg.entities.labels import labels
from kg.store import Store

if TYPE_CHECKING:
    from kg.identifiers.model import Designation

_OCCURS: Final = "ASK { { ?iri ?p ?o } UNION { ?s ?p ?iri } UNION { ?s ?iri ?o } }"

_SUGGESTIONS: Final = 5


def resolve(store: Store, text: str, within: str | None = None) -> ox.NamedNode:
    """Return the node of the entity that a text refers to.

    ``text`` is an IRI (see :func:`kg.common.namespaces.expand`), or a name, abbreviation or
    identifier in any language, compared by :func:`kg.common.folding.fold`. An exact spelling is
    preferred over a folded one, followed by designations of standards, compared field by field
    (:mod:`kg.identifiers`), and titles: ``iso 32110`` means the only edition, or the only one that
    is neither a draft nor withdrawn. ``within`` is the IRI of a required class.

    ResolutionError suggests the nearest names, or lists the choices if there are several;
    ArgumentError if ``within`` isn't an IRI.
    """
    text = text.strip()
    class_ = parse_class(within)
    iri = expand(text)
    if iri is not None and is_known(store, iri):
        if class_ is not None and not store.ask(
            "ASK { ?iri a ?kind }", {"iri": iri, "kind": class_}
        ):
            raise ResolutionError(f"{compact(iri.value)} is not a {compact(class_.value)}")
        return iri
    index = name_index(store)
    kinds = None if class_ is None else index.kind_sets_with(class_.value)
    names = candidates(index, text, kinds)
    if not names:
        raise _unknown_name(store, index, text, class_, kinds)
    if len(names) > 1:
        raise ResolutionError(f"{text!r} can mean {_list_choices(store, names)}; give the IRI")
    return ox.NamedNode(names[0].iri)


def parse_class(within: str | None) -> ox.NamedNode | None:
    """Return the node of a class given as an IRI; ArgumentError if the text isn't one."""
    if within is None:
        return None
    class_ = expand(within)
    if class_ is None:
        raise ArgumentError(
            f"{within!r} is not the IRI of a class; write it like std:TechnicalCommittee"
        )
    return class_


def is_known(store: Store, iri: ox.NamedNode) -> bool:
    """Return whether an IRI occurs in any triple."""
    return store.ask(_OCCURS, {"iri": iri})


def candidates(index: NameIndex, text: str, kinds: Collection[int] | None = None) -> list[Name]:
    """Return the equally good matches of a name or designation, one name per entity.

    The preferences are those of :func:`resolve`; ``kinds`` are kind set ids as in
    :class:`kg.entities.index.NameIndex`. Of several valid editions, as of a body that withdraws
    none, an undated designation means the latest (ISO/IEC Directives, Part 2, 10.4; ETSI Drafting
    Rules, 2.10).
    """
    same = index.find_same(text, kinds)
    names = [name for name in same if not name.is_title]
    best = [name for name in names if name.text == text] or names
    # Prefer a described edition to an undated work or a document that is only mentioned.
    best = [name for name in best if name.rank not in NOT_AN_EDITION] or best
    if all(name.rank in NOT_AN_EDITION for name in best):
        editions = _find_editions(index, text, kinds)
        described = [pair for pair in editions if pair[1].rank not in NOT_AN_EDITION]
        current = [pair for pair in described if pair[1].rank == Rank.CURRENT]
        # An obsolete edition is still better than a document that is only mentioned.
        undescribed = all(name.rank in (Rank.WORK, Rank.MENTIONED) for name in best)
        latest = _latest(current or (described if undescribed else []))
        best = latest or best or [name for _, name in editions] or same
    # Drafts and obsolete documents often share the name or title of the current one.
    best = [name for name in best if name.rank not in (Rank.DRAFT, Rank.OBSOLETE)] or best
    return list({name.iri: name for name in reversed(best)}.values())[::-1]


def _find_editions(
    index: NameIndex, text: str, kinds: Collection[int] | None
) -> list[tuple[Designation, Name]]:
    # Importing the grammars takes a quarter of a command's start-up.
    from kg.identifiers import parse

    wanted, editions = parse(text), index.editions(text, kinds)
    exact = [
        (designation, name)
        for designation, name in editions
        if wanted and designation.key == wanted.key and name.rank not in NOT_AN_EDITION
    ]
    pairs = exact or editions
    if len(pairs) > 1:
        current = [pair for pair in pairs if pair[1].rank == Rank.CURRENT]
        pairs = current or [pair for pair in pairs if pair[1].rank < Rank.MENTIONED] or pairs
    return pairs


def _latest(editions: list[tuple[Designation, Name]]) -> list[Name]:
    """Return the edition later than all others in a list of one, or an empty list."""
    if len(editions) > 1:
        first, second = (edition_order(designation) for designation, _ in editions[:2])
        if first <= second:
            return []
    return [name for _, name in editions[:1]]


def _unknown_name(
    store: Store,
    index: NameIndex,
    text: str,
    class_: ox.NamedNode | None,
    kinds: Collection[int] | None,
) -> ResolutionError:
    message = f"no {compact(class_.value) if class_ else 'entity'} is called {text!r}"
    others = candidates(index, text) if class_ else []
    if others:
        return ResolutionError(f"{message}: that means {_list_choices(store, others)}")
    iri = expand(text)
    if iri is None:
        nearest = dict.fromkeys(name.text for name in index.nearest(text, _SUGGESTIONS, kinds))
    else:
        nearest = dict.fromkeys(index.nearest_iris(iri.value, _SUGGESTIONS, kinds))
    hint = "; nearest: " + ", ".join(map(repr, nearest)) if nearest else ""
    return ResolutionError(message + hint)


def _list_choices(store: Store, names: Iterable[Name]) -> str:
    by_iri = labels(store, (ox.NamedNode(name.iri) for name in names), "en")
    choices = [
        f"{label} {compact(iri.value)}" for iri, label in islice(by_iri.items(), _SUGGESTIONS)
    ]
    more = len(by_iri) - len(choices)
    return ", ".join(choices) + (f" and {more} more" if more else "")
