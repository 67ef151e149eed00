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
from kg.common.namespaces import iri as to_iri
from kg.entities import editions
from kg.entities.codes import codes_of_list, iris_of_code, singular
from kg.entities.index import Name, NameIndex, name_index
from kg.entities.index.schema import NOT_AN_EDITION, Rank
from kg.entities.labels import labels
from kg.entities.search import find
from kg.entities.short_names import find_number, find_short
from kg.store import Store

if TYPE_CHECKING:
    from kg.identifiers.model import Designation

_OCCURS: Final = "ASK { { ?iri ?p ?o } UNION { ?s ?p ?iri } UNION { ?s ?iri ?o } }"

_IS_OF_KIND: Final = "ASK { { ?iri a ?kind } UNION { ?iri skos:inScheme ?kind } }"
_SUGGESTIONS: Final = 5
_MAX_CODES: Final = 50
_NODES: Final = frozenset(
    to_iri(f"std:{name}")
    for name in ("Participation", "Observation", "Ranking", "Assessment", "Vote", "VoteCount")
)
_ORGANIZATION: Final = to_iri("std:Organization")
_STANDARDS_BODY: Final = to_iri("std:StandardsBody")

DOCUMENTS: Final = frozenset(
    map(to_iri, ("std:Document", "std:Standard", "std:StandardSeries", "std:Work"))
)
"""Classes of documents."""


def resolve(store: Store, text: str, within: str | None = None) -> ox.NamedNode:
    """Return the node of the entity that a text refers to.

    ``text`` is an IRI (see :func:`kg.common.namespaces.expand`), or a name, abbreviation or
    identifier in any language, compared by :func:`kg.common.folding.fold`. An exact spelling is
    preferred over a folded one, followed by designations of standards, compared field by field
    (:mod:`kg.identifiers`), and titles: ``iso 32110`` means the only edition, or the only one that
    is neither a draft nor withdrawn. What is no name can be a code (:mod:`kg.entities.codes`), a
    short form of a name or a number without its body (:mod:`kg.entities.short_names`). Homonyms are
    compared by what they name (:func:`prefer_by_kind`). ``within`` is the IRI of a required class
    or code list.

    ResolutionError suggests the nearest names, or lists the choices if there are several;
    ArgumentError if ``within`` isn't an IRI.
    """
    text = text.strip()
    class_ = parse_class(within)
    iri = expand(text)
    if iri is not None and is_known(store, iri):
        if not _is_of_kind(store, iri, class_):
            raise ResolutionError(f"{compact(iri.value)} is not a {_kind_name(class_)}")
        return iri
    index = name_index(store)
    kinds = None if class_ is None else index.kind_sets_with(class_.value)
    names = candidates(index, text, kinds)
    number = editions.asked_edition(text)
    if names and number:
        names = _of_edition(store, index, text, number, kinds)
    if not names:
        codes = [code for code in iris_of_code(text, class_) if _is_of_kind(store, code, class_)]
        if codes:
            return codes[0]
        one = singular(text, class_)
        names = (candidates(index, one, kinds) if one else []) or find_short(index, text, kinds)
    if not names:
        names = _numbered(index, text, kinds)
    if not names:
        raise _unknown_name(store, index, text, class_, kinds)
    names = prefer_by_kind(index, names)
    if len(names) > 1:
        raise ResolutionError(f"{text!r} can mean {_list_choices(store, names)}; give the IRI")
    return ox.NamedNode(names[0].iri)


def _numbered(index: NameIndex, text: str, kinds: Collection[int] | None) -> list[Name]:
    """Return the documents that a number without its body means, one name per entity."""
    found = [n for each in find_number(index, text, kinds) for n in candidates(index, each, kinds)]
    valid = [name for name in found if name.rank not in (Rank.DRAFT, Rank.OBSOLETE)] or found
    return list({name.iri: name for name in valid}.values())


def _is_of_kind(store: Store, iri: ox.NamedNode, kind: ox.NamedNode | None) -> bool:
    """Return whether an IRI is of a class or code list, or occurs at all if there is none."""
    if kind is None:
        return is_known(store, iri)
    return store.ask(_IS_OF_KIND, {"iri": iri, "kind": kind})


def prefer_by_kind(index: NameIndex, names: list[Name]) -> list[Name]:
    """Return the homonyms, one name per entity, that remain when what they name is compared.

    Things outrank nodes between things, then terms of the ontology and its code lists, then claims.
    Of organizations, a standards body outranks committees and others: ``IEEE`` is the body. A place
    and its government both remain, since only one of them is an organization.
    """
    levels = [_level(index, name) for name in names]
    best = [name for name, level in zip(names, levels, strict=True) if level == min(levels)]
    kinds = [index.kind_sets[name.kind].every for name in best]
    if all(_ORGANIZATION in every for every in kinds):
        bodies = [n for n, every in zip(best, kinds, strict=True) if _STANDARDS_BODY in every]
        return bodies or best
    return best


def _level(index: NameIndex, name: Name) -> int:
    if name.rank in (Rank.TERM, Rank.CLAIM):
        return int(name.rank)
    return 1 if index.kind_sets[name.kind].every & _NODES else 0


def _of_edition(
    store: Store, index: NameIndex, text: str, number: str, kinds: Collection[int] | None
) -> list[Name]:
    """Return the edition of a number; ResolutionError if sources state only others."""
    wanted = editions.normalize_edition(number)
    names = (
        candidates(index, text, kinds)
        if editions.has_date(text)
        else editions.all_editions(store, index, text, kinds)
    )
    numbers = {name.iri: editions.edition_numbers(store, name) for name in names}
    found = [name for name in names if wanted in numbers[name.iri]]
    if found or not any(numbers.values()):
        return found or names
    known = ", ".join(sorted(set().union(*numbers.values())))
    raise ResolutionError(f"{text!r}: no such edition is known; known: {known}")


def resolve_work(store: Store, text: str) -> str:
    """Return the IRI of the work that an undated designation or its exact name means, or empty."""
    index = name_index(store)
    same = index.find_same(text.strip())
    works = {name.iri for name in same if name.rank == Rank.WORK}
    if not works and not same and editions.is_undated(text):
        from kg.identifiers import parse
        from kg.identifiers import same as same_document

        wanted = parse(text)
        works = {
            name.iri
            for designation, name in index.editions(text)
            if name.rank == Rank.WORK and wanted is not None and same_document(designation, wanted)
        }
    return works.pop() if len(works) == 1 else ""


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
    Rules, 2.10). It doesn't mean a draft, a document that is only mentioned, or a record that
    lacks its date, if a published edition is known.
    """
    same = index.find_same(text, kinds)
    names = [name for name in same if not name.is_title]
    best = [name for name in names if name.text == text] or names
    # Prefer a described edition to an undated work or a document that is only mentioned.
    best = [name for name in best if name.rank not in NOT_AN_EDITION] or best
    if all(name.rank in NOT_AN_EDITION for name in best):
        best = _find_by_designation(index, text, kinds, best) or same
    elif _can_be_undated(index, text, best):
        best = _prefer_dated(index, text, _published(index, text, kinds), best)
    # Drafts and obsolete documents often share the name or title of the current one.
    best = [name for name in best if name.rank not in (Rank.DRAFT, Rank.OBSOLETE)] or best
    return list({name.iri: name for name in reversed(best)}.values())[::-1]


def _prefer_dated(
    index: NameIndex, text: str, published: list[tuple[Designation, Name]], undated: list[Name]
) -> list[Name]:
    """Return the latest edition, unless only a record without its date is current."""
    from kg.identifiers import parse

    only_obsolete = all(name.rank == Rank.OBSOLETE for _, name in published)
    current = [
        name
        for name in undated
        if name.rank == Rank.CURRENT
        and not editions.is_work(index, name)
        and (designation := parse(name.text))
        and not editions.is_misnamed(index, designation, name)
    ]
    return undated if only_obsolete and current else editions.latest(published, text) or undated


def _find_by_designation(
    index: NameIndex, text: str, kinds: Collection[int] | None, undescribed: list[Name]
) -> list[Name]:
    """Return the documents that a designation fits, or else the names that are not described."""
    found = _find_editions(index, text, kinds)
    described = [pair for pair in found if pair[1].rank not in NOT_AN_EDITION]
    is_series = any(name.rank == Rank.SERIES for name in undescribed)
    if found and not is_series and editions.is_undated(text):
        records = [name for _, name in described if editions.is_undated(name.text)]
        preferred = _prefer_dated(index, text, _published(index, text, kinds), records)
        if preferred:
            return preferred
    current = [pair for pair in described if pair[1].rank == Rank.CURRENT]
    # An obsolete edition is still better than a document that is only mentioned.
    latest = editions.latest(current or ([] if is_series else described), text)
    return latest or undescribed or [name for _, name in found]


def _can_be_undated(index: NameIndex, text: str, names: list[Name]) -> bool:
    """Return whether documents of exactly this name can be other than what the name means."""
    only_drafts = all(name.rank == Rank.DRAFT for name in names)
    documents = any(index.kind_sets[name.kind].every & DOCUMENTS for name in names)
    return (
        documents and (only_drafts or editions.may_be_undated(text)) and editions.is_undated(text)
    )


def _published(
    index: NameIndex, text: str, kinds: Collection[int] | None
) -> list[tuple[Designation, Name]]:
    """Return the current editions of an undated designation, or else the obsolete ones."""
    published = editions.dated_editions(index, text, kinds)
    return [pair for pair in published if pair[1].rank == Rank.CURRENT] or published


def _find_editions(
    index: NameIndex, text: str, kinds: Collection[int] | None
) -> list[tuple[Designation, Name]]:
    # Importing the grammars takes a quarter of a command's start-up.
    from kg.identifiers import parse

    wanted, found = parse(text), index.editions(text, kinds)
    exact = [
        (designation, name)
        for designation, name in found
        if wanted and designation.key == wanted.key and name.rank not in NOT_AN_EDITION
    ]
    pairs = exact or found
    if len(pairs) > 1:
        current = [pair for pair in pairs if pair[1].rank == Rank.CURRENT]
        pairs = current or [pair for pair in pairs if pair[1].rank < Rank.MENTIONED] or pairs
    return pairs


def _unknown_name(
    store: Store,
    index: NameIndex,
    text: str,
    class_: ox.NamedNode | None,
    kinds: Collection[int] | None,
) -> ResolutionError:
    message = f"no {_kind_name(class_)} is called {text!r}"
    others = candidates(index, text) if class_ else []
    if others:
        return ResolutionError(f"{message}: that means {_list_choices(store, others)}")
    iri = expand(text)
    if iri is None:
        nearest = dict.fromkeys(each.name.text for each in find(index, text, kinds, _SUGGESTIONS))
    else:
        nearest = dict.fromkeys(index.nearest_iris(iri.value, _SUGGESTIONS, kinds))
    if nearest:
        return ResolutionError(f"{message}; nearest: {', '.join(map(repr, nearest))}")
    codes = codes_of_list(store, class_) if class_ else []
    if 0 < len(codes) <= _MAX_CODES:
        return ResolutionError(f"{message}; there are {', '.join(codes)}")
    return ResolutionError(message)


def _kind_name(class_: ox.NamedNode | None) -> str:
    return compact(class_.value).removeprefix("<scheme/").strip("<>") if class_ else "entity"


def _list_choices(store: Store, names: Iterable[Name]) -> str:
    by_iri = labels(store, (ox.NamedNode(name.iri) for name in names), "en")
    choices = [
        f"{label} {compact(iri.value)}" for iri, label in islice(by_iri.items(), _SUGGESTIONS)
    ]
    more = len(by_iri) - len(choices)
    return ", ".join(choices) + (f" and {more} more" if more else "")
